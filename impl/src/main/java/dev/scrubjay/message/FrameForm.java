package dev.scrubjay.message;

import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.Optional;

/// A frame in bytes: version, kind, group, order and body, with length and checksum before them.
public final class FrameForm {
    private static final byte VERSION = 1;

    private static final byte PREPARE = 1;
    private static final byte PROMISED = 2;
    private static final byte ACCEPT = 3;
    private static final byte ACCEPTED = 4;
    private static final byte CHOSEN = 5;
    private static final byte HEARTBEAT = 6;
    private static final byte CATCH_UP = 7;
    private static final byte REFUSED = 8;
    // Reserved: 9 to 15 leases, hand-over and healing; 16 to 31 snapshots and scrub.
    private static final byte REQUEST = 32;
    private static final byte REPLY = 33;

    private static final byte ANSWERED = 1;
    private static final byte NOT_LEADER = 2;
    private static final byte WRONG_GROUP = 3;
    private static final byte THROTTLED = 4;

    private FrameForm() {}

    public static byte[] encode(Frame frame) {
        var encoder = new Encoder().put(VERSION);
        return switch (frame) {
            case Frame.Between(var group, var order, var from, var to, var message) -> {
                encoder.put(kind(message)).put(group).put(order).put(from).put(to);
                put(encoder, message);
                yield encoder.framed();
            }
            case Frame.Asked(var group, var order, var client, var request) -> {
                encoder.put(REQUEST).put(group).put(order).put(client);
                encoder.put(request.session()).put(request.number()).put(request.table());
                yield encoder.put(request.routeVersion()).put(request.request()).framed();
            }
            case Frame.Told(var group, var order, var client, var session, var number, var reply) -> {
                encoder.put(REPLY)
                        .put(group)
                        .put(order)
                        .put(client)
                        .put(session)
                        .put(number);
                put(encoder, reply);
                yield encoder.framed();
            }
        };
    }

    private static byte kind(Message message) {
        return switch (message) {
            case Message.Prepare _ -> PREPARE;
            case Message.Promised _ -> PROMISED;
            case Message.Accept _ -> ACCEPT;
            case Message.Accepted _ -> ACCEPTED;
            case Message.Chosen _ -> CHOSEN;
            case Message.Heartbeat _ -> HEARTBEAT;
            case Message.CatchUp _ -> CATCH_UP;
            case Message.Refused _ -> REFUSED;
        };
    }

    private static void put(Encoder encoder, Message message) {
        switch (message) {
            case Message.Prepare(var ballot) -> encoder.put(ballot);
            case Message.Promised(var ballot, var accepted) -> {
                encoder.put(ballot).put(accepted.size());
                accepted.forEach(report -> encoder.put(report.ballot()).put(report.entry()));
            }
            case Message.Accept(var ballot, var slot, var entry) ->
                encoder.put(ballot).put(slot).put(entry);
            case Message.Accepted(var ballot, var slot) -> encoder.put(ballot).put(slot);
            case Message.Chosen(var ballot, var slot, var entry) ->
                encoder.put(ballot).put(slot).put(entry);
            case Message.Heartbeat(var ballot, var known) -> encoder.put(ballot).put(known);
            case Message.CatchUp(var known) -> encoder.put(known);
            case Message.Refused(var promised) -> encoder.put(promised);
        }
    }

    private static void put(Encoder encoder, ClientReply reply) {
        switch (reply) {
            case ClientReply.Answered(var answer) -> encoder.put(ANSWERED).put(answer);
            case ClientReply.NotLeader(var hint) -> {
                encoder.put(NOT_LEADER).put((byte) (hint.isPresent() ? 1 : 0));
                hint.ifPresent(encoder::put);
            }
            case ClientReply.WrongGroup(var hint) -> {
                encoder.put(WRONG_GROUP).put((byte) (hint.isPresent() ? 1 : 0));
                hint.ifPresent(group -> encoder.put(group.longValue()));
            }
            case ClientReply.Throttled(var afterNanos) -> encoder.put(THROTTLED).put(afterNanos);
        }
    }

    /// Reads a frame that fills these bytes.
    public static Frame decode(byte[] bytes) {
        var decoder = Decoder.ofFrame(bytes);
        if (decoder.oneByte() != VERSION) {
            throw decoder.unknown("version of a frame");
        }
        var kind = decoder.oneByte();
        var frame = switch (kind) {
            case REQUEST -> new Frame.Asked(decoder.number(), decoder.number(), decoder.text(), request(decoder));
            case REPLY ->
                new Frame.Told(
                        decoder.number(),
                        decoder.number(),
                        decoder.text(),
                        decoder.number(),
                        decoder.number(),
                        reply(decoder));
            default -> between(kind, decoder);
        };
        decoder.end();
        return frame;
    }

    private static Frame between(byte kind, Decoder decoder) {
        if (kind < PREPARE || kind > REFUSED) {
            throw decoder.unknown("frame");
        }
        var group = decoder.number();
        var order = decoder.number();
        var from = decoder.replica();
        var to = decoder.replica();
        return new Frame.Between(
                group,
                order,
                from,
                to,
                switch (kind) {
                    case PREPARE -> new Message.Prepare(decoder.ballot());
                    case PROMISED -> promised(decoder);
                    case ACCEPT -> new Message.Accept(decoder.ballot(), decoder.slot(), decoder.entry());
                    case ACCEPTED -> new Message.Accepted(decoder.ballot(), decoder.slot());
                    case CHOSEN -> new Message.Chosen(decoder.ballot(), decoder.slot(), decoder.entry());
                    case HEARTBEAT -> new Message.Heartbeat(decoder.ballot(), decoder.atLeast(0, "number of slots"));
                    case CATCH_UP -> new Message.CatchUp(decoder.atLeast(0, "number of slots"));
                    default -> new Message.Refused(decoder.ballot());
                });
    }

    private static Message promised(Decoder decoder) {
        var ballot = decoder.ballot();
        int count = decoder.count();
        var accepted = new ArrayList<Message.Report>(count);
        for (int slot = 1; slot <= count; slot++) {
            accepted.add(new Message.Report(decoder.ballot(), decoder.entry()));
        }
        return new Message.Promised(ballot, accepted);
    }

    private static ClientRequest request(Decoder decoder) {
        return new ClientRequest(
                decoder.number(), decoder.number(), decoder.text(), decoder.number(), decoder.request());
    }

    private static ClientReply reply(Decoder decoder) {
        return switch (decoder.oneByte()) {
            case ANSWERED -> new ClientReply.Answered(decoder.reply());
            case NOT_LEADER ->
                new ClientReply.NotLeader(
                        hasHint(decoder) ? Optional.of(decoder.replica()) : Optional.<ReplicaId>empty());
            case WRONG_GROUP ->
                new ClientReply.WrongGroup(hasHint(decoder) ? Optional.of(decoder.number()) : Optional.<Long>empty());
            case THROTTLED -> new ClientReply.Throttled(decoder.number());
            default -> throw decoder.unknown("reply to a client");
        };
    }

    private static boolean hasHint(Decoder decoder) {
        return switch (decoder.oneByte()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw decoder.unknown("presence of a hint");
        };
    }
}
