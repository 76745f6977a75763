package dev.scrubjay.checker;

import dev.scrubjay.object.Family;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Decides queues in which each value is inserted once, in time that grows little faster than the number of
/// operations.
///
/// *Problem.* Find an order of insertions and removals that respects time, in which values come out in the
/// order in which they went in, and in which the queue is empty whenever an operation found nothing.
///
/// *Order.* Value `u` must go *before* `w` when its insertion was over before that of `w` began, or its
/// removal before that of `w` began. The values have an order exactly when no two must go before each other.
/// - For take a shortest cycle of values of which each must go before the next. If it is longer than two, its
/// steps are due to insertions and to removals in turn, because "was over before the other began" is
/// transitive. So some `a`, `b`, `c`, `d` follow each other in it, with `a` before `b` and `c` before `d` by
/// insertions, and `b` before `c` by removals. If the insertion of `a` was over before that of `d` began, the
/// cycle is not the shortest. Else that of `d` began before that of `a` was over, so that of `c` was over
/// before that of `b` began, and `b` and `c` are a cycle of two.
/// - Given an order of the values, each insertion is done as soon as it and those before it have begun, and
/// so is each removal, after its insertion. None is late: what began after it was over must go after it.
/// - This wants an insertion to be over when the removal is, and a removal to begin no sooner than the
/// insertion; [Lives] tells times like this. It makes no cycle of two that is not one without it: in such a
/// cycle, all of one value's life is between the insertion and the removal of the other, which therefore are
/// as they were, and it does not matter where in its life the times of the one are.
///
/// *To find it.* A value has nothing before it when no insertion of the values left was over before its
/// insertion began, and no removal before its removal. The earliest end of an insertion and of a removal
/// tell. When every value has something before it, the values with these two earliest ends are a cycle of
/// two.
///
/// *Nothing found.* An operation can have found nothing in each slot that no value covers, and these choices
/// have nothing to do with each other or with the order. For take a slot that no value covers. A value that
/// can go in and come out in it or later is put behind it, any other before it: this one can come out by
/// then, for else it would cover the slot. Nothing that must go before something else is put behind it, so no
/// new cycle comes into being.
///
/// *Open removals* may have taken one of the values that nobody else took, or nothing that matters; they have
/// a begin and no end. One that takes a value has to begin before the removal is over of any value that must
/// go in later, and before any slot in which something found nothing and in which the value is certainly in.
/// The sooner the insertion of a value was over, the sooner its removal has to begin, whichever slots these
/// are. So it is best to give the removal that began first to the value of which the insertion was over
/// first, and so on: then as many values as possible are out by any slot, and always those that have to be.
/// More than have to be are never in the way.
///
/// Source: that two values suffice for a contradiction, and a cover for nothing found, is due to Henzinger,
/// Sezgin and Vafeiadis ("Aspect-oriented linearizability proofs", 2013).
final class QueueEngine implements Engine {
    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        return Lives.declines(part, Family.QUEUE, true);
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        var lives = new Lives(part);
        return lives.contradiction().orElseGet(() -> new Search(lives.withLosses(), budget).decide());
    }

    /// The order of the values of one part.
    private static final class Search {
        private final Lives lives;
        private final Budget budget;

        /// Slots in which operations that found nothing are put, by operation.
        private final int[] empties;

        /// Times of values. These are slots, with one slot more for each in which something found nothing:
        /// what goes behind that is not in the same slot with what goes before.
        private final int[] firstIns;

        private final int[] lastIns;
        private final int[] firstOuts;
        private final int[] lastOuts;

        private final int slots;

        Search(Lives lives, Budget budget) {
            this.lives = lives;
            this.budget = budget;
            this.empties = lives.empties().clone();
            this.firstIns = new int[lives.size()];
            this.lastIns = new int[lives.size()];
            this.firstOuts = new int[lives.size()];
            this.lastOuts = new int[lives.size()];
            // One slot more is behind the last one, for what never comes out.
            this.slots = lives.slots() + 1 + empties.length;
        }

        Outcome decide() {
            var cover = new Cover(lives, IntStream.range(0, lives.size()).toArray());
            for (int i = 0; i < empties.length; i++) {
                int empty = empties[i];
                empties[i] = cover.free(empty);
                if (empties[i] > lives.last(empty)) {
                    return lives.neverEmpty(empty, cover.chain(empty, lives.last(empty)));
                }
            }
            var bounds = Arrays.stream(empties).sorted().distinct().toArray();
            for (int value = 0; value < lives.size(); value++) {
                split(value, bounds);
            }
            return order(bounds);
        }

        /// Puts a value behind as many of the slots with nothing in them as it can be.
        private void split(int value, int[] bounds) {
            int behind = atMost(bounds, lives.lastIn(value));
            int from = behind == 0 ? 0 : bounds[behind - 1];
            int to = behind == bounds.length ? lives.slots() : bounds[behind];
            firstIns[value] = Math.max(lives.firstIn(value), from) + behind;
            lastIns[value] = Math.min(lives.lastIn(value), to) + behind;
            firstOuts[value] = Math.max(lives.firstOut(value), from) + behind;
            lastOuts[value] = Math.min(lives.lastOut(value), to) + behind;
        }

        /// How many of some sorted slots are one or before it.
        private static int atMost(int[] slots, int slot) {
            int at = Arrays.binarySearch(slots, slot);
            return at < 0 ? -at - 1 : at + 1;
        }

        private Outcome order(int[] bounds) {
            var byFirstIn = sorted(firstIns);
            var byLastIn = sorted(lastIns);
            var byFirstOut = sorted(firstOuts);
            var byLastOut = sorted(lastOuts);
            var order = new int[lives.size()];
            var isOrdered = new boolean[lives.size()];
            var passed = new byte[lives.size()];
            int known = 0;
            int in = 0;
            int out = 0;
            int earliestIn = 0;
            int earliestOut = 0;
            for (int ordered = 0; ordered < order.length; ordered++) {
                if (budget.isSpent()) {
                    return lives.stopped(budget);
                }
                while (isOrdered[byLastIn.get(earliestIn)]) {
                    earliestIn++;
                }
                while (isOrdered[byLastOut.get(earliestOut)]) {
                    earliestOut++;
                }
                int inFirst = byLastIn.get(earliestIn);
                int outFirst = byLastOut.get(earliestOut);
                while (in < order.length && firstIns[byFirstIn.get(in)] <= lastIns[inFirst]) {
                    known = pass(byFirstIn.get(in++), passed, order, known);
                }
                while (out < order.length && firstOuts[byFirstOut.get(out)] <= lastOuts[outFirst]) {
                    known = pass(byFirstOut.get(out++), passed, order, known);
                }
                if (ordered == known) {
                    return crossed(inFirst, outFirst);
                }
                isOrdered[order[ordered]] = true;
            }
            return new Outcome.Found(schedule(order, bounds));
        }

        /// Puts a value next in the order once neither its insertion nor its removal has to wait.
        private static int pass(int value, byte[] passed, int[] order, int known) {
            passed[value]++;
            if (passed[value] < 2) {
                return known;
            }
            order[known] = value;
            return known + 1;
        }

        private Numbers sorted(int[] times) {
            var schedule = new Schedule(slots);
            for (int value = 0; value < times.length; value++) {
                schedule.add(times[value], value);
            }
            return schedule.order();
        }

        private Numbers schedule(int[] order, int[] bounds) {
            var schedule = new Schedule(slots);
            for (int i = 0; i < empties.length; i++) {
                schedule.add(empties[i] + atMost(bounds, empties[i]), lives.operation(lives.empties()[i]));
            }
            int now = 0;
            for (int value : order) {
                now = Math.max(now, firstIns[value]);
                firstOuts[value] = Math.max(now, firstOuts[value]);
                schedule.add(now, lives.operation(lives.insertion(value)));
            }
            now = 0;
            for (int value : order) {
                if (lives.isRemoved(value)) {
                    now = Math.max(now, firstOuts[value]);
                    schedule.add(now, lives.operation(lives.removal(value)));
                }
            }
            return schedule.order();
        }

        /// Two values must go before each other.
        ///
        /// @param inFirst went in before the other
        /// @param outFirst came out before the other
        private Outcome crossed(int inFirst, int outFirst) {
            int earlier = lives.replaced(inFirst);
            var slots = IntStream.concat(
                            Arrays.stream(lives.evidence(earlier)), Arrays.stream(lives.evidence(outFirst)))
                    .toArray();
            var later = name(lives.insertion(outFirst));
            var removal = name(lives.removal(outFirst));
            if (!lives.isLeft(earlier)) {
                return lives.contradiction(
                        name(lives.insertion(earlier)) + " was over before " + later + " began, and yet " + removal
                                + " was over before " + name(lives.removal(earlier)) + " began",
                        slots);
            }
            return lives.contradiction(
                    name(lives.insertion(earlier)) + " was over before " + later + " began, and yet " + removal
                            + " took out the second when nobody can have taken out the first",
                    slots);
        }

        private String name(int slot) {
            return lives.name(slot);
        }
    }
}
