package dev.scrubjay.state;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.StateRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Where the rows of a group stand in the one database of its node: the number of the group (8 bytes, highest
/// first), a kind (1 byte), and of a row its key. So each group is one stretch of keys.
///
/// Rows have two kinds, the two sides of a group. On one its state lies, and on the other a snapshot that is
/// to take its place; then the sides change their roles, and no row has to be moved.
final class RowKeys {
    /// The side on which a group begins.
    static final byte FIRST_SIDE = 1;

    private static final byte OTHER_SIDE = 2;
    private static final byte APPLIED = 0;
    private static final byte STAGED = 3;
    private static final byte BEHIND = 4;

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

    static boolean isSide(byte kind) {
        return kind == FIRST_SIDE || kind == OTHER_SIDE;
    }

    static byte other(byte side) {
        return side == FIRST_SIDE ? OTHER_SIDE : FIRST_SIDE;
    }

    static byte[] row(long group, byte side, byte[] key) {
        return key(group, side, key.length).put(key).array();
    }

    /// The first place that is not of this side any more.
    static byte[] behind(long group, byte side) {
        return key(group, (byte) (side + 1), 0).array();
    }

    /// Where it stands how much of a snapshot has come.
    static byte[] staged(long group) {
        return key(group, STAGED, 0).array();
    }

    /// The first place that is not the group's any more.
    static byte[] behind(long group) {
        return key(group, BEHIND, 0).array();
    }

    private static ByteBuffer key(long group, byte kind, int more) {
        return ByteBuffer.allocate(HEAD + more).putLong(group).put(kind);
    }

    /// What stands in a place, for a person.
    static String name(byte[] place) {
        if (place.length < HEAD || place[0] == -1) {
            return "the number of a flush";
        }
        var group = "group " + ByteBuffer.wrap(place).getLong();
        return isSide(place[Long.BYTES]) ? group + ", " + StateRow.name(Bytes.of(ofRow(place))) : group;
    }

    /// The key of a row, without what stands before it.
    static byte[] ofRow(byte[] place) {
        return Arrays.copyOfRange(place, HEAD, place.length);
    }
}
