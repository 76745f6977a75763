package dev.scrubjay.log;

import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import java.util.OptionalLong;

/// What a log segment says of itself, twice, in its first two sectors.
///
/// @param log which log it belongs to
/// @param segment its number; a segment has the number after the one before it
/// @param batch the number of its first batch
/// @param needed the first segment that was still needed when this one was begun; what is missing below it
/// was trimmed
/// @param sectors how many sectors it has
record SegmentHeader(long log, long segment, long batch, long needed, int sectors) {
    /// The sectors that hold it.
    static final int COPIES = 2;

    /// The least a segment has: its header and a batch.
    static final int SECTORS_MIN = COPIES + 2;

    /// The most: 1 GiB.
    static final int SECTORS_MAX = 1 << 21;

    static final long BYTES_MAX = (long) SECTORS_MAX * Sector.BYTES;

    /// No log comes so far. So the number after it has a name too, and counting on from it goes on upwards.
    private static final long NUMBER_MAX = 100_000_000_000_000_000L;

    private static final byte VERSION = 2;
    private static final String PREFIX = "segment-";
    private static final int DIGITS_MIN = 6;
    private static final int DIGITS_MAX = 18;

    /// The name of a segment's file.
    static String name(long segment) {
        var digits = Long.toString(segment);
        return PREFIX + "0".repeat(Math.max(0, DIGITS_MIN - digits.length())) + digits;
    }

    /// The number of the segment whose file has this name, if it is one.
    static OptionalLong number(String name) {
        if (!name.startsWith(PREFIX) || name.length() > PREFIX.length() + DIGITS_MAX) {
            return OptionalLong.empty();
        }
        long segment = 0;
        for (int i = PREFIX.length(); i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            segment = 10 * segment + digit;
        }
        return segment > 0 && name(segment).equals(name) ? OptionalLong.of(segment) : OptionalLong.empty();
    }

    byte[] encode() {
        var bytes = new byte[COPIES * Sector.BYTES];
        var frame = new Encoder()
                .put(VERSION)
                .put(log)
                .put(segment)
                .put(batch)
                .put(needed)
                .put(sectors)
                .framed();
        for (int copy = 0; copy < COPIES; copy++) {
            int at = copy * Sector.BYTES;
            System.arraycopy(frame, 0, bytes, at + Sector.HEAD, frame.length);
            Sector.seal(bytes, at, segment, copy, new Sector.Good(Sector.HEADER, 0, copy, COPIES));
        }
        return bytes;
    }

    /// Reads the payload of a good sector with the marker of a header.
    static SegmentHeader decode(byte[] payload) {
        var decoder = Decoder.ofFrame(Contents.frame(payload, 0));
        if (decoder.oneByte() != VERSION) {
            throw decoder.unknown("version of a log segment");
        }
        var header = new SegmentHeader(
                decoder.number(),
                decoder.atLeast(1, "number of a segment"),
                decoder.atLeast(1, "number of a batch"),
                decoder.atLeast(1, "number of a segment"),
                decoder.integer());
        decoder.end();
        if (header.needed > header.segment || header.sectors < SECTORS_MIN || header.sectors > SECTORS_MAX) {
            throw new MalformedException("a header that contradicts itself: " + header);
        }
        if (header.segment > NUMBER_MAX || header.batch > NUMBER_MAX) {
            throw new MalformedException("a number above " + NUMBER_MAX + ", which no log reaches: " + header);
        }
        return header;
    }
}
