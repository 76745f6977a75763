package dev.scrubjay.checker;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides a part by following one configuration as far as it goes, and going back where it goes no further.
///
/// The rules are those of [Breadth], and so is the meaning of placed and free. On a history that is
/// linearizable this is quicker, for most choices do not matter and the first one will do; on one that is
/// not, everything has to be tried, and all that failed to be remembered. So it competes with [Breadth] and
/// is given up when it has gone back too often.
///
/// *What is tried first:* to place the completing operation even if it is free, because in most histories
/// somebody saw what it left; then to place nothing, where it is free; then what makes the completing
/// operation possible; then the others. In each of these two groups, what completes earlier comes earlier.
final class Depth<S> {
    private static final int NONE = -1;

    private final Part<S> part;
    private final States<S> states;
    private final Window<S> window;
    private final Silences<S> silences;
    private final int words;

    /// The path: of each step the configuration that it led to, at which completion, by placing what, and
    /// which choices have been tried from there.
    private int depth;

    private long[] bits;
    private int[] stateOf = new int[64];
    private int[] atOf = new int[64];
    private @Nullable Placement[] lasts = new Placement[64];
    private int[] triedOf = new int[64];
    private boolean[] isForReal = new boolean[64];

    private final Failures failures;
    private final long bytesMax;
    private boolean isFull;

    /// The farthest completion that was looked at, and a path to there.
    private int farthest = NONE;

    private @Nullable Placement farthestPath;

    /// Which kinds an expansion has met, as the number of that expansion, and whether a free one.
    private final long[] met;

    private final boolean[] metFree;
    private long expansions;

    /// @param bytesMax how much memory it may take before it gives up
    Depth(Part<S> part, long bytesMax) {
        this.part = part;
        this.bytesMax = bytesMax;
        this.states = new States<>(part);
        this.window = new Window<>(part);
        this.silences = new Silences<>(window, states);
        this.words = window.words();
        this.bits = new long[stateOf.length * 2 * words];
        this.failures = new Failures(words);
        this.met = new long[part.kinds()];
        this.metFree = new boolean[part.kinds()];
    }

    /// Goes on until the part is decided, the budget is spent, or so many configurations were looked at.
    Optional<Outcome> run(Budget budget, long steps) {
        if (depth == 0) {
            stateOf[0] = States.INITIAL;
            atOf[0] = 0;
            depth = 1;
            if (!window.forward()) {
                return Optional.of(new Outcome.Found(Numbers.of()));
            }
            enter();
        }
        long left = steps;
        while (depth > 0) {
            if (left-- == 0) {
                return Optional.empty();
            }
            if (budget.isSpent()) {
                return Optional.of(new Outcome.Stopped(budget.why(), window.completion(farthest)));
            }
            if (bytes() > bytesMax) {
                isFull = true;
                return Optional.empty();
            }
            if (!step()) {
                continue;
            }
            if (!window.forward()) {
                return Optional.of(new Outcome.Found(order(lasts[depth - 1], Integer.MAX_VALUE - 1)));
            }
            advance();
        }
        int refused = window.completion(farthest);
        return Optional.of(new Outcome.Refused(order(farthestPath, part.end(refused) - 1), refused));
    }

    /// Whether it cannot go on for want of memory.
    boolean isFull() {
        return isFull;
    }

    /// Where it cannot get past, so far.
    int undecided() {
        return window.completion(farthest);
    }

    long bytes() {
        return (long) stateOf.length * (2L * words * Long.BYTES + 8 * Integer.BYTES + 1) + failures.bytes();
    }

    private Numbers order(@Nullable Placement last, int event) {
        return Weave.order(part, states, last, event);
    }

    // Choices of a step are numbered. Where the completing operation is free, 0 is to place it and 1 to go on
    // to the next completion. From 2 on comes each pending operation that helps the completing one, then each
    // of the others.

    /// Tries the next choice of the last step.
    ///
    /// @return whether it is to go on to the next completion
    private boolean step() {
        int top = depth - 1;
        int completing = window.completing();
        int goal = window.slot(completing);
        int tried = triedOf[top];
        var isPlaced = bit(top, 0, goal);
        var isFree = bit(top, words, goal);
        if (isPlaced || (isFree && window.isObservation(completing))) {
            triedOf[top]++;
            if (tried == 0) {
                return true;
            }
            fail();
            return false;
        }
        if (isFree && tried == 0) {
            triedOf[top] = 1;
            int after = states.after(stateOf[top], completing);
            if (after != States.REFUSED && after != stateOf[top]) {
                place(top, completing, after);
                return false;
            }
        }
        if (isFree && tried <= 1 && !isForReal[top]) {
            triedOf[top] = 2;
            return true;
        }
        int choice = next(top, Math.max(tried, 2), completing);
        if (choice == NONE) {
            fail();
        }
        return false;
    }

    /// Places the next operation from a choice on.
    ///
    /// @return the choice; [#NONE] where none is left
    private int next(int top, int from, int completing) {
        int count = window.count();
        for (int round = 0; round < 2; round++) {
            expansions++;
            for (int i = 0; i < count; i++) {
                int operation = window.pending(i);
                int slot = window.slot(operation);
                if (window.isObservation(operation) || bit(top, 0, slot)) {
                    continue;
                }
                int kind = part.kind(operation);
                var isFree = part.isOpen(operation) || bit(top, words, slot);
                if (met[kind] == expansions && (isFree || !metFree[kind])) {
                    continue;
                }
                met[kind] = expansions;
                metFree[kind] = isFree;
                int choice = 2 + round * count + i;
                var isTried = operation == completing && isFree;
                if (choice < from || isTried) {
                    continue;
                }
                int after = states.after(stateOf[top], operation);
                if (after == States.REFUSED || after == stateOf[top]) {
                    continue;
                }
                var helps = operation == completing || states.after(after, completing) != States.REFUSED;
                if (helps == (round == 0)) {
                    triedOf[top] = choice + 1;
                    place(top, operation, after);
                    return choice;
                }
            }
        }
        return NONE;
    }

    private void place(int top, int operation, int after) {
        push();
        System.arraycopy(bits, top * 2 * words, bits, (top + 1) * 2 * words, 2 * words);
        int slot = window.slot(operation);
        int at = (top + 1) * 2 * words + slot / Long.SIZE;
        bits[at] |= 1L << slot;
        bits[at + words] &= ~(1L << slot);
        stateOf[top + 1] = after;
        lasts[top + 1] = new Placement(operation, part.end(window.completing()), lasts[top]);
        atOf[top + 1] = atOf[top];
        isForReal[top + 1] = bit(top, words, window.slot(window.completing()));
        if (window.isOverwrite(operation)) {
            for (int word = 0; word < words; word++) {
                int to = (top + 1) * 2 * words + word;
                bits[to + words] |= window.overwrites(word) & ~bits[to] & ~window.open(word);
            }
        }
        enter();
    }

    /// The window has gone on to the next completion: so does the path.
    private void advance() {
        int top = depth - 1;
        int completed = window.completion(atOf[top]);
        push();
        System.arraycopy(bits, top * 2 * words, bits, (top + 1) * 2 * words, 2 * words);
        int slot = window.slot(completed);
        int at = (top + 1) * 2 * words + slot / Long.SIZE;
        bits[at] &= ~(1L << slot);
        bits[at + words] &= ~(1L << slot);
        stateOf[top + 1] = stateOf[top];
        lasts[top + 1] = lasts[top];
        atOf[top + 1] = window.at();
        isForReal[top + 1] = false;
        enter();
    }

    /// Looks over the last step, which is new.
    private void enter() {
        int top = depth - 1;
        triedOf[top] = 0;
        int quiet = silences.of(stateOf[top]);
        for (int word = 0; word < words; word++) {
            int to = top * 2 * words + word;
            bits[to + words] |= silences.bits(quiet + word) & ~bits[to] & ~window.open(word);
        }
        if (failures.hold(lane(top), bits, top * 2 * words, window)) {
            leave();
        } else if (window.at() > farthest) {
            farthest = window.at();
            farthestPath = lasts[top];
        }
    }

    /// The last step leads nowhere.
    private void fail() {
        int top = depth - 1;
        // Where there was nothing to try, it is quicker to see that again than to look it up.
        if (triedOf[top] > 0) {
            failures.add(lane(top), stateOf[top], bits, top * 2 * words);
        }
        leave();
    }

    private void leave() {
        depth--;
        if (depth > 0 && atOf[depth - 1] != atOf[depth]) {
            window.back();
        }
    }

    /// The same for steps of which one can stand for the other.
    private long lane(int top) {
        return (((long) atOf[top] << (Integer.SIZE - 1)) | stateOf[top]) * 2 + (isForReal[top] ? 1 : 0);
    }

    private boolean bit(int step, int offset, int slot) {
        return (bits[step * 2 * words + offset + slot / Long.SIZE] >>> slot & 1) != 0;
    }

    private void push() {
        if (depth == stateOf.length) {
            int longer = depth * 2;
            bits = Arrays.copyOf(bits, longer * 2 * words);
            stateOf = Arrays.copyOf(stateOf, longer);
            atOf = Arrays.copyOf(atOf, longer);
            lasts = Arrays.copyOf(lasts, longer);
            triedOf = Arrays.copyOf(triedOf, longer);
            isForReal = Arrays.copyOf(isForReal, longer);
        }
        depth++;
    }
}
