package dev.scrubjay.checker;

import java.util.Arrays;

/// When values are certainly in a collection: from the slot after the last in which they can have gone in, to
/// the one before the first in which they can have come out. In all other slots they need not be in it.
final class Cover {
    private static final int NONE = -1;

    private final Lives lives;

    /// By slot: of the values that certainly went in before it, the one that is certainly in for longest.
    private final int[] longest;

    /// By slot: the first one, from there on, that no value covers.
    private final int[] free;

    /// @param values those that count
    Cover(Lives lives, int... values) {
        this.lives = lives;
        int slots = lives.slots();
        this.longest = new int[slots + 1];
        this.free = new int[slots + 1];
        Arrays.fill(longest, NONE);
        for (int value : values) {
            int next = lives.lastIn(value) + 1;
            longest[next] = longer(longest[next], value);
        }
        for (int slot = 1; slot <= slots; slot++) {
            longest[slot] = longer(longest[slot], longest[slot - 1]);
        }
        free[slots] = slots;
        for (int slot = slots - 1; slot >= 0; slot--) {
            free[slot] = isCovered(slot) ? free[slot + 1] : slot;
        }
    }

    private int longer(int one, int other) {
        if (one == NONE || other == NONE) {
            return one == NONE ? other : one;
        }
        return lives.firstOut(one) >= lives.firstOut(other) ? one : other;
    }

    /// Whether a value is in throughout a slot.
    boolean isCovered(int slot) {
        return longest[slot] != NONE && lives.firstOut(longest[slot]) > slot;
    }

    /// The first slot, from one on, that no value covers; how many there are where all are covered.
    int free(int slot) {
        return free[slot];
    }

    /// As few values as possible that cover all slots from one to another.
    int[] chain(int first, int last) {
        var chain = new int[last - first + 1];
        int length = 0;
        for (int slot = first; slot <= last; slot = lives.firstOut(chain[length - 1])) {
            chain[length++] = longest[slot];
        }
        return Arrays.copyOf(chain, length);
    }
}
