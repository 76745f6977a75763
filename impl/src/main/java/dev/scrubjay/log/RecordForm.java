package dev.scrubjay.log;

import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.FormVersion;
import dev.scrubjay.value.LogRecord;

/// A record of a node's log in bytes: version, kind, group and body, with length and checksum before them.
///
/// The checksum covers the group, the ballot and the slot too, so that a record that was written to the wrong
/// place, or read from it, is not taken for another's.
public final class RecordForm {
    private static final FormVersion VERSION = new FormVersion(3, 0);
    private static final byte PROMISE = 1;
    private static final byte ACCEPT = 2;
    private static final byte TRIM = 5;
    // Reserved: 3 known chosen, 4 snapshot.

    private RecordForm() {}

    /// A record and the group that it belongs to.
    public record Logged(long group, LogRecord record) {}

    public static byte[] encode(long group, LogRecord record) {
        var encoder = new Encoder().put(VERSION);
        return switch (record) {
            case LogRecord.Promise(var ballot) ->
                encoder.put(PROMISE).put(group).put(ballot).framed();
            case LogRecord.Accept(var ballot, var generation, var slot, var entry) ->
                encoder.put(ACCEPT)
                        .put(group)
                        .put(ballot)
                        .put(generation)
                        .put(slot)
                        .put(entry)
                        .framed();
            case LogRecord.Trim(var ballot, var slot, var before) ->
                encoder.put(TRIM).put(group).put(ballot).put(slot).put(before).framed();
            case LogRecord.Corrupt corrupt -> throw new IllegalArgumentException("nobody writes " + corrupt);
        };
    }

    /// Reads a record that fills these bytes.
    public static Logged decode(byte[] bytes) {
        var decoder = Decoder.ofFrame(bytes);
        if (!decoder.isOf(VERSION)) {
            throw decoder.unknown("version of a record");
        }
        var kind = decoder.oneByte();
        if (kind != PROMISE && kind != ACCEPT && kind != TRIM) {
            throw decoder.unknown("record");
        }
        var group = decoder.number();
        var ballot = decoder.ballot();
        var record = switch (kind) {
            case PROMISE -> new LogRecord.Promise(ballot);
            case ACCEPT -> new LogRecord.Accept(ballot, decoder.generation(), decoder.slot(), decoder.entry());
            default -> new LogRecord.Trim(ballot, decoder.slots(), decoder.slots());
        };
        decoder.end();
        return new Logged(group, record);
    }
}
