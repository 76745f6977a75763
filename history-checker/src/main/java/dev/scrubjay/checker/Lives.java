package dev.scrubjay.checker;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Access;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The values of a collection that gives back one at a time, each inserted once: when each can have gone in
/// and come out. For one thread.
///
/// Time is counted in slots: slot `k` is the time from the invocation of the `k`-th operation to that of the
/// next one. Whatever order there is, each operation in it can be moved back to the last invocation before
/// it, and the order stays the same; so within a slot any order is as good as any other. An operation has a
/// first and a last slot, and one is over before another begins exactly when its last slot is before the
/// other's first.
///
/// A value that an open operation inserts and nobody takes out is left out, and where some of the values
/// contradict each other, all of them do. Both are right because from any order of these collections all
/// operations on a value can be taken away, and what is left is an order of the rest.
///
/// Values are numbered from 0 on in the order of the invocations of their insertions. One that nobody takes
/// out comes out after the last slot.
final class Lives {
    private static final int NONE = -1;
    private static final int NAMES_MAX = 5;

    private final Part<?> part;

    /// By slot: the operation whose invocation begins it, and the last slot of that operation.
    private final int[] operations;

    private final int[] lasts;

    /// Slots of operations that found nothing, and of open removals, of which nobody knows what they took.
    private final int[] empties;

    private final int[] losses;

    /// By value: the slots of its insertion and of its removal, which is [#NONE] where nobody took it out.
    private final int[] insertions;

    private final int[] removals;

    /// Values that nobody takes out, or an open removal, in the order in which these take them.
    private int[] left = {};

    private final Optional<Outcome> contradiction;

    /// The lives of all values of a part that [#declines] says nothing against.
    Lives(Part<?> part) {
        this(part, IntStream.range(0, part.size()).toArray());
    }

    /// @param operations some of the operations of the part, by numbers that ascend
    private Lives(Part<?> part, int[] operations) {
        this.part = part;
        this.operations = operations;
        this.lasts = lasts(part, operations);
        var insertionOf = insertions(part, operations);
        var removalOf = new int[operations.length];
        Arrays.fill(removalOf, NONE);
        var emptySlots = IntStream.builder();
        var lossSlots = IntStream.builder();
        Optional<Outcome> wrong = Optional.empty();
        for (int slot = 0; slot < operations.length; slot++) {
            var access = part.access(operations[slot]).orElse(null);
            if (access == null) {
                lossSlots.add(slot);
            } else if (access instanceof Access.Empty) {
                emptySlots.add(slot);
            } else if (access instanceof Access.Remove(var value)) {
                int insertion = insertionOf.getOrDefault(value, NONE);
                if (wrong.isEmpty()) {
                    wrong = wrong(slot, insertion, insertion == NONE ? NONE : removalOf[insertion]);
                }
                if (insertion != NONE) {
                    removalOf[insertion] = slot;
                }
            }
        }
        this.contradiction = wrong;
        this.empties = emptySlots.build().toArray();
        this.losses = lossSlots.build().toArray();
        this.insertions = insertionOf.values().stream()
                .mapToInt(slot -> slot)
                .filter(slot -> removalOf[slot] != NONE || !part.isOpen(operations[slot]))
                .sorted()
                .toArray();
        this.removals = Arrays.stream(insertions).map(slot -> removalOf[slot]).toArray();
    }

    /// Why the values of a part have no such lives, in a few words that follow "because"; empty where they
    /// do.
    ///
    /// @param isLossFine whether it may be unknown what open removals took; these are known by their
    /// requests, which completed operations removed something with or found nothing
    static Optional<String> declines(Part<?> part, Family family, boolean isLossFine) {
        record Request(String f, Value argument) {}
        if (part.object().family() != family) {
            return Optional.of("the object is of another family");
        }
        var inserted = new HashSet<Value>();
        var removing = new HashSet<Request>();
        var unknown = new ArrayList<Operation>();
        for (int i = 0; i < part.size(); i++) {
            var access = part.access(i).orElse(null);
            if (access instanceof Access.Insert(var value)) {
                if (!inserted.add(value)) {
                    return Optional.of(value + " is inserted twice");
                }
            } else if ((access instanceof Access.Remove || access instanceof Access.Empty) && !part.isOpen(i)) {
                removing.add(
                        new Request(part.operation(i).f(), part.operation(i).argument()));
            } else if (access == null && isLossFine && part.isOpen(i)) {
                unknown.add(part.operation(i));
            } else {
                return Optional.of("it is not known what " + part.operation(i) + " did");
            }
        }
        return unknown.stream()
                .filter(operation -> !removing.contains(new Request(operation.f(), operation.argument())))
                .findFirst()
                .map(operation -> "it is not known what " + operation + " did");
    }

    private static int[] lasts(Part<?> part, int[] operations) {
        var begins = Arrays.stream(operations).map(part::begin).toArray();
        // No end is a begin, so the search gives the place where the end would stand among the begins.
        return Arrays.stream(operations)
                .map(operation -> -Arrays.binarySearch(begins, part.end(operation)) - 2)
                .toArray();
    }

    private static Map<Value, Integer> insertions(Part<?> part, int[] operations) {
        Map<Value, Integer> slots = new HashMap<>();
        for (int slot = 0; slot < operations.length; slot++) {
            if (part.access(operations[slot]).orElse(null) instanceof Access.Insert(var value)) {
                slots.put(value, slot);
            }
        }
        return slots;
    }

    /// What is wrong with a removal whatever else happened.
    private Optional<Outcome> wrong(int removal, int insertion, int earlierRemoval) {
        if (insertion == NONE) {
            return Optional.of(contradiction(name(removal) + " took out what nobody put in", removal));
        }
        if (earlierRemoval != NONE) {
            return Optional.of(contradiction(
                    name(earlierRemoval) + " and " + name(removal) + " both took out what was put in once",
                    insertion,
                    earlierRemoval,
                    removal));
        }
        if (lasts[removal] < insertion) {
            return Optional.of(contradiction(
                    name(removal) + " was over before " + name(insertion) + " began", insertion, removal));
        }
        return Optional.empty();
    }

    /// What contradicts a single value's operations each other; nothing else here is to be asked then.
    Optional<Outcome> contradiction() {
        return contradiction;
    }

    /// Operations that have no order.
    ///
    /// @param slots the slots that they begin
    Outcome contradiction(String why, int... slots) {
        return new Outcome.Contradicted(
                Numbers.of(Arrays.stream(slots)
                        .sorted()
                        .distinct()
                        .map(slot -> operations[slot])
                        .toArray()),
                why);
    }

    /// The answer when the budget is used up.
    Outcome stopped(Budget budget) {
        return new Outcome.Stopped(budget.why(), part.byEnd()[0]);
    }

    /// Takes each open removal to have removed one of the values that nobody else took out: the one that was
    /// invoked first that of which the insertion was over first, and so on.
    Lives withLosses() {
        if (losses.length == 0) {
            return this;
        }
        left = IntStream.range(0, size())
                .filter(value -> removals[value] == NONE)
                .boxed()
                .sorted(Comparator.comparingInt(value -> lasts[insertions[value]]))
                .mapToInt(value -> value)
                .toArray();
        for (int i = 0; i < Math.min(left.length, losses.length); i++) {
            removals[left[i]] = losses[i];
        }
        return this;
    }

    /// Whether at most an open removal takes out a value.
    boolean isLeft(int value) {
        return removals[value] == NONE || part.isOpen(operations[removals[value]]);
    }

    /// Another value that is in at least as long, where there are more that nobody takes out than one wants
    /// to name.
    int replaced(int value) {
        return removals[value] == NONE && left.length > losses.length ? left[losses.length] : value;
    }

    /// The slots of all operations that show how long a value is in. Of one that an open removal takes, or
    /// would take if there were more of them, these are all those removals, and the values that they take.
    int[] evidence(int value) {
        if (left.length == 0 || !isLeft(value)) {
            return slots(value);
        }
        int rank = 0;
        while (left[rank] != replaced(value)) {
            rank++;
        }
        return slots(Arrays.copyOf(left, rank + 1));
    }

    /// Nothing was found where something was in all the time.
    ///
    /// @param empty the slot of the operation that found nothing
    /// @param values these were in
    Outcome neverEmpty(int empty, int... values) {
        var shown = Arrays.stream(values)
                .map(this::replaced)
                .distinct()
                .boxed()
                .sorted(Comparator.comparingInt(this::lastIn))
                .mapToInt(value -> value)
                .toArray();
        return contradiction(
                name(empty) + " found nothing, but something was in all the time while it ran: " + names(shown),
                IntStream.concat(
                                IntStream.of(empty),
                                Arrays.stream(shown).flatMap(value -> Arrays.stream(evidence(value))))
                        .toArray());
    }

    /// The lives of some of the values alone.
    Lives only(int... values) {
        return new Lives(
                part,
                Arrays.stream(slots(values))
                        .sorted()
                        .map(slot -> operations[slot])
                        .toArray());
    }

    /// The slots of all operations on some values.
    int[] slots(int... values) {
        return Arrays.stream(values)
                .flatMap(value -> IntStream.of(insertions[value], removals[value]))
                .filter(slot -> slot != NONE)
                .toArray();
    }

    /// How many values there are.
    int size() {
        return insertions.length;
    }

    /// How many slots there are.
    int slots() {
        return operations.length;
    }

    int insertion(int value) {
        return insertions[value];
    }

    int removal(int value) {
        return removals[value];
    }

    boolean isRemoved(int value) {
        return removals[value] != NONE;
    }

    int[] empties() {
        return empties;
    }

    /// The last slot of the operation that begins a slot.
    int last(int slot) {
        return lasts[slot];
    }

    /// The operation that begins a slot, by its number in the part.
    int operation(int slot) {
        return operations[slot];
    }

    int firstIn(int value) {
        return insertions[value];
    }

    /// It goes in before it comes out.
    int lastIn(int value) {
        return Math.min(lasts[insertions[value]], lastOut(value));
    }

    int firstOut(int value) {
        return isRemoved(value) ? Math.max(removals[value], insertions[value]) : slots();
    }

    int lastOut(int value) {
        return isRemoved(value) ? lasts[removals[value]] : slots();
    }

    Value value(int value) {
        return ((Access.Insert) part.access(operations[insertions[value]]).orElseThrow()).value();
    }

    /// Some values, for people.
    String names(int... values) {
        return Arrays.stream(values)
                        .limit(NAMES_MAX)
                        .mapToObj(value -> value(value).toString())
                        .collect(Collectors.joining(", "))
                + (values.length > NAMES_MAX ? " and others" : "");
    }

    /// The operation that begins a slot, for people.
    String name(int slot) {
        return part.operation(operations[slot]).toString();
    }
}
