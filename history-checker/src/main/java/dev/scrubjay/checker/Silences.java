package dev.scrubjay.checker;

import java.util.Arrays;

/// For each state, the slots of pending operations that would not change it.
final class Silences<S> {
    private final Window<S> window;
    private final States<S> states;
    private final int words;

    /// For which version of the window the bits of a state are right.
    private long[] versions = new long[16];

    private long[] bits;

    Silences(Window<S> window, States<S> states) {
        this.window = window;
        this.states = states;
        this.words = window.words();
        this.bits = new long[versions.length * words];
        Arrays.fill(versions, -1);
    }

    /// Where in [#bits] the words of a state begin.
    int of(int state) {
        if (state >= versions.length) {
            int before = versions.length;
            versions = Arrays.copyOf(versions, Math.max(state + 1, before * 2));
            Arrays.fill(versions, before, versions.length, -1);
            bits = Arrays.copyOf(bits, versions.length * words);
        }
        int from = state * words;
        if (versions[state] != window.version()) {
            versions[state] = window.version();
            Arrays.fill(bits, from, from + words, 0);
            for (int i = 0; i < window.count(); i++) {
                int operation = window.pending(i);
                int after = states.after(state, operation);
                if (after == state) {
                    int slot = window.slot(operation);
                    bits[from + slot / Long.SIZE] |= 1L << slot;
                } else if (after != States.REFUSED && window.isObservation(operation)) {
                    throw window.contradiction(operation);
                }
            }
        }
        return from;
    }

    long bits(int at) {
        return bits[at];
    }
}
