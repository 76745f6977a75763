package dev.scrubjay.history;

import java.util.Arrays;

/// A map from numbers to numbers from 0 on, without an object for each.
final class LongIntMap {
    static final int NONE = -1;

    private static final int SLOTS_MIN = 16;

    private long[] keys = new long[SLOTS_MIN];
    private int[] values = empty(SLOTS_MIN);
    private int size;

    /// The value of a key, or [#NONE].
    int get(long key) {
        return values[slot(key)];
    }

    void put(long key, int value) {
        int slot = slot(key);
        size += values[slot] == NONE ? 1 : 0;
        keys[slot] = key;
        values[slot] = value;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = empty(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != NONE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = Hash.spread(key) & mask;
        while (values[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int[] empty(int length) {
        var values = new int[length];
        Arrays.fill(values, NONE);
        return values;
    }
}
