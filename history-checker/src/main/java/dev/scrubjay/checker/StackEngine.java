package dev.scrubjay.checker;

import dev.scrubjay.object.Family;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Decides stacks in which each value is inserted once, in time that grows little faster than the number of
/// operations.
///
/// *Problem.* Find an order of insertions and removals that respects time, in which a value comes out only
/// when all that went in after it is out, and in which the stack is empty whenever an operation found
/// nothing.
///
/// *Nothing certain.* Where no value covers a slot, the stack may be empty in it: of what an order has on the
/// stack then, each value can go in later or can have come out earlier, for else it would cover the slot.
/// Those that can come out earlier do so just before, from the top down; the others go in just after, from
/// the bottom up; and what is on the stack before and after is less than it was. So all such slots may be
/// empty at once, what is between two of them can be decided alone, and an operation that found nothing can
/// be put into any of them.
///
/// *Nothing between.* A value that covers no slot is never in the way: it goes in and comes out with nothing
/// between.
///
/// *What is certain.* In a run of slots that are covered, something is on the stack from before the first to
/// after the last. So there is a value at its bottom for all this time, which can have gone in before the run
/// and come out after it. Any value of the run of which this is true can be the one: if there is an order,
/// there is one without this value, and around that one it can be put. Without it, the run is shorter or
/// falls into several, and so on until nothing is left. A run that has no such value has no order.
///
/// *Contradictions.* Where a run has no such value, no part of its values that covers all of the run has one.
/// Of as few as do so, a [Core] is named.
///
/// *Cost.* A value can be at the bottom of its run from some moment on, because runs only shrink. When one
/// falls apart, only slots outside its longest piece are looked at, so each is looked at as often as its run
/// can be halved; [Depths] tells where runs fall apart. *Dropped:* looking at all values of a run again
/// whenever one is taken away. That is shorter, and quadratic.
///
/// Source: Lee and Mathur ("Efficient decrease-and-conquer linearizability monitoring", 2025) and Abdulla,
/// Grahn, Jonsson, Krishna and Mishra ("Efficient linearizability monitoring", 2025) take stacks apart too;
/// the runs and the proofs here are ours.
final class StackEngine implements Engine {
    private static final int NONE = -1;

    @Override
    public String name() {
        return "stack";
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        return Lives.declines(part, Family.STACK, false);
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        var lives = new Lives(part);
        return lives.contradiction().orElseGet(() -> new Search(lives, budget).decide());
    }

    /// The runs of one part.
    private static final class Search {
        private final Lives lives;
        private final Budget budget;
        private final Depths depths;

        /// By slot: the run that it is in. By run: its first and its last slot.
        private final int[] runs;

        private final int[] firsts;
        private final int[] lasts;
        private int runCount = 1;

        /// Values by the slots in which they can first go in, last come out, and which they cover first:
        /// those of a slot begin at its entry in `starts`.
        private final Numbers marked;

        private final int[] starts;

        /// The values that can be at the bottoms of their runs, in the order in which this turned out, and
        /// how many of them were put there.
        private final int[] bottoms;

        private final boolean[] isBottom;
        private int found;
        private int placed;

        /// By value: the slots in which it goes in and comes out, once it was put at a bottom.
        private final int[] ins;

        private final int[] outs;

        Search(Lives lives, Budget budget) {
            this.lives = lives;
            this.budget = budget;
            this.depths = new Depths(lives.slots());
            this.runs = new int[lives.slots()];
            this.firsts = new int[lives.slots() + 1];
            this.lasts = new int[lives.slots() + 1];
            this.bottoms = new int[lives.size()];
            this.isBottom = new boolean[lives.size()];
            this.ins = new int[lives.size()];
            this.outs = new int[lives.size()];
            this.starts = new int[lives.slots() + 1];
            var marks = new Schedule(lives.slots() + 1);
            for (int value = 0; value < lives.size(); value++) {
                if (covers(value)) {
                    mark(marks, lives.firstIn(value), value);
                    mark(marks, lives.lastOut(value), value);
                    mark(marks, lives.lastIn(value) + 1, value);
                    depths.add(lives.lastIn(value) + 1, lives.firstOut(value) - 1, 1);
                }
            }
            this.marked = marks.order();
            for (int slot = 1; slot < starts.length; slot++) {
                starts[slot] += starts[slot - 1];
            }
        }

        private void mark(Schedule marks, int slot, int value) {
            marks.add(slot, value);
            if (slot + 1 < starts.length) {
                starts[slot + 1]++;
            }
        }

        /// Whether a value covers any slot.
        private boolean covers(int value) {
            return lives.lastIn(value) + 1 < lives.firstOut(value);
        }

        Outcome decide() {
            int stuck = stuckValue();
            if (!budget.why().isEmpty()) {
                return lives.stopped(budget);
            }
            if (stuck != NONE) {
                return noBottom();
            }
            var cover = new Cover(lives, IntStream.range(0, lives.size()).toArray());
            for (int empty : lives.empties()) {
                if (cover.free(empty) > lives.last(empty)) {
                    return lives.neverEmpty(empty, cover.chain(empty, lives.last(empty)));
                }
            }
            return new Outcome.Found(schedule(cover));
        }

        /// A value of a run that has none at the bottom; [#NONE] where there is no such run, or the budget is
        /// used up.
        private int stuckValue() {
            lasts[0] = lives.slots() - 1;
            divide(0, depths.uncovered());
            while (placed < found) {
                if (budget.isSpent()) {
                    return NONE;
                }
                int value = bottoms[placed++];
                int run = run(value);
                ins[value] = firsts[run] - 1;
                outs[value] = lasts[run] + 1;
                depths.add(lives.lastIn(value) + 1, lives.firstOut(value) - 1, -1);
                var uncovered = depths.uncovered();
                if (uncovered.length > 0) {
                    divide(run, uncovered);
                }
            }
            return stuck().findFirst().orElse(NONE);
        }

        /// The run that a value covers a part of.
        private int run(int value) {
            return runs[lives.lastIn(value) + 1];
        }

        /// The values that were put at no bottom, though they cover slots.
        private IntStream stuck() {
            return IntStream.range(0, lives.size()).filter(value -> covers(value) && !isBottom[value]);
        }

        /// A run falls apart. The longest piece keeps its number.
        ///
        /// @param uncovered slots of it, in ascending order
        private void divide(int run, int[] uncovered) {
            int first = firsts[run];
            int last = lasts[run];
            int longestFrom = first;
            int longestTo = first - 1;
            int from = first;
            for (int at = 0; at <= uncovered.length; at++) {
                int to = at < uncovered.length ? uncovered[at] - 1 : last;
                if (to - from > longestTo - longestFrom) {
                    number(longestFrom, longestTo);
                    longestFrom = from;
                    longestTo = to;
                } else {
                    number(from, to);
                }
                from = to + 2;
            }
            firsts[run] = longestFrom;
            lasts[run] = longestTo;
            look(first, longestFrom - 1);
            look(longestTo + 1, last);
        }

        /// Makes a run of some slots, if they are any.
        private void number(int first, int last) {
            if (first <= last) {
                firsts[runCount] = first;
                lasts[runCount] = last;
                Arrays.fill(runs, first, last + 1, runCount);
                runCount++;
            }
        }

        /// Looks for values that can be at a bottom now: those that a slot in which runs changed is of
        /// interest to.
        private void look(int first, int last) {
            for (int at = starts[first]; at < starts[last + 1]; at++) {
                int value = marked.get(at);
                int run = run(value);
                if (!isBottom[value] && lives.firstIn(value) < firsts[run] && lives.lastOut(value) > lasts[run]) {
                    isBottom[value] = true;
                    bottoms[found++] = value;
                }
            }
        }

        private Numbers schedule(Cover cover) {
            var schedule = new Schedule(lives.slots() + 1);
            for (int value = 0; value < lives.size(); value++) {
                if (!covers(value) && lives.lastIn(value) < lives.firstOut(value)) {
                    takeOut(value, lives.firstOut(value), schedule);
                }
            }
            for (int value = 0; value < lives.size(); value++) {
                if (!covers(value) && lives.lastIn(value) >= lives.firstOut(value)) {
                    schedule.add(lives.firstOut(value), lives.operation(lives.insertion(value)));
                    takeOut(value, lives.firstOut(value), schedule);
                }
            }
            for (int at = placed - 1; at >= 0; at--) {
                takeOut(bottoms[at], outs[bottoms[at]], schedule);
            }
            for (int empty : lives.empties()) {
                schedule.add(cover.free(empty), lives.operation(empty));
            }
            for (int at = 0; at < placed; at++) {
                schedule.add(ins[bottoms[at]], lives.operation(lives.insertion(bottoms[at])));
            }
            for (int value = 0; value < lives.size(); value++) {
                if (!covers(value) && lives.lastIn(value) < lives.firstOut(value)) {
                    schedule.add(lives.lastIn(value), lives.operation(lives.insertion(value)));
                }
            }
            return schedule.order();
        }

        private void takeOut(int value, int slot, Schedule schedule) {
            if (lives.isRemoved(value)) {
                schedule.add(slot, lives.operation(lives.removal(value)));
            }
        }

        private Outcome noBottom() {
            int run = run(stuck().boxed()
                    .min(Comparator.comparingInt(value -> lasts[run(value)] - firsts[run(value)]))
                    .orElseThrow());
            var chain = new Cover(
                            lives, stuck().filter(value -> run(value) == run).toArray())
                    .chain(firsts[run], lasts[run]);
            var core = Core.of(chain, budget, some -> new Search(lives.only(some), budget).stuckValue() != NONE);
            return lives.contradiction(core.length == 2 ? crossed(core) : bottomless(core), lives.slots(core));
        }

        /// Something is on the stack all the time, first one value and in the end the other.
        private String crossed(int[] core) {
            var isFirst = lives.lastIn(core[0]) < lives.lastIn(core[1]);
            int first = isFirst ? core[0] : core[1];
            int second = isFirst ? core[1] : core[0];
            return lives.name(lives.insertion(first)) + " was over before " + lives.name(lives.insertion(second))
                    + " began, and yet " + lives.name(lives.removal(first)) + " took out the first while the second"
                    + " was still on top of it";
        }

        private String bottomless(int[] core) {
            return "one of the values " + lives.names(core)
                    + " was at the bottom of the stack while any of them was on it, but each of them went in too late"
                    + " or came out too early for that";
        }
    }
}
