package dev.scrubjay.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The list of tables of a RocksDB database, a file of checksummed records, read before RocksDB does.
///
/// RocksDB reads it too, and notices nearly all damage. But where one bit makes a kind of record of another
/// that it uses elsewhere, it waits for ever.
final class Manifest {
    private static final int BLOCK_BYTES = 1 << 15;
    private static final int HEAD_BYTES = 7;
    private static final int FULL = 1;
    private static final int LAST = 4;
    private static final int MASK = 0xa282ead8;
    private static final int MASK_SHIFT = 15;

    private Manifest() {}

    /// What is damaged; empty if nothing is. A record that the end of the file cuts off may never have been
    /// whole, and is not looked at.
    static Optional<String> damage(byte[] bytes) {
        var records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + HEAD_BYTES <= bytes.length) {
            int left = BLOCK_BYTES - at % BLOCK_BYTES;
            if (left < HEAD_BYTES) {
                // No record begins so near to the end of a block.
                at += left;
                continue;
            }
            int length = Short.toUnsignedInt(records.getShort(at + 4));
            int kind = bytes[at + 6];
            int end = at + HEAD_BYTES + length;
            if (kind < FULL || kind > LAST || HEAD_BYTES + length > left) {
                return Optional.of(
                        "record at byte " + at + ": kind " + kind + " and " + length + " bytes, which none can have");
            }
            if (end > bytes.length) {
                return Optional.empty();
            }
            int checksum = masked(bytes, at + HEAD_BYTES - 1, length + 1);
            if (checksum != records.getInt(at)) {
                return Optional.of("record at byte " + at + ": checksum " + Integer.toHexString(checksum)
                        + ", expected " + Integer.toHexString(records.getInt(at)));
            }
            at = end;
        }
        return Optional.empty();
    }

    /// As RocksDB writes it, so that a checksum of bytes that have checksums among them is a good one.
    private static int masked(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), MASK_SHIFT) + MASK;
    }
}
