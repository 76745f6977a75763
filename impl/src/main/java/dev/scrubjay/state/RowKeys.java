package dev.scrubjay.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Where the rows of a group stand in the one database of its node: the number of the group (8 bytes, highest
/// first), a kind (1 byte), and of a row its key. So each group is one stretch of keys.
final class RowKeys {
    private static final byte APPLIED = 0;
    private static final byte ROW = 1;
    private static final byte BEHIND = 2;

    private static final int HEAD = Long.BYTES + 1;

    private RowKeys() {}

    /// Where the number of the last flush stands: before all groups and behind them, so that one bad block
    /// seldom has both.
    static List<byte[]> flushes() {
        var behind = new byte[HEAD];
        Arrays.fill(behind, (byte) 0xFF);
        return List.of(new byte[] {0}, behind);
    }

    /// Where the slot stands that was applied last, and the first place of the group.
    static byte[] applied(long group) {
        return key(group, APPLIED, 0).array();
    }

    static byte[] row(long group, byte[] key) {
        return key(group, ROW, key.length).put(key).array();
    }

    /// The first place that is not the group's any more.
    static byte[] behind(long group) {
        return key(group, BEHIND, 0).array();
    }

    private static ByteBuffer key(long group, byte kind, int more) {
        return ByteBuffer.allocate(HEAD + more).putLong(group).put(kind);
    }

    /// The key of a row, without what stands before it.
    static byte[] ofRow(byte[] place) {
        return Arrays.copyOfRange(place, HEAD, place.length);
    }
}
