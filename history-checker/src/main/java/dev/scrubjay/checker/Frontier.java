package dev.scrubjay.checker;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides one part of a history by walking through its completions with all configurations that are possible
/// at each: the frontier.
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
/// - Of two with the same state and the same running operations placed, one that used only open operations
/// that the other used too stands for the other: it may still use them, and need not. Without this rule,
/// twenty open operations are too many.
/// - Of operations that are alike, the one that completes first is placed first. They could be exchanged.
/// - An observation is placed as soon as it can be: it changes nothing, so it is never in the way.
///
/// *Dropped:* a search in depth with a memory of what failed (Wing and Gong, 1993; Lowe, 2017). It is faster
/// on many histories that are linearizable, but it remembers all of the past, and on one that is not it tries
/// all of it again.
final class Frontier<S> {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Part<S> part;
    private final States<S> states;
    private final Budget budget;

    /// For each operation: the index of its completion; whether it is an observation; its bit in a
    /// configuration.
    private final int[] ends;

    private final boolean[] observations;
    private final int[] bits;

    /// Operations that have begun and not completed, the one that completes next in front, open ones at the
    /// end.
    private final List<Integer> pending = new ArrayList<>();

    private final BitSet slots = new BitSet();
    private int openCount;

    /// Which kinds an expansion has met, as the number of that expansion.
    private final long[] met;

    private long expansions;

    Frontier(Part<S> part, Budget budget) {
        this.part = part;
        this.states = new States<>(part);
        this.budget = budget;
        int count = part.size();
        this.ends = new int[count];
        this.observations = new boolean[count];
        this.bits = new int[count];
        this.met = new long[part.kinds()];
        for (int i = 0; i < count; i++) {
            ends[i] = part.end(i);
            observations[i] = part.object().isObservation(part.operation(i));
        }
    }

    Outcome search() {
        var frontier = List.of(new Configuration(States.INITIAL, BigInteger.ZERO, BigInteger.ZERO, null));
        int begun = 0;
        for (int completing : part.byEnd()) {
            while (begun < ends.length && part.begin(begun) < ends[completing]) {
                begin(begun++);
            }
            var next = explain(completing, frontier);
            if (!budget.why().isEmpty()) {
                return new Outcome.Stopped(budget.why(), completing);
            }
            if (next.isEmpty()) {
                return new Outcome.Refused(Placement.order(frontier.getFirst().last()), completing);
            }
            frontier = next;
            pending.removeFirst();
            slots.clear(bits[completing]);
        }
        return new Outcome.Found(Placement.order(frontier.getFirst().last()));
    }

    private void begin(int operation) {
        if (ends[operation] == NEVER) {
            bits[operation] = openCount++;
            pending.add(operation);
            return;
        }
        bits[operation] = slots.nextClearBit(0);
        slots.set(bits[operation]);
        int place = 0;
        while (place < pending.size() && ends[pending.get(place)] < ends[operation]) {
            place++;
        }
        pending.add(place, operation);
    }

    /// The next frontier: every configuration in which the completing operation is placed, and its slot free
    /// again.
    ///
    /// Configurations are taken by the number of open operations that they used, so that one which stands for
    /// others comes before them.
    private List<Configuration> explain(int completing, List<Configuration> frontier) {
        var next = new ArrayList<Configuration>();
        var seen = new HashMap<Configuration.Kind, List<Configuration>>();
        var waiting = new ArrayList<ArrayDeque<Configuration>>();
        frontier.forEach(configuration -> wait(configuration, waiting));
        for (int used = 0; used < waiting.size(); used++) {
            var level = waiting.get(used);
            while (!level.isEmpty()) {
                var configuration = withObservations(level.remove());
                if (!isNew(configuration, seen)) {
                    continue;
                }
                if (budget.isSpent()) {
                    return next;
                }
                if (configuration.running().testBit(bits[completing])) {
                    next.add(new Configuration(
                            configuration.state(),
                            configuration.running().clearBit(bits[completing]),
                            configuration.open(),
                            configuration.last()));
                } else {
                    expand(configuration, waiting);
                }
            }
        }
        return next;
    }

    private Configuration withObservations(Configuration configuration) {
        var result = configuration;
        for (int operation : pending) {
            if (!observations[operation] || ends[operation] == NEVER || isPlaced(operation, result)) {
                continue;
            }
            int state = states.after(result.state(), operation);
            if (state == result.state()) {
                result = place(operation, state, result);
            } else if (state != States.REFUSED) {
                throw new IllegalStateException("the object calls an observation what changes its state: "
                        + part.operation(operation) + "; mend its isObservation");
            }
        }
        return result;
    }

    private void expand(Configuration configuration, List<ArrayDeque<Configuration>> waiting) {
        expansions++;
        for (int operation : pending) {
            if (isPlaced(operation, configuration) || met[part.kind(operation)] == expansions) {
                continue;
            }
            met[part.kind(operation)] = expansions;
            int state = states.after(configuration.state(), operation);
            if (state != States.REFUSED) {
                wait(place(operation, state, configuration), waiting);
            }
        }
    }

    private boolean isPlaced(int operation, Configuration configuration) {
        return (ends[operation] == NEVER ? configuration.open() : configuration.running()).testBit(bits[operation]);
    }

    private Configuration place(int operation, int state, Configuration configuration) {
        var isOpen = ends[operation] == NEVER;
        return new Configuration(
                state,
                isOpen ? configuration.running() : configuration.running().setBit(bits[operation]),
                isOpen ? configuration.open().setBit(bits[operation]) : configuration.open(),
                new Placement(operation, configuration.last()));
    }

    private static void wait(Configuration configuration, List<ArrayDeque<Configuration>> waiting) {
        int used = configuration.open().bitCount();
        while (waiting.size() <= used) {
            waiting.add(new ArrayDeque<>());
        }
        waiting.get(used).add(configuration);
    }

    /// Whether nothing that was seen stands for a configuration; it has been seen from then on.
    private static boolean isNew(Configuration configuration, Map<Configuration.Kind, List<Configuration>> seen) {
        var alike = seen.computeIfAbsent(configuration.kind(), kind -> new ArrayList<>(1));
        for (var other : alike) {
            if (other.standsFor(configuration)) {
                return false;
            }
        }
        alike.add(configuration);
        return true;
    }
}
