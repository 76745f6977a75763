package dev.scrubjay.checker;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Many configurations in a few arrays, of which none stands for another.
///
/// A configuration is one way in which everything that has completed so far can have come about: a state, and
/// of each pending operation whether it is
/// - *placed*: it happened, and changed the state;
/// - *free*: there was a quiet spot for it since it began, where it can have happened without being noticed.
/// It may be taken to have happened there, and it may still be placed;
/// - neither: it has yet to happen.
///
/// An operation that is open is always free: it need not happen at all.
///
/// *One configuration stands for another* where it can do whatever the other can do. So it must be of the
/// same state, have placed nothing that the other has not, be free to do what only the other has placed, and
/// be free to do whatever the other is free to do. Only such configurations are compared that are in the same
/// *lane*.
final class Configurations {
    static final int NONE = -1;

    private final int words;
    private int count;

    /// Of each configuration the words of what is placed and then the words of what is free.
    private long[] bits;

    private int[] states = new int[16];
    private @Nullable Placement[] lasts = new Placement[16];

    /// Of each configuration: the next one of its lane; whether another one stands for it.
    private int[] nexts = new int[16];

    private boolean[] dropped = new boolean[16];

    /// Of each lane its first configuration, which counts where the lane's round is this one.
    private int[] heads = new int[16];

    private int[] rounds = new int[16];
    private int round = 1;

    Configurations(int words) {
        this.words = words;
        this.bits = new long[16 * 2 * words];
    }

    int count() {
        return count;
    }

    void clear() {
        Arrays.fill(lasts, 0, count, null);
        count = 0;
        round++;
    }

    int state(int configuration) {
        return states[configuration];
    }

    @Nullable
    Placement last(int configuration) {
        return lasts[configuration];
    }

    /// Whether another one stands for it, that was added later.
    boolean isDropped(int configuration) {
        return dropped[configuration];
    }

    long placed(int configuration, int word) {
        return bits[configuration * 2 * words + word];
    }

    long free(int configuration, int word) {
        return bits[(configuration * 2 + 1) * words + word];
    }

    boolean isPlaced(int configuration, int slot) {
        return (placed(configuration, slot / Long.SIZE) >>> slot & 1) != 0;
    }

    boolean isFree(int configuration, int slot) {
        return (free(configuration, slot / Long.SIZE) >>> slot & 1) != 0;
    }

    int placedCount(int configuration) {
        int sum = 0;
        for (int word = 0; word < words; word++) {
            sum += Long.bitCount(placed(configuration, word));
        }
        return sum;
    }

    /// How many bytes all of it takes.
    long bytes() {
        return (long) states.length * (2L * words * Long.BYTES + 3 * Integer.BYTES + 1 + 24);
    }

    /// Adds a configuration that [#settle] has yet to compare with the others.
    int add(int state, long[] from, int offset, @Nullable Placement last) {
        if (count == states.length) {
            grow();
        }
        System.arraycopy(from, offset, bits, count * 2 * words, 2 * words);
        states[count] = state;
        lasts[count] = last;
        dropped[count] = false;
        return count++;
    }

    /// Takes the last one out again.
    void removeLast() {
        lasts[--count] = null;
    }

    /// Adds a configuration of another collection.
    int add(Configurations other, int configuration) {
        return add(other.states[configuration], other.bits, configuration * 2 * words, other.lasts[configuration]);
    }

    /// Frees a slot whose operation has completed.
    void forget(int configuration, int slot) {
        int at = configuration * 2 * words + slot / Long.SIZE;
        bits[at] &= ~(1L << slot);
        bits[at + words] &= ~(1L << slot);
    }

    /// Makes free what is quiet, and not placed or open.
    void makeFree(int configuration, int word, long quiet) {
        int at = configuration * 2 * words + word;
        bits[at + words] |= quiet & ~bits[at];
    }

    /// Compares the last one added with the others of its lane: takes it out again where one of them stands
    /// for it, and drops those for which it stands.
    ///
    /// @return whether it stays
    boolean settle(int lane, Window<?> window) {
        int added = count - 1;
        if (lane >= heads.length) {
            int longer = Math.max(lane + 1, heads.length * 2);
            heads = Arrays.copyOf(heads, longer);
            rounds = Arrays.copyOf(rounds, longer);
        }
        int before = NONE;
        for (int other = rounds[lane] == round ? heads[lane] : NONE; other != NONE; other = nexts[other]) {
            if (standsFor(other, added, window)) {
                removeLast();
                return false;
            }
            if (standsFor(added, other, window)) {
                dropped[other] = true;
                if (before == NONE) {
                    heads[lane] = nexts[other];
                } else {
                    nexts[before] = nexts[other];
                }
            } else {
                before = other;
            }
        }
        nexts[added] = rounds[lane] == round ? heads[lane] : NONE;
        heads[lane] = added;
        rounds[lane] = round;
        return true;
    }

    private boolean standsFor(int one, int other, Window<?> window) {
        return standsFor(one, bits, other * 2 * words, window);
    }

    /// Whether one stands for another of the same state, of which the words are given.
    boolean standsFor(int one, long[] other, int offset, Window<?> window) {
        int a = one * 2 * words;
        for (int word = 0; word < words; word++) {
            long placedA = bits[a + word];
            long placedB = other[offset + word];
            long freeA = bits[a + words + word];
            long freeB = other[offset + words + word];
            if ((placedA & ~placedB) != 0
                    || (freeB & ~freeA) != 0
                    || (placedB & ~placedA & ~(freeA | window.open(word))) != 0) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        int longer = count * 2;
        bits = Arrays.copyOf(bits, longer * 2 * words);
        states = Arrays.copyOf(states, longer);
        lasts = Arrays.copyOf(lasts, longer);
        nexts = Arrays.copyOf(nexts, longer);
        dropped = Arrays.copyOf(dropped, longer);
    }
}
