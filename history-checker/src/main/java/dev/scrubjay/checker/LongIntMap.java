package dev.scrubjay.checker;

import java.util.Arrays;

/// Numbers by number, without an object for each. No key is negative, nor any value.
final class LongIntMap {
    static final int NONE = -1;

    private long[] keys;
    private int[] values;
    private int size;

    LongIntMap() {
        clear();
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) keys.length * (Long.BYTES + Integer.BYTES);
    }

    void clear() {
        keys = new long[64];
        values = new int[64];
        Arrays.fill(keys, NONE);
        size = 0;
    }

    /// What a key has; [#NONE] where it has nothing.
    int get(long key) {
        int at = place(key);
        return keys[at] == key ? values[at] : NONE;
    }

    void put(long key, int value) {
        int at = place(key);
        if (keys[at] != key) {
            keys[at] = key;
            if (++size * 2 > keys.length) {
                grow();
                at = place(key);
            }
        }
        values[at] = value;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int at = (int) (mix(key) >>> 32) & mask;
        while (keys[at] != NONE && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static long mix(long key) {
        return (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new long[oldKeys.length * 2];
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
