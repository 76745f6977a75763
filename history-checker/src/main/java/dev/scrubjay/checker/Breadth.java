package dev.scrubjay.checker;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides a part by walking through its completions with all configurations that are possible at each: the
/// frontier.
///
/// *Problem.* To find an order of the operations that respects time and that the object can do, or to know
/// that there is none. There are more orders than can be tried as soon as a dozen operations overlap, or are
/// open for ever because nobody knows how they ended.
///
/// *Idea.* Operations are placed as late as possible: nothing happens until an operation completes that some
/// configuration has not placed. Only then does this configuration try, in every order, the operations that
/// have begun, until the completing one is in (Lowe, "Testing for linearizability", 2017, calls this just in
/// time). What came before is in the state, so a configuration is small, and equal ones are one.
///
/// *Invariant.* After each completion the frontier is empty exactly when no order explains the completions up
/// to there, by operations that had begun by then, with the results that they have in the end. So the first
/// completion that empties it is the first that cannot be explained.
///
/// *What keeps the frontier small.* Each rule drops a configuration only where another one, which is kept,
/// can do whatever the dropped one can do:
/// - An operation need not be placed where nobody notices it. One that does not change the state can happen
/// at any time while the state lasts, together with others like it. One that overwrites, whatever the state
/// was, can happen just before another one that overwrites. Such operations are *free* ([Configurations]):
/// they cost nothing when they complete, and may be placed all the same as long as they run, because somebody
/// may have seen what they left. Observations are never placed, for nobody can see what they left.
/// - Of two configurations one may stand for the other; [Configurations] says when. Without that, twenty open
/// operations are too many.
/// - Of operations that are alike and equally free the one that completes first is placed first. They could
/// be exchanged. An open one completes last of all. One that is free does not stand in for one that is not.
///
/// *Dropped:* to let an operation happen unnoticed just before one that overwrites if it merely *can* happen
/// there. Two such operations can be in each other's way, as two conditional writes from one value are.
///
/// This class can be paused, so that it may compete with a search in depth ([Depth]).
final class Breadth<S> {
    private final Part<S> part;
    private final States<S> states;
    private final Window<S> window;
    private final Silences<S> silences;
    private final int words;

    /// The frontier before the completion at hand, and what becomes of it.
    private Configurations frontier;

    private Configurations next;

    /// The configurations on the way from one to the other, in the order in which they were added, and for
    /// each number of placed operations a list of those that wait.
    private final Configurations way;

    private int[] waiting = new int[16];
    private int[] nextWaiting = new int[16];
    private boolean[] isWaitingForReal = new boolean[16];

    /// Those that have placed so few operations are done with; and one more than the most that any has
    /// placed.
    private int level;

    private int levels;
    private boolean isUnderWay;

    private final long[] scratch;

    /// Which kinds an expansion has met, as the number of that expansion, and whether a free one.
    private final long[] met;

    private final boolean[] metFree;
    private long expansions;

    Breadth(Part<S> part) {
        this.part = part;
        this.states = new States<>(part);
        this.window = new Window<>(part);
        this.silences = new Silences<>(window, states);
        this.words = window.words();
        this.frontier = new Configurations(words);
        this.next = new Configurations(words);
        this.way = new Configurations(words);
        this.scratch = new long[2 * words];
        this.met = new long[part.kinds()];
        this.metFree = new boolean[part.kinds()];
        frontier.add(States.INITIAL, scratch, 0, null);
    }

    /// Goes on until the part is decided, the budget is spent, or so many configurations were looked at.
    Optional<Outcome> run(Budget budget, long steps) {
        long left = steps;
        while (true) {
            if (!isUnderWay) {
                if (!window.forward()) {
                    return Optional.of(new Outcome.Found(order(frontier.last(0), Integer.MAX_VALUE - 1)));
                }
                setOut();
            }
            while (level < levels) {
                int configuration = waiting[level];
                if (configuration == Configurations.NONE) {
                    level++;
                    continue;
                }
                if (left-- == 0) {
                    return Optional.empty();
                }
                if (budget.isSpent() || budget.isTooMuch(way.bytes() + next.bytes() + frontier.bytes())) {
                    return Optional.of(new Outcome.Stopped(budget.why(), window.completing()));
                }
                waiting[level] = nextWaiting[configuration];
                if (!way.isDropped(configuration)) {
                    expand(configuration, isWaitingForReal[configuration]);
                }
            }
            if (next.count() == 0) {
                int completing = window.completing();
                return Optional.of(new Outcome.Refused(order(frontier.last(0), part.end(completing) - 1), completing));
            }
            arrive();
        }
    }

    private Numbers order(@Nullable Placement last, int event) {
        return Weave.order(part, states, last, event);
    }

    /// What is known already goes straight to the next frontier, the rest under way.
    private void setOut() {
        isUnderWay = true;
        level = 0;
        levels = 0;
        int completing = window.completing();
        int slot = window.slot(completing);
        for (int i = 0; i < frontier.count(); i++) {
            if (frontier.isDropped(i)) {
                continue;
            }
            int quiet = silences.of(frontier.state(i));
            for (int word = 0; word < words; word++) {
                frontier.makeFree(i, word, silences.bits(quiet + word) & ~window.open(word));
            }
            var isFree = frontier.isFree(i, slot);
            if (isFree || frontier.isPlaced(i, slot)) {
                emit(frontier, i, slot);
            }
            if (!frontier.isPlaced(i, slot) && !(isFree && window.isObservation(completing))) {
                way.add(frontier, i);
                sendOff(isFree);
            }
        }
    }

    /// Puts the last configuration of the way where it waits, if no other stands for it.
    ///
    /// @param isForReal whether the completing operation is free in it, and is wanted placed
    private void sendOff(boolean isForReal) {
        int added = way.count() - 1;
        if (!way.settle(way.state(added) * 2 + (isForReal ? 1 : 0), window)) {
            return;
        }
        int placed = way.placedCount(added);
        if (placed >= waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(placed + 1, waiting.length * 2));
        }
        while (levels <= placed) {
            waiting[levels++] = Configurations.NONE;
        }
        if (added >= nextWaiting.length) {
            nextWaiting = Arrays.copyOf(nextWaiting, Math.max(added + 1, nextWaiting.length * 2));
            isWaitingForReal = Arrays.copyOf(isWaitingForReal, nextWaiting.length);
        }
        nextWaiting[added] = waiting[placed];
        isWaitingForReal[added] = isForReal;
        waiting[placed] = added;
    }

    private void emit(Configurations from, int configuration, int slot) {
        int added = next.add(from, configuration);
        next.forget(added, slot);
        next.settle(next.state(added), window);
    }

    private void arrive() {
        var before = frontier;
        frontier = next;
        next = before;
        next.clear();
        way.clear();
        isUnderWay = false;
    }

    private void expand(int configuration, boolean isForReal) {
        expansions++;
        int completing = window.completing();
        for (int i = 0; i < window.count(); i++) {
            int operation = window.pending(i);
            int slot = window.slot(operation);
            if (window.isObservation(operation) || way.isPlaced(configuration, slot)) {
                continue;
            }
            int kind = part.kind(operation);
            var isFree = part.isOpen(operation) || way.isFree(configuration, slot);
            if (met[kind] == expansions && (isFree || !metFree[kind])) {
                continue;
            }
            met[kind] = expansions;
            metFree[kind] = isFree;
            int state = way.state(configuration);
            int after = states.after(state, operation);
            if (after != States.REFUSED && after != state) {
                place(configuration, operation, after, isForReal, completing);
            }
        }
    }

    private void place(int configuration, int operation, int after, boolean isForReal, int completing) {
        for (int word = 0; word < words; word++) {
            scratch[word] = way.placed(configuration, word);
            scratch[words + word] = way.free(configuration, word);
        }
        int slot = window.slot(operation);
        long bit = 1L << slot;
        scratch[slot / Long.SIZE] |= bit;
        scratch[words + slot / Long.SIZE] &= ~bit;
        int quiet = silences.of(after);
        var overwrites = window.isOverwrite(operation);
        for (int word = 0; word < words; word++) {
            long free = silences.bits(quiet + word) | (overwrites ? window.overwrites(word) : 0);
            scratch[words + word] |= free & ~scratch[word] & ~window.open(word);
        }
        int added = way.add(after, scratch, 0, new Placement(operation, part.end(completing), way.last(configuration)));
        int goal = window.slot(completing);
        if (operation == completing) {
            emit(way, added, goal);
            way.removeLast();
            return;
        }
        var isFree = way.isFree(added, goal);
        if (isFree && !isForReal) {
            emit(way, added, goal);
        }
        if (isFree && window.isObservation(completing)) {
            way.removeLast();
        } else {
            sendOff(isFree);
        }
    }
}
