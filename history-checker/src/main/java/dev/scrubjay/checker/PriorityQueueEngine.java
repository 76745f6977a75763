package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.Access;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Decides priority queues in which each value is inserted once, in time that grows little faster than the
/// number of operations.
///
/// *Problem.* Find an order of insertions and removals that respects time, in which no lesser value is in
/// when a value comes out, and no value at all when an operation found nothing.
///
/// *Idea.* Values are taken from the least to the greatest. Each comes out in the first slot in which it can
/// and no lesser value is certainly in, and is certainly in from its last possible insertion until then. An
/// operation that found nothing goes into the first slot in which no value is certainly in.
///
/// *Why it is exact.* By induction no order has a value out earlier than this, for in each earlier slot a
/// lesser value is in. So where a value finds no slot there is no order. Where all find one, this is an
/// order: each value goes in as late as it can, which is right before it comes out where it can still go in
/// then. In a slot the removals come first, the least value in front, then what found nothing, then the
/// insertions. Then a value is in throughout a slot only when it certainly is, and what is in for a part of a
/// slot only goes in after all removals in it, or is gone before those of greater values.
///
/// *Cost.* A slot that some value covers is never looked at again, so finding free slots costs hardly more
/// than the slots; values are sorted once.
///
/// *Contradictions.* Who covered a slot first is known. What kept the value that finds no slot waiting, and
/// what kept these values waiting, and so on, contradict each other; a [Core] of them is named.
///
/// Source: Lee and Mathur ("Efficient decrease-and-conquer linearizability monitoring", 2025) take one value
/// after the other too; the order in which it is done here and the proof are ours.
final class PriorityQueueEngine implements Engine {
    private static final int NONE = -1;

    private final Comparator<Value> order;

    /// @param order which values are less: those that come out first
    PriorityQueueEngine(Comparator<Value> order) {
        this.order = order;
    }

    @Override
    public String name() {
        return "priority-queue";
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        return Lives.declines(part, Family.PRIORITY_QUEUE, false).or(() -> equals(part));
    }

    private Optional<String> equals(Part<?> part) {
        var values = new ArrayList<Value>();
        for (int i = 0; i < part.size(); i++) {
            if (part.access(i).orElseThrow() instanceof Access.Insert(var value)) {
                values.add(value);
            }
        }
        values.sort(order);
        for (int i = 1; i < values.size(); i++) {
            if (order.compare(values.get(i - 1), values.get(i)) == 0) {
                return Optional.of(values.get(i - 1) + " is neither less nor greater than " + values.get(i));
            }
        }
        return Optional.empty();
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        var lives = new Lives(part);
        return lives.contradiction().orElseGet(() -> new Search(lives, order, budget).decide());
    }

    /// The slots in which the values of one part come out.
    private static final class Search {
        private final Lives lives;
        private final Comparator<Value> order;
        private final Budget budget;

        /// The values, the least in front, and the slots in which they come out, by value.
        private final int[] ascending;

        private final int[] outs;

        /// By slot: a later one, or itself where no value covers it; and the value that covered it first.
        private final int[] nexts;

        private final int[] owners;

        Search(Lives lives, Comparator<Value> order, Budget budget) {
            this.lives = lives;
            this.order = order;
            this.budget = budget;
            var values = IntStream.range(0, lives.size()).mapToObj(lives::value).toList();
            this.ascending = IntStream.range(0, lives.size())
                    .boxed()
                    .sorted((one, other) -> order.compare(values.get(one), values.get(other)))
                    .mapToInt(value -> value)
                    .toArray();
            this.outs = new int[lives.size()];
            this.nexts = IntStream.rangeClosed(0, lives.slots()).toArray();
            this.owners = new int[lives.slots()];
        }

        Outcome decide() {
            int stuck = stuckValue();
            if (!budget.why().isEmpty()) {
                return lives.stopped(budget);
            }
            if (stuck != NONE) {
                return kept(stuck);
            }
            int empty = stuckEmpty();
            return empty == NONE ? new Outcome.Found(schedule()) : neverEmpty(empty);
        }

        /// The least value that cannot come out; [#NONE] where all can, or the budget is used up.
        private int stuckValue() {
            for (int value : ascending) {
                if (budget.isSpent()) {
                    return NONE;
                }
                outs[value] = free(lives.firstOut(value));
                if (outs[value] > lives.lastOut(value)) {
                    return value;
                }
                for (int slot = free(lives.lastIn(value) + 1); slot < outs[value]; slot = free(slot)) {
                    owners[slot] = value;
                    nexts[slot] = slot + 1;
                }
            }
            return NONE;
        }

        /// The first slot, from one on, that no value covers; how many there are where all are covered.
        private int free(int from) {
            int slot = Math.min(from, lives.slots());
            while (nexts[slot] != slot) {
                nexts[slot] = nexts[nexts[slot]];
                slot = nexts[slot];
            }
            return slot;
        }

        /// The slot of an operation that cannot have found nothing; [#NONE] where all can.
        private int stuckEmpty() {
            for (int empty : lives.empties()) {
                if (free(empty) > lives.last(empty)) {
                    return empty;
                }
            }
            return NONE;
        }

        private Numbers schedule() {
            var schedule = new Schedule(lives.slots());
            for (int value : ascending) {
                if (lives.lastIn(value) >= outs[value]) {
                    schedule.add(outs[value], lives.operation(lives.insertion(value)));
                }
                if (lives.isRemoved(value)) {
                    schedule.add(outs[value], lives.operation(lives.removal(value)));
                }
            }
            for (int empty : lives.empties()) {
                schedule.add(free(empty), lives.operation(empty));
            }
            for (int value : ascending) {
                if (lives.lastIn(value) < outs[value]) {
                    schedule.add(lives.lastIn(value), lives.operation(lives.insertion(value)));
                }
            }
            return schedule.order();
        }

        private Outcome kept(int value) {
            var causes = causes(lives.firstOut(value), lives.lastOut(value));
            var core = Core.of(causes, budget, some -> {
                var more = Arrays.copyOf(some, some.length + 1);
                more[some.length] = value;
                return isContradictory(lives.only(more));
            });
            return lives.contradiction(
                    lives.name(lives.removal(value)) + " took out " + lives.value(value)
                            + ", but something less was in all the time while it ran: " + lives.names(core),
                    IntStream.concat(Arrays.stream(lives.slots(core)), Arrays.stream(lives.slots(value)))
                            .toArray());
        }

        private Outcome neverEmpty(int empty) {
            var causes = causes(empty, lives.last(empty));
            return lives.neverEmpty(empty, Core.of(causes, budget, some -> isContradictory(lives.only(some, empty))));
        }

        private boolean isContradictory(Lives some) {
            var search = new Search(some, order, budget);
            return search.stuckValue() != NONE || search.stuckEmpty() != NONE;
        }

        /// The values that cover some slots, and those that make these come out so late, and so on. All
        /// values where the budget does not last.
        private int[] causes(int first, int last) {
            var known = new BitSet();
            var causes = new int[lives.size()];
            int count = own(first, last, known, causes, 0);
            for (int at = 0; at < count; at++) {
                int value = causes[at];
                count = own(lives.firstOut(value), outs[value] - 1, known, causes, count);
                if (!budget.why().isEmpty()) {
                    return IntStream.range(0, lives.size()).toArray();
                }
            }
            return Arrays.copyOf(causes, count);
        }

        private int own(int first, int last, BitSet known, int[] causes, int count) {
            int more = count;
            for (int slot = first; slot <= last && !budget.isSpent(); slot++) {
                if (!known.get(owners[slot])) {
                    known.set(owners[slot]);
                    causes[more++] = owners[slot];
                }
            }
            return more;
        }
    }
}
