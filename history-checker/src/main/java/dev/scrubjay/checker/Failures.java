package dev.scrubjay.checker;

import java.util.Arrays;

/// Configurations from which nothing leads on, by completion and state.
final class Failures {
    private final Configurations configurations;
    private final LongIntMap heads = new LongIntMap();
    private int[] nexts = new int[64];

    Failures(int words) {
        this.configurations = new Configurations(words);
    }

    long bytes() {
        return configurations.bytes() + (long) nexts.length * Integer.BYTES + heads.bytes();
    }

    /// Whether one that stands for a configuration has failed.
    ///
    /// @param lane says the completion and the state
    boolean hold(long lane, long[] bits, int offset, Window<?> window) {
        if (configurations.count() == 0) {
            return false;
        }
        int failed = heads.get(lane);
        while (failed != LongIntMap.NONE) {
            if (configurations.standsFor(failed, bits, offset, window)) {
                return true;
            }
            failed = nexts[failed];
        }
        return false;
    }

    void add(long lane, int state, long[] bits, int offset) {
        int added = configurations.add(state, bits, offset, null);
        if (added == nexts.length) {
            nexts = Arrays.copyOf(nexts, nexts.length * 2);
        }
        nexts[added] = heads.get(lane);
        heads.put(lane, added);
    }
}
