package dev.scrubjay.checker;

import java.util.Arrays;
import java.util.PriorityQueue;

/// The operations that have begun and not completed, as seen at one completion after the other.
///
/// Each operation has a slot from its invocation to its completion, the lowest that is free then, so that a
/// set of such operations is a few words of bits. Open operations keep theirs for ever.
final class Window<S> {
    private final Part<S> part;
    private final int[] byEnd;
    private final int[] slots;
    private final int words;

    /// Which completion is looked at, and how many operations have begun before it.
    private int at = -1;

    private int begun;

    /// What is pending and completes, the one that completes next in front.
    private int[] running = new int[16];

    private int runningCount;

    /// What is pending and open, the one that began first in front.
    private int[] lasting = new int[16];

    private int lastingCount;

    /// The slots of pending operations that are open; that overwrite; that are observations.
    private final long[] open;

    private final long[] overwrites;
    private final boolean[] isOverwrite;
    private final boolean[] isObservation;

    /// Changes whenever the window moves.
    private long version;

    Window(Part<S> part) {
        this.part = part;
        this.byEnd = part.byEnd();
        this.slots = new int[part.size()];
        this.words = Math.max(1, (assign() + Long.SIZE - 1) / Long.SIZE);
        this.open = new long[words];
        this.overwrites = new long[words];
        this.isOverwrite = new boolean[part.kinds()];
        this.isObservation = new boolean[part.kinds()];
        for (int kind = 0; kind < part.kinds(); kind++) {
            isObservation[kind] = part.object().isObservation(part.example(kind));
            isOverwrite[kind] = part.isOverwrite(kind);
        }
    }

    /// Gives every operation its slot.
    ///
    /// @return how many slots that takes
    private int assign() {
        var free = new PriorityQueue<Integer>();
        int used = 0;
        int completed = 0;
        for (int i = 0; i < slots.length; i++) {
            while (completed < byEnd.length && part.end(byEnd[completed]) < part.begin(i)) {
                free.add(slots[byEnd[completed++]]);
            }
            slots[i] = free.isEmpty() ? used++ : free.remove();
        }
        return used;
    }

    /// How many words a set of slots takes.
    int words() {
        return words;
    }

    /// Which completion is looked at.
    int at() {
        return at;
    }

    long version() {
        return version;
    }

    /// The operation whose completion is looked at.
    int completing() {
        return byEnd[at];
    }

    /// The operation that completes as the `i`th of all.
    int completion(int i) {
        return byEnd[i];
    }

    /// How many operations are pending.
    int count() {
        return runningCount + lastingCount;
    }

    /// The pending operation that completes as the `i`th from here; open ones come last.
    int pending(int i) {
        return i < runningCount ? running[i] : lasting[i - runningCount];
    }

    int slot(int operation) {
        return slots[operation];
    }

    boolean isObservation(int operation) {
        return isObservation[part.kind(operation)];
    }

    boolean isOverwrite(int operation) {
        return isOverwrite[part.kind(operation)];
    }

    IllegalStateException contradiction(int operation) {
        return new IllegalStateException("the object calls an observation what changes its state: "
                + part.operation(operation) + "; mend its isObservation");
    }

    long open(int word) {
        return open[word];
    }

    long overwrites(int word) {
        return overwrites[word];
    }

    /// Looks at the next completion.
    ///
    /// @return whether there is one
    boolean forward() {
        if (at + 1 == byEnd.length) {
            return false;
        }
        if (at >= 0) {
            drop(byEnd[at]);
        }
        at++;
        version++;
        int end = part.end(byEnd[at]);
        while (begun < slots.length && part.begin(begun) < end) {
            insert(begun++);
        }
        return true;
    }

    /// Looks at the completion before.
    void back() {
        int previousEnd = part.end(byEnd[at - 1]);
        while (begun > 0 && part.begin(begun - 1) > previousEnd) {
            drop(--begun);
        }
        at--;
        version++;
        insert(byEnd[at]);
    }

    private void insert(int operation) {
        mark(operation);
        if (part.isOpen(operation)) {
            if (lastingCount == lasting.length) {
                lasting = Arrays.copyOf(lasting, lastingCount * 2);
            }
            lasting[lastingCount++] = operation;
            return;
        }
        if (runningCount == running.length) {
            running = Arrays.copyOf(running, runningCount * 2);
        }
        int end = part.end(operation);
        int place = runningCount++;
        while (place > 0 && part.end(running[place - 1]) > end) {
            running[place] = running[place - 1];
            place--;
        }
        running[place] = operation;
    }

    private void drop(int operation) {
        mark(operation);
        if (part.isOpen(operation)) {
            // Only the way back drops these, the last one first.
            lastingCount--;
            return;
        }
        int place = 0;
        while (running[place] != operation) {
            place++;
        }
        runningCount--;
        System.arraycopy(running, place + 1, running, place, runningCount - place);
    }

    /// Into the sets of slots, or out of them.
    private void mark(int operation) {
        int word = slots[operation] / Long.SIZE;
        long bit = 1L << slots[operation];
        if (part.isOpen(operation)) {
            open[word] ^= bit;
        }
        if (isOverwrite(operation)) {
            overwrites[word] ^= bit;
        }
    }
}
