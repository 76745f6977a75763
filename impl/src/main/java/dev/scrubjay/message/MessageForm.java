package dev.scrubjay.message;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.SnapshotPart;
import java.util.ArrayList;
import java.util.List;

/// What one replica tells another, in bytes: the part of a frame after the two replicas. Its kind stands at
/// the head of the frame.
final class MessageForm {
    private static final byte PREPARE = 1;
    private static final byte PROMISED = 2;
    private static final byte ACCEPT = 3;
    private static final byte ACCEPTED = 4;
    private static final byte CHOSEN = 5;
    private static final byte HEARTBEAT = 6;
    private static final byte CATCH_UP = 7;
    private static final byte REFUSED = 8;
    private static final byte GRANTED = 9;
    private static final byte RELEASE = 10;
    private static final byte QUESTION = 11;
    private static final byte ANSWER = 12;
    private static final byte ARCHIVED = 13;
    private static final byte HERE = 14;
    private static final byte PROBE = 15;
    private static final byte ALIVE = 16;
    private static final byte ASK_PART = 17;
    private static final byte PART = 18;
    private static final byte ASK_HASHES = 19;
    private static final byte HASHES = 20;
    private static final byte ROWS = 21;
    private static final byte QUARANTINE = 22;
    // Reserved: 23 to 31 scrub.

    private MessageForm() {}

    static boolean isKind(byte kind) {
        return kind >= PREPARE && kind <= QUARANTINE;
    }

    static byte kind(Message message) {
        return switch (message) {
            case Message.Prepare _ -> PREPARE;
            case Message.Promised _ -> PROMISED;
            case Message.Accept _ -> ACCEPT;
            case Message.Accepted _ -> ACCEPTED;
            case Message.Chosen _ -> CHOSEN;
            case Message.Heartbeat _ -> HEARTBEAT;
            case Message.CatchUp _ -> CATCH_UP;
            case Message.Refused _ -> REFUSED;
            case Message.Granted _ -> GRANTED;
            case Message.Release _ -> RELEASE;
            case Message.Question _ -> QUESTION;
            case Message.Answer _ -> ANSWER;
            case Message.Archived _ -> ARCHIVED;
            case Message.Here _ -> HERE;
            case Message.Probe _ -> PROBE;
            case Message.Alive _ -> ALIVE;
            case Message.AskPart _ -> ASK_PART;
            case Message.Part _ -> PART;
            case Message.AskHashes _ -> ASK_HASHES;
            case Message.Hashes _ -> HASHES;
            case Message.Rows _ -> ROWS;
            case Message.Quarantine _ -> QUARANTINE;
        };
    }

    static void put(Encoder encoder, Message message) {
        switch (message) {
            case Message.Prepare(var ballot, var released) ->
                encoder.put(ballot).put(released);
            case Message.Promised(var ballot, var trimmed, var accepted) -> {
                encoder.put(ballot).put(trimmed).put(accepted.size());
                accepted.forEach(report ->
                        encoder.put(report.ballot()).put(report.entry()).put(report.corrupt()));
            }
            case Message.Accept(var ballot, var generation, var slot, var entry) ->
                encoder.put(ballot).put(generation).put(slot).put(entry);
            case Message.Accepted(var ballot, var slot) -> encoder.put(ballot).put(slot);
            case Message.Chosen(var ballot, var generation, var slot, var entry) ->
                encoder.put(ballot).put(generation).put(slot).put(entry);
            case Message.Heartbeat heartbeat ->
                encoder.put(heartbeat.ballot())
                        .put(heartbeat.released())
                        .put(heartbeat.known())
                        .put(heartbeat.archived())
                        .put(heartbeat.mayTrim())
                        .put(heartbeat.asked())
                        .put(heartbeat.confirmed());
            case Message.CatchUp(var after, var most) -> encoder.put(after).put(most);
            case Message.Refused(var promised) -> encoder.put(promised);
            case Message.Granted(var ballot, var asked, var minds) ->
                encoder.put(ballot).put(asked).put(minds);
            case Message.Release(var ballot) -> encoder.put(ballot);
            case Message.Question(var ballot) -> encoder.put(ballot);
            case Message.Answer(var ballot, var hears, var known) ->
                encoder.put(ballot).put(hears).put(known);
            case Message.Archived(var slot) -> encoder.put(slot);
            case Message.Here(var site, var known, var applied) ->
                encoder.put(site).put(known).put(applied);
            case Message.Probe(var asker, var about) -> encoder.put(asker).put(about);
            case Message.Alive(var asker, var about) -> encoder.put(asker).put(about);
            case Message.AskPart(var above, var slot, var from) ->
                encoder.put(above).put(slot).put(from);
            case Message.Part(var part) -> {
                encoder.put(part.slot())
                        .put(part.from())
                        .put(part.isLast())
                        .put(part.checksum())
                        .put(part.rows().size());
                put(encoder, part.rows());
            }
            case Message.AskHashes(var slot, var node) -> encoder.put(slot).put(node);
            case Message.Hashes(var slot, var node, var children) -> {
                encoder.put(slot).put(node).put(children.size());
                children.forEach(encoder::put);
            }
            case Message.Rows(var slot, var node, var rows) -> {
                encoder.put(slot).put(node).put(rows.size());
                put(encoder, rows);
            }
            case Message.Quarantine(var slot, var root, var sound) ->
                encoder.put(slot).put(root).put(sound);
        }
    }

    private static void put(Encoder encoder, List<Row> rows) {
        rows.forEach(row -> encoder.put(row.key()).put(row.value()));
    }

    /// Reads a message of this kind, which is one.
    static Message message(byte kind, Decoder decoder) {
        return switch (kind) {
            case PREPARE -> new Message.Prepare(decoder.ballot(), decoder.ballot());
            case PROMISED -> promised(decoder);
            case ACCEPT -> new Message.Accept(decoder.ballot(), decoder.generation(), decoder.slot(), decoder.entry());
            case ACCEPTED -> new Message.Accepted(decoder.ballot(), decoder.slot());
            case CHOSEN -> new Message.Chosen(decoder.ballot(), decoder.generation(), decoder.slot(), decoder.entry());
            case HEARTBEAT -> heartbeat(decoder);
            case CATCH_UP -> new Message.CatchUp(decoder.slots(), decoder.slots());
            case REFUSED -> new Message.Refused(decoder.ballot());
            case GRANTED -> new Message.Granted(decoder.ballot(), decoder.number(), decoder.number());
            case RELEASE -> new Message.Release(decoder.ballot());
            case QUESTION -> new Message.Question(decoder.ballot());
            case ANSWER -> new Message.Answer(decoder.ballot(), decoder.flag("answer to a question"), decoder.slots());
            case ARCHIVED -> new Message.Archived(decoder.slots());
            case HERE -> new Message.Here(decoder.site(), decoder.slots(), decoder.slots());
            case PROBE -> new Message.Probe(decoder.replica(), decoder.replica());
            case ALIVE -> new Message.Alive(decoder.replica(), decoder.replica());
            case ASK_PART -> new Message.AskPart(decoder.slots(), decoder.slots(), decoder.bytes());
            case PART -> new Message.Part(part(decoder));
            case ASK_HASHES -> new Message.AskHashes(decoder.slot(), node(decoder));
            case HASHES -> hashes(decoder);
            case ROWS -> new Message.Rows(decoder.slot(), node(decoder), rows(decoder));
            case QUARANTINE -> new Message.Quarantine(decoder.slot(), decoder.bytes(), decoder.replicas());
            default -> throw new IllegalArgumentException("kind " + kind + " is no message");
        };
    }

    private static Message heartbeat(Decoder decoder) {
        return new Message.Heartbeat(
                decoder.ballot(),
                decoder.ballot(),
                decoder.slots(),
                decoder.slots(),
                decoder.flag("leave to trim"),
                decoder.number(),
                decoder.flag("confirmation of a grant"));
    }

    private static SnapshotPart part(Decoder decoder) {
        long slot = decoder.slot();
        var from = decoder.bytes();
        boolean isLast = decoder.flag("end of a snapshot");
        int checksum = decoder.integer();
        return new SnapshotPart(slot, from, rows(decoder), isLast, checksum);
    }

    private static List<Row> rows(Decoder decoder) {
        int count = decoder.count();
        var rows = new ArrayList<Row>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new Row(decoder.bytes(), decoder.bytes()));
        }
        return rows;
    }

    private static int node(Decoder decoder) {
        int node = decoder.integer();
        if (!HashTree.isNode(node)) {
            throw new MalformedException("node " + node + " of a hash tree");
        }
        return node;
    }

    private static Message hashes(Decoder decoder) {
        long slot = decoder.slot();
        int node = node(decoder);
        int count = decoder.count();
        var children = new ArrayList<Bytes>(count);
        for (int i = 0; i < count; i++) {
            children.add(decoder.bytes());
        }
        return new Message.Hashes(slot, node, children);
    }

    private static Message promised(Decoder decoder) {
        var ballot = decoder.ballot();
        long trimmed = decoder.slots();
        int count = decoder.count();
        var accepted = new ArrayList<Message.Report>(count);
        for (int slot = 1; slot <= count; slot++) {
            accepted.add(new Message.Report(decoder.ballot(), decoder.entry(), decoder.ballot()));
        }
        return new Message.Promised(ballot, trimmed, accepted);
    }
}
