package dev.scrubjay.log;

import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.Invariant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The table of contents of a batch: which records it has, in their order, and how long each is.
record Contents(List<Line> lines) {
    /// The bytes before the first line: of the frame, and the count of lines.
    static final int BYTES_MIN = Decoder.HEAD + Integer.BYTES;

    private static final byte PROMISE = 1;
    private static final byte ACCEPT = 2;
    private static final byte TRIM = 5;

    /// A record and the length of its body.
    record Line(RecordName name, int length) {
        /// What it takes in a table of contents.
        int bytes() {
            int node = name.ballot().replica().node().getBytes(StandardCharsets.UTF_8).length;
            int more = name instanceof RecordName.Trim ? Long.BYTES : 0;
            return 1 + 3 * Long.BYTES + 3 * Integer.BYTES + node + more;
        }
    }

    Contents {
        lines = List.copyOf(lines);
    }

    /// What it takes in a batch, each time.
    int bytes() {
        int bytes = BYTES_MIN;
        for (var line : lines) {
            bytes += line.bytes();
        }
        return bytes;
    }

    /// How long the bodies are together.
    long bodies() {
        long bodies = 0;
        for (var line : lines) {
            bodies += line.length();
        }
        return bodies;
    }

    byte[] encode() {
        var encoder = new Encoder().put(lines.size());
        for (var line : lines) {
            switch (line.name) {
                case RecordName.Promise(var group, var ballot) ->
                    encoder.put(PROMISE).put(group).put(ballot).put(0L);
                case RecordName.Accept(var group, var ballot, var slot) ->
                    encoder.put(ACCEPT).put(group).put(ballot).put(slot);
                case RecordName.Trim(var group, var ballot, var slot, var before) ->
                    encoder.put(TRIM).put(group).put(ballot).put(slot).put(before);
            }
            encoder.put(line.length);
        }
        var frame = encoder.framed();
        Invariant.holds(frame.length == bytes(), "a table of contents is as long as it said it would be");
        return frame;
    }

    /// Reads what `encode` wrote.
    static Contents decode(byte[] frame) {
        var decoder = Decoder.ofFrame(frame);
        int count = decoder.count();
        var lines = new ArrayList<Line>();
        for (int i = 0; i < count; i++) {
            lines.add(line(decoder));
        }
        decoder.end();
        return new Contents(lines);
    }

    private static Line line(Decoder decoder) {
        byte kind = decoder.oneByte();
        if (kind != PROMISE && kind != ACCEPT && kind != TRIM) {
            throw decoder.unknown("record");
        }
        var group = decoder.number();
        var ballot = decoder.ballot();
        long slot = decoder.atLeast(kind == ACCEPT ? 1 : 0, "slot");
        long before = kind == TRIM ? decoder.slots() : 0;
        int length = decoder.integer();
        if (length < 1 || (kind == PROMISE && slot != 0)) {
            throw new MalformedException(
                    "a record of kind " + kind + " with slot " + slot + " and " + length + " bytes");
        }
        var name = switch (kind) {
            case PROMISE -> new RecordName.Promise(group, ballot);
            case ACCEPT -> new RecordName.Accept(group, ballot, slot);
            default -> new RecordName.Trim(group, ballot, slot, before);
        };
        return new Line(name, length);
    }

    /// The frame that begins there, as long as its head says; its checksum is not looked at here.
    static byte[] frame(byte[] bytes, int from) {
        int length = length(bytes, from);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /// How long the frame is that begins there, all of which must be in the bytes.
    static int length(byte[] bytes, int from) {
        int room = bytes.length - from - Decoder.HEAD;
        int body = room < 0 ? -1 : ByteBuffer.wrap(bytes).getInt(from);
        if (body < 0 || body > room) {
            throw new MalformedException("a frame whose body has " + body + " bytes, in a place of " + room);
        }
        return Decoder.HEAD + body;
    }
}
