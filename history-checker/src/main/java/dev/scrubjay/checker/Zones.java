package dev.scrubjay.checker;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// Decides a cell in which every value is written once, by sorting.
///
/// *Idea* (Gibbons and Korach, "Testing shared memories", 1997). As a value is written once, the operations
/// that see it stand together in any order, right behind the one that leaves it. A swap stands behind those
/// that saw its old value and in front of those that see its new one, so that whole *chains* of values stand
/// together: a write, the reads of its value, a swap, the reads of the new value, and so on. Two swaps from
/// one value contradict each other. Within a chain the order is fixed but for reads of one value; it is right
/// if no operation completed before one that has to precede it was invoked.
///
/// Between chains only two moments count: the first completion `f` of an operation of the chain, and the last
/// invocation `s`. Chain A has to precede chain B exactly if some operation of A completed before some
/// operation of B was invoked: `f(A) < s(B)`. *An order exists exactly if no two chains have to precede each
/// other.* For suppose that chains precede each other in a longer circle, and let A be the one of least f.
/// The chain before A in the circle, P, has `f(P) < s(A)`; but also `f(A) <= f(X) < s(P)` for the chain X
/// before P. So A and P have to precede each other already.
///
/// A chain with `f < s` covers the time from f to s, and no other such chain may touch it. One with `s <= f`
/// may stand anywhere in that time, which must not lie wholly in a time that is covered. So sorting by f, and
/// one look at the neighbour, decide. The value at first is a chain that begins before everything else.
///
/// *Unknown outcomes.* An open operation whose value nobody saw is left out before ([Trim]). If somebody saw
/// it, it must have happened, for nothing else writes that value: it takes part like others, with no
/// completion.
///
/// *Cost.* One pass, and sorting the chains. No search, however many operations overlap or are open.
final class Zones implements Engine {
    static final String NAME = "zones";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        var cells = part.cells();
        if (!cells.isWhole()) {
            return Optional.of("not every operation is a read, a write or a swap of one value");
        }
        var isWritten = new BitSet();
        if (cells.initial() != Cells.NONE) {
            isWritten.set(cells.initial());
        }
        for (int i = 0; i < part.size(); i++) {
            int leaves = cells.leaves(part.kind(i));
            if (leaves != Cells.NONE) {
                if (isWritten.get(leaves)) {
                    return Optional.of("the value " + cells.value(leaves) + " is written more than once"
                            + (leaves == cells.initial() ? ", or was there at first" : ""));
                }
                isWritten.set(leaves);
            }
        }
        return Optional.empty();
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        return new Chains(part).decide();
    }

    /// The chains of one part.
    private static final class Chains {
        private static final int NONE = -1;

        private final Part<?> part;
        private final Cells cells;

        /// Of each value: who leaves it; who swaps it for another one.
        private final int[] writer;

        private final int[] swapper;

        /// The reads, by the value that they saw, each by its invocation; of each value where its reads
        /// begin.
        private final int[] reads;

        private final int[] readsFrom;

        /// Of each chain: its first value, where its operations stand in the order, and who completed first
        /// and was invoked last.
        private final int[] heads;

        private final int[] begins;
        private final int[] firstEnds;
        private final int[] lastBegins;
        private int count;

        /// The operations, chain by chain.
        private final int[] inChains;

        private int placed;
        private int last = NONE;

        Chains(Part<?> part) {
            this.part = part;
            this.cells = part.cells();
            int values = cells.values();
            this.writer = new int[values];
            this.swapper = new int[values];
            this.reads = new int[part.size()];
            this.readsFrom = new int[values + 1];
            this.heads = new int[values];
            this.begins = new int[values + 1];
            this.firstEnds = new int[values];
            this.lastBegins = new int[values];
            this.inChains = new int[part.size()];
            Arrays.fill(writer, NONE);
            Arrays.fill(swapper, NONE);
        }

        Outcome decide() {
            var contradiction = link();
            if (contradiction.isEmpty()) {
                contradiction = chain();
            }
            if (contradiction.isEmpty()) {
                contradiction = compare();
            }
            return contradiction.isPresent() ? contradiction.get() : new Outcome.Found(order());
        }

        private int sees(int i) {
            return cells.sees(part.kind(i));
        }

        private int leaves(int i) {
            return cells.leaves(part.kind(i));
        }

        /// Who leaves, sees and swaps which value.
        private Optional<Outcome> link() {
            for (int i = 0; i < part.size(); i++) {
                if (leaves(i) != Cells.NONE) {
                    writer[leaves(i)] = i;
                }
            }
            for (int i = 0; i < part.size(); i++) {
                if (isRead(i)) {
                    readsFrom[sees(i) + 1]++;
                }
            }
            for (int value = 0; value < cells.values(); value++) {
                readsFrom[value + 1] += readsFrom[value];
            }
            var at = Arrays.copyOf(readsFrom, cells.values());
            for (int i = 0; i < part.size(); i++) {
                if (isRead(i)) {
                    reads[at[sees(i)]++] = i;
                }
            }
            for (int i = 0; i < part.size(); i++) {
                int value = sees(i);
                if (value != Cells.NONE && writer[value] == NONE && value != cells.initial()) {
                    return contradicted(text(i) + " saw " + cells.name(value) + ", which nothing wrote", i);
                }
                if (value != Cells.NONE && !isRead(i)) {
                    if (swapper[value] != NONE) {
                        return contradicted(
                                text(swapper[value]) + " and " + text(i) + " both found " + cells.name(value)
                                        + ", which was there once",
                                swapper[value],
                                i);
                    }
                    swapper[value] = i;
                }
            }
            return Optional.empty();
        }

        private boolean isRead(int i) {
            return sees(i) != Cells.NONE && leaves(i) == Cells.NONE;
        }

        /// Puts the operations of each chain into their order.
        private Optional<Outcome> chain() {
            for (int value = 0; value < cells.values(); value++) {
                var isHead = writer[value] == NONE ? value == cells.initial() : sees(writer[value]) == Cells.NONE;
                if (isHead) {
                    var contradiction = chainFrom(value);
                    if (contradiction.isPresent()) {
                        return contradiction;
                    }
                }
            }
            return placed == part.size() ? Optional.empty() : Optional.of(circle());
        }

        private Optional<Outcome> chainFrom(int head) {
            heads[count] = head;
            begins[count] = placed;
            firstEnds[count] = NONE;
            lastBegins[count] = NONE;
            last = NONE;
            for (int value = head; value != Cells.NONE; ) {
                if (writer[value] != NONE) {
                    var contradiction = place(writer[value]);
                    if (contradiction.isPresent()) {
                        return contradiction;
                    }
                }
                // Reads of one value may stand in any order: all of them are compared with what precedes them
                // all.
                int before = last;
                for (int at = readsFrom[value]; at < readsFrom[value + 1]; at++) {
                    int latest = last;
                    last = before;
                    var contradiction = place(reads[at]);
                    if (contradiction.isPresent()) {
                        return contradiction;
                    }
                    last = latest != NONE && (last == NONE || part.begin(latest) > part.begin(last)) ? latest : last;
                }
                value = swapper[value] == NONE ? Cells.NONE : leaves(swapper[value]);
            }
            begins[++count] = placed;
            return Optional.empty();
        }

        /// Puts an operation behind the others of its chain. `last` is the one of these that was invoked
        /// last.
        private Optional<Outcome> place(int i) {
            if (last != NONE && part.end(i) < part.begin(last)) {
                return contradicted(text(i) + " comes before " + text(last) + ", on whose value it depends", last, i);
            }
            inChains[placed++] = i;
            if (last == NONE || part.begin(i) > part.begin(last)) {
                last = i;
            }
            if (firstEnds[count] == NONE || part.end(i) < part.end(firstEnds[count])) {
                firstEnds[count] = i;
            }
            if (lastBegins[count] == NONE || part.begin(i) > part.begin(lastBegins[count])) {
                lastBegins[count] = i;
            }
            return Optional.empty();
        }

        /// Swaps that no chain reaches: each finds what another one of them leaves.
        private Outcome circle() {
            var isPlaced = new boolean[part.size()];
            for (int at = 0; at < placed; at++) {
                isPlaced[inChains[at]] = true;
            }
            int i = 0;
            while (isPlaced[i] || leaves(i) == Cells.NONE) {
                i++;
            }
            // From one to the one before, until one comes again.
            var met = new BitSet();
            while (!met.get(i)) {
                met.set(i);
                i = writer[sees(i)];
            }
            var circle = new BitSet();
            while (!circle.get(i)) {
                circle.set(i);
                i = writer[sees(i)];
            }
            return contradicted(
                            text(i) + " found what was written only after it, as a consequence of what it wrote",
                            circle.stream().toArray())
                    .orElseThrow();
        }

        /// Whether two chains have to precede each other.
        private Optional<Outcome> compare() {
            var covering = sorted(true);
            for (int at = 1; at < covering.length; at++) {
                if (s(covering[at - 1]) > f(covering[at])) {
                    return Optional.of(bothFirst(covering[at - 1], covering[at]));
                }
            }
            for (int chain : sorted(false)) {
                int cover = cover(covering, chain);
                if (cover != NONE && f(chain) < s(cover)) {
                    return Optional.of(bothFirst(cover, chain));
                }
            }
            return Optional.empty();
        }

        /// The first completion; the value at first was written before everything.
        private int f(int chain) {
            return writer[heads[chain]] == NONE ? -1 : part.end(firstEnds[chain]);
        }

        private int s(int chain) {
            return lastBegins[chain] == NONE ? -1 : part.begin(lastBegins[chain]);
        }

        /// The chains that cover their time, or the others, by f.
        private int[] sorted(boolean isCovering) {
            var keys = new long[count];
            int kept = 0;
            for (int chain = 0; chain < count; chain++) {
                if (f(chain) < s(chain) == isCovering) {
                    keys[kept++] = ((long) f(chain) << Integer.SIZE) | chain;
                }
            }
            Arrays.sort(keys, 0, kept);
            var chains = new int[kept];
            for (int at = 0; at < kept; at++) {
                chains[at] = (int) keys[at];
            }
            return chains;
        }

        /// Of the covering chains, which do not touch each other, the one that covers s of a chain.
        private int cover(int[] covering, int chain) {
            int from = 0;
            int to = covering.length;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (f(covering[middle]) < s(chain)) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from > 0 && s(covering[from - 1]) > s(chain) ? covering[from - 1] : NONE;
        }

        /// Each chain has a moment: f where it covers its time, else s, or the end of what covers that.
        private Numbers order() {
            var covering = sorted(true);
            var keys = new long[count];
            for (int chain = 0; chain < count; chain++) {
                int moment = Math.min(f(chain), s(chain));
                int cover = f(chain) < s(chain) ? NONE : cover(covering, chain);
                keys[chain] = ((long) (cover == NONE ? moment : s(cover)) << Integer.SIZE) | chain;
            }
            Arrays.sort(keys);
            var order = new int[placed];
            int at = 0;
            for (long key : keys) {
                int chain = (int) key;
                int length = begins[chain + 1] - begins[chain];
                System.arraycopy(inChains, begins[chain], order, at, length);
                at += length;
            }
            return Numbers.of(order);
        }

        private Outcome bothFirst(int one, int other) {
            int oneEnds = firstEnds[one];
            int otherBegins = lastBegins[other];
            int otherEnds = firstEnds[other];
            int oneBegins = lastBegins[one];
            if (writer[heads[one]] == NONE) {
                return contradicted(
                                text(otherEnds) + " comes before " + text(oneBegins) + ", which depends on "
                                        + cells.name(heads[one]) + ", the value at first",
                                oneBegins,
                                otherEnds)
                        .orElseThrow();
            }
            var why = otherEnds == otherBegins
                    ? text(otherEnds) + " comes after " + text(oneEnds) + " and before " + text(oneBegins)
                            + ", which belong together"
                    : text(oneEnds) + " comes before " + text(otherBegins) + ", and " + text(otherEnds) + " before "
                            + text(oneBegins) + "; but the first and the last belong together, and so do the other two";
            return contradicted(why, oneEnds, oneBegins, otherEnds, otherBegins).orElseThrow();
        }

        /// With all that has to have happened for the values that these operations saw to be there, and with
        /// those who saw that the open ones happened.
        private Optional<Outcome> contradicted(String why, int... operations) {
            var needed = new BitSet();
            var waiting = new ArrayDeque<Integer>();
            for (int operation : operations) {
                waiting.add(operation);
            }
            while (!waiting.isEmpty()) {
                int i = waiting.remove();
                if (!needed.get(i)) {
                    needed.set(i);
                    if (sees(i) != Cells.NONE && writer[sees(i)] != NONE) {
                        waiting.add(writer[sees(i)]);
                    }
                    if (part.isOpen(i)) {
                        waiting.add(witness(leaves(i)));
                    }
                }
            }
            return Optional.of(
                    new Outcome.Contradicted(Numbers.of(needed.stream().toArray()), why));
        }

        /// Somebody who saw a value that an open operation left.
        private int witness(int value) {
            if (readsFrom[value] < readsFrom[value + 1]) {
                return reads[readsFrom[value]];
            }
            for (int i = 0; i < part.size(); i++) {
                if (sees(i) == value) {
                    return i;
                }
            }
            throw new IllegalStateException(
                    "nobody saw " + cells.name(value) + ", so what left it should have been left out");
        }

        private String text(int i) {
            return part.operation(i).toString();
        }
    }
}
