package dev.scrubjay.history;

import org.jspecify.annotations.Nullable;

/// Short texts as they stand in a buffer. One that was met lately is not made anew, which in a history are
/// nearly all: names of parts, types and operations.
final class Tokens {
    private static final int SLOTS = 1 << 10;
    private static final int LENGTH_MAX = 24;

    /// The last text for each hash.
    private final Value.@Nullable Text[] recent = new Value.Text[SLOTS];

    Value.Text text(char[] buffer, int from, int length) {
        if (length > LENGTH_MAX) {
            return new Value.Text(new String(buffer, from, length));
        }
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + buffer[i];
        }
        int slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
        var known = recent[slot];
        if (known != null && isEqual(known.text(), buffer, from, length)) {
            return known;
        }
        var text = new Value.Text(new String(buffer, from, length));
        recent[slot] = text;
        return text;
    }

    private static boolean isEqual(String text, char[] buffer, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != buffer[from + i]) {
                return false;
            }
        }
        return true;
    }
}
