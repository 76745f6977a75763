package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.Access;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Decides priority queues in which each value is inserted once, in time that grows little faster than the
/// number of operations.
///
/// *Problem.* Find an order of insertions and removals that respects time, in which no lesser value is in
/// when a value comes out, and no value at all when an operation found nothing.
///
/// *Idea.* Each value comes out in the first slot in which it can and that no lesser value covers. What found
/// nothing goes into the first slot that no value covers.
///
/// *Why it is exact.* In a slot that a lesser value covers, a value cannot come out. So where a value finds
/// no slot there is no order. Where all find one, this is an order: each value goes in as late as it can,
/// which is right before it comes out where it can still go in then. In a slot the removals come first, the
/// least value in front, then what found nothing, then the insertions. A value that comes out in a slot meets
/// no lesser one: what is in for a part of the slot only goes in after all removals, or is gone before those
/// of greater values; and what is in throughout covers the slot, or waits for something less that does, down
/// to a value that waits for nothing.
///
/// *Cost.* Values are taken from the least to the greatest, so that the covered slots only become more. A
/// slot that is covered is never looked at again, so finding free ones costs hardly more than there are
/// slots.
///
/// *Contradictions.* The least value that finds no slot, and as few lesser ones as cover all its slots,
/// contradict each other. None of them can be left out, because the lesser ones have an order.
///
/// Source: Lee and Mathur ("Efficient decrease-and-conquer linearizability monitoring", 2025) take one value
/// after the other too; the order in which it is done here and the proof are ours.
final class PriorityQueueEngine implements Engine {
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
        return Lives.declines(part, Family.PRIORITY_QUEUE, false).or(() -> tie(part));
    }

    /// Two values that have no order, of which it depends on the object which one comes out first.
    private Optional<String> tie(Part<?> part) {
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
        private final Budget budget;

        /// The values, the least in front, and the slots in which they come out, by value.
        private final int[] ascending;

        private final int[] outs;

        /// By slot: a later one, or itself where no value covers it.
        private final int[] nexts;

        Search(Lives lives, Comparator<Value> order, Budget budget) {
            this.lives = lives;
            this.budget = budget;
            var values = IntStream.range(0, lives.size()).mapToObj(lives::value).toList();
            this.ascending = IntStream.range(0, lives.size())
                    .boxed()
                    .sorted((one, other) -> order.compare(values.get(one), values.get(other)))
                    .mapToInt(value -> value)
                    .toArray();
            this.outs = new int[lives.size()];
            this.nexts = IntStream.rangeClosed(0, lives.slots()).toArray();
        }

        Outcome decide() {
            for (int rank = 0; rank < ascending.length; rank++) {
                if (budget.isSpent()) {
                    return lives.stopped(budget);
                }
                int value = ascending[rank];
                outs[value] = free(lives.firstOut(value));
                if (outs[value] > lives.lastOut(value)) {
                    return kept(value, new Cover(lives, Arrays.copyOf(ascending, rank)));
                }
                for (int slot = free(lives.lastIn(value) + 1); slot < lives.firstOut(value); slot = free(slot)) {
                    nexts[slot] = slot + 1;
                }
            }
            for (int empty : lives.empties()) {
                if (free(empty) > lives.last(empty)) {
                    return lives.neverEmpty(empty, new Cover(lives, ascending).chain(empty, lives.last(empty)));
                }
            }
            return new Outcome.Found(schedule());
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

        private Outcome kept(int value, Cover lesser) {
            var chain = lesser.chain(lives.firstOut(value), lives.lastOut(value));
            return lives.contradiction(
                    lives.name(lives.removal(value)) + " took out " + lives.value(value)
                            + ", but something less was in all the time while it ran: " + lives.names(chain),
                    IntStream.concat(Arrays.stream(lives.slots(chain)), Arrays.stream(lives.slots(value)))
                            .toArray());
        }
    }
}
