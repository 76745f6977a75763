package dev.scrubjay.value;

import dev.scrubjay.value.Decoder.MalformedException;

/// Which rows the state of a group has: the first byte of a key says which kind it is.
public final class StateRow {
    public static final byte KEY = 1;
    public static final byte SESSION = 2;
    public static final byte COUNT = 3;
    public static final byte MEMBERS = 4;

    /// What the rows of one leaf of the hash tree come to, written with each of them.
    public static final byte SUM = 5;

    private StateRow() {}

    static boolean isSum(byte[] key) {
        return key.length > 0 && key[0] == SUM;
    }

    /// What a row is about, for a person.
    public static String name(Bytes key) {
        try {
            var decoder = Decoder.of(key.toArray());
            return switch (decoder.oneByte()) {
                case KEY -> "key '" + decoder.lastText() + "'";
                case SESSION -> "session " + decoder.number();
                case COUNT -> "the count of sessions";
                case MEMBERS -> "the voters";
                case SUM -> "the sum of leaf " + ((decoder.oneByte() << Byte.SIZE) | (decoder.oneByte() & 0xFF));
                default -> "row " + key;
            };
        } catch (MalformedException _) {
            return "row " + key;
        }
    }
}
