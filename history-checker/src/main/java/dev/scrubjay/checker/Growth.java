package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.Access;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a collection grew that nothing is taken out of, as reads of all of it tell. For one thread.
///
/// The engine that uses it finds out which inserted values come between which reads. This makes a rank of
/// each operation: a read of `k` values has rank `2k`, an insertion the odd rank between the reads that did
/// not see its value and those that did. An insertion that nobody saw comes after all reads, or not at all
/// where it is open. Between operations of one rank any order is as good as any other.
///
/// So there is an order exactly when nothing was over before something of lower rank began, and the order is
/// that of the ranks, and within a rank that of the invocations.
final class Growth {
    /// No operation.
    static final int NONE = -1;

    /// The rank of what is in no order.
    private static final int NOWHERE = -1;

    /// How many values of a read are told to people.
    private static final int VALUES_MAX = 5;

    /// What a read saw.
    ///
    /// @param operation one of the reads that saw it
    /// @param kind of all these reads
    record Sight(int operation, int kind, List<Value> values) {
        int size() {
            return values.size();
        }
    }

    private final Part<?> part;
    private final Map<Value, Integer> insertions = new HashMap<>();
    private final List<Sight> sights = new ArrayList<>();

    /// By operation. Of insertions also a read that saw the value, one with as few others as there is.
    private final int[] ranks;

    private final int[] witnesses;

    /// The growth in a part that [#declines] says nothing against.
    Growth(Part<?> part) {
        this.part = part;
        this.ranks = new int[part.size()];
        this.witnesses = new int[part.size()];
        var isKnown = new boolean[part.kinds()];
        for (int i = 0; i < ranks.length; i++) {
            var access = part.access(i).orElseThrow();
            ranks[i] = NOWHERE;
            if (access instanceof Access.Insert(var value)) {
                insertions.put(value, i);
            } else if (access instanceof Access.Contents(var values) && !isKnown[part.kind(i)] && !part.isOpen(i)) {
                isKnown[part.kind(i)] = true;
                sights.add(new Sight(i, part.kind(i), values));
            }
        }
        sights.sort(Comparator.comparingInt(Sight::size));
    }

    /// Why a part has no such growth, in a few words that follow "because"; empty where it has.
    static Optional<String> declines(Part<?> part, Family family) {
        if (part.object().family() != family) {
            return Optional.of("the object is of another family");
        }
        var inserted = new HashSet<Value>();
        for (int i = 0; i < part.size(); i++) {
            var access = part.access(i).orElse(null);
            if (access instanceof Access.Insert(var value)) {
                if (!inserted.add(value)) {
                    return Optional.of(value + " is inserted twice");
                }
            } else if (!(access instanceof Access.Contents)) {
                return Optional.of("it is not known what " + part.operation(i) + " did");
            }
        }
        return Optional.empty();
    }

    /// All that reads saw, the fewest values first.
    List<Sight> sights() {
        return sights;
    }

    /// The insertion of a value; [#NONE] where there is none.
    int insertion(Value value) {
        return insertions.getOrDefault(value, NONE);
    }

    boolean isRanked(int insertion) {
        return ranks[insertion] != NOWHERE;
    }

    /// Puts an insertion before the first read that saw its value.
    ///
    /// @param rank odd
    void rank(int insertion, int rank, Sight witness) {
        ranks[insertion] = rank;
        witnesses[insertion] = witness.operation();
    }

    /// A read saw a value that nobody inserted.
    Outcome neverInserted(Sight sight, Value value) {
        return contradiction(
                name(sight.operation()) + " shows " + value + ", which nobody inserted", sight.operation());
    }

    /// Operations that have no order.
    static Outcome contradiction(String why, int... operations) {
        return new Outcome.Contradicted(
                Numbers.of(Arrays.stream(operations).sorted().distinct().toArray()), why);
    }

    /// An operation, for people. Of long reads it tells how long they are.
    String name(int number) {
        var operation = part.operation(number);
        if (part.access(number).orElseThrow() instanceof Access.Contents(var values) && values.size() > VALUES_MAX) {
            return String.format(
                    Locale.ROOT,
                    "process %d %s of %,d values (events %d to %d)",
                    operation.process(),
                    operation.f(),
                    values.size(),
                    part.begin(number),
                    part.end(number));
        }
        return operation.toString();
    }

    /// The outcome, once all insertions that reads saw have their ranks.
    Outcome decide() {
        rankTheRest();
        var keys = new long[ranks.length];
        int count = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (ranks[i] != NOWHERE) {
                keys[count++] = (long) ranks[i] << Integer.SIZE | i;
            }
        }
        Arrays.sort(keys, 0, count);
        var order = new int[count];
        int latest = 0;
        for (int at = 0; at < count; at++) {
            int operation = (int) keys[at];
            order[at] = operation;
            latest = at == 0 ? operation : Math.max(latest, operation);
            if (part.end(operation) < part.begin(latest)) {
                return late(latest, operation);
            }
        }
        return new Outcome.Found(Numbers.of(order));
    }

    private void rankTheRest() {
        int most = sights.isEmpty() ? 0 : sights.getLast().size();
        var sizes = new int[part.kinds()];
        sights.forEach(sight -> sizes[sight.kind()] = sight.size());
        for (int i = 0; i < ranks.length; i++) {
            if (part.access(i).orElseThrow() instanceof Access.Insert) {
                if (ranks[i] == NOWHERE && !part.isOpen(i)) {
                    ranks[i] = 2 * most + 1;
                }
            } else if (!part.isOpen(i)) {
                ranks[i] = 2 * sizes[part.kind(i)];
            }
        }
    }

    /// An operation was over before one began that has to come first.
    private Outcome late(int first, int second) {
        var isFirstRead = ranks[first] % 2 == 0;
        var isSecondRead = ranks[second] % 2 == 0;
        var over = name(second) + " was over before " + name(first) + " began, ";
        if (isFirstRead) {
            return contradiction(over + (isSecondRead ? "and yet saw more" : "and yet is not seen"), first, second);
        }
        if (isSecondRead) {
            return contradiction(over + "and yet saw its value", first, second);
        }
        int witness = witnesses[first];
        return contradiction(
                over + "and yet " + name(witness) + " shows the second without the first before it",
                first,
                second,
                witness);
    }
}
