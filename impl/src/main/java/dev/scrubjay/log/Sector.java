package dev.scrubjay.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// What is found where a sector of a log segment should be.
///
/// A disk writes a sector whole or not at all, so each one can be judged alone. Its checksum covers where it
/// belongs too: one that stands in another's place is bad, and not somebody else's good one.
sealed interface Sector {
    int BYTES = 512;

    /// Marker, checksum, number of the batch, place in the batch, count of the batch's sectors.
    int HEAD = 1 + Integer.BYTES + Long.BYTES + 2 * Integer.BYTES;

    int PAYLOAD = BYTES - HEAD;

    /// The markers of sectors of the header of a segment, of the front of a batch, and of its back. None is
    /// zero, or a sector might look like fill.
    byte HEADER = 1;

    byte FRONT = 2;
    byte BACK = 3;

    /// Zeros, as when the segment was begun: nothing has come here since.
    record Fill() implements Sector {}

    /// Something else than what was written here.
    record Bad() implements Sector {}

    /// What was written here.
    ///
    /// @param place the place in the batch, from 0 on
    /// @param count how many sectors the batch has
    record Good(byte marker, long batch, int place, int count) implements Sector {}

    Sector FILL = new Fill();
    Sector BAD = new Bad();

    /// Puts a head before a payload that is already there.
    ///
    /// @param at where the sector begins in the bytes
    /// @param sector which sector of the segment it is
    static void seal(byte[] bytes, int at, long segment, int sector, Good good) {
        ByteBuffer.wrap(bytes, at, HEAD)
                .put(good.marker)
                .putInt(0)
                .putLong(good.batch)
                .putInt(good.place)
                .putInt(good.count);
        ByteBuffer.wrap(bytes).putInt(at + 1, checksum(bytes, at, segment, sector));
    }

    /// Judges the sector that begins there.
    static Sector judge(byte[] bytes, int at, long segment, int sector) {
        if (isFill(bytes, at)) {
            return FILL;
        }
        var head = ByteBuffer.wrap(bytes, at, HEAD);
        byte marker = head.get();
        int checksum = head.getInt();
        if (marker < HEADER || marker > BACK || checksum != checksum(bytes, at, segment, sector)) {
            return BAD;
        }
        return new Good(marker, head.getLong(), head.getInt(), head.getInt());
    }

    private static boolean isFill(byte[] bytes, int at) {
        return bytes[at] == 0 && Arrays.mismatch(bytes, at, at + BYTES - 1, bytes, at + 1, at + BYTES) < 0;
    }

    private static int checksum(byte[] bytes, int at, long segment, int sector) {
        var where = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1);
        where.putLong(segment).putInt(sector).put(bytes[at]).flip();
        var checksum = new CRC32C();
        checksum.update(where);
        int rest = at + 1 + Integer.BYTES;
        checksum.update(bytes, rest, at + BYTES - rest);
        return (int) checksum.getValue();
    }
}
