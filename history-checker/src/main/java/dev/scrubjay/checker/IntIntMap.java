package dev.scrubjay.checker;

import java.util.Arrays;

/// Numbers by number, without an object for each. None is negative.
final class IntIntMap {
    static final int NONE = -1;

    private int[] keys = new int[16];
    private int[] values = new int[16];
    private int size;

    IntIntMap() {
        Arrays.fill(keys, NONE);
    }

    /// What a key has; [#NONE] where it had nothing, and has the value from then on.
    int putIfAbsent(int key, int value) {
        int at = place(key);
        if (keys[at] == key) {
            return values[at];
        }
        keys[at] = key;
        values[at] = value;
        if (++size * 2 > keys.length) {
            grow();
        }
        return NONE;
    }

    private int place(int key) {
        int mask = keys.length - 1;
        int at = ((key * 0x9E3779B9) >>> 7) & mask;
        while (keys[at] != NONE && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        Arrays.fill(keys, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NONE) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
