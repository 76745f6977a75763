package dev.scrubjay.checker;

import java.util.Arrays;

/// How many values cover each of some slots, while values are taken away. It tells which slots none covers
/// any more, each once.
///
/// A tree over the slots: each node has the least depth below it, without what its ancestors add. So a range
/// takes as many steps as the tree has levels, and no slot is looked at that is not told.
final class Depths {
    /// The depth of a slot that was told: no range brings it down to zero.
    private static final int TOLD = Integer.MAX_VALUE / 2;

    private final int[] least;
    private final int[] added;
    private int[] told = new int[16];
    private int count;

    Depths(int slots) {
        int width = Math.max(1, Integer.highestOneBit(Math.max(1, slots - 1)) * 2);
        this.least = new int[2 * width];
        this.added = new int[2 * width];
        Arrays.fill(least, width + slots, least.length, TOLD);
        for (int node = width - 1; node > 0; node--) {
            least[node] = Math.min(least[2 * node], least[2 * node + 1]);
        }
    }

    /// One value more, or one less, covers the slots from one to another.
    void add(int first, int last, int change) {
        add(1, 0, least.length / 2 - 1, first, last, change);
    }

    private void add(int node, int from, int to, int first, int last, int change) {
        if (first <= from && to <= last) {
            least[node] += change;
            added[node] += change;
        } else if (first <= to && from <= last) {
            int middle = (from + to) >>> 1;
            add(2 * node, from, middle, first, last, change);
            add(2 * node + 1, middle + 1, to, first, last, change);
            least[node] = Math.min(least[2 * node], least[2 * node + 1]) + added[node];
        }
    }

    /// The slots that no value covers and that were not told before, in ascending order.
    int[] uncovered() {
        count = 0;
        tell(1, 0, least.length / 2 - 1, 0);
        return Arrays.copyOf(told, count);
    }

    /// @param above what the ancestors of the node add
    private void tell(int node, int from, int to, int above) {
        if (least[node] + above > 0) {
            return;
        }
        if (from == to) {
            if (count == told.length) {
                told = Arrays.copyOf(told, 2 * count);
            }
            told[count++] = from;
            least[node] = TOLD;
            return;
        }
        int middle = (from + to) >>> 1;
        tell(2 * node, from, middle, above + added[node]);
        tell(2 * node + 1, middle + 1, to, above + added[node]);
        least[node] = Math.min(least[2 * node], least[2 * node + 1]) + added[node];
    }
}
