package dev.scrubjay.history;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/// What the clients of a system saw, in the order in which it happened. Never changes.
///
/// It can be read as lists of events and operations, or by number, without an object for each: operation `i`
/// is `operations().get(i)`. Events and operations are made when they are asked for; what is kept are columns
/// of numbers, about 35 bytes an event, so that a million operations take some 70 MB and not half a gigabyte.
public final class History {
    /// The end of an operation that is open.
    public static final int NEVER = Integer.MAX_VALUE;

    /// What a likeness has where another operation has a result.
    private static final int FAILED = -1;

    private static final int OPEN = -2;

    private final byte[] types;
    private final int[] indexes;
    private final long[] processes;
    private final long[] times;
    private final int[] fs;
    private final int[] values;
    private final int[] invocations;

    /// As in [Columns]: negative where the operation is open.
    private final int[] completions;

    private final List<String> names;
    private final List<Value> contents;
    private final int[] likenesses;
    private final int likenessCount;

    /// Copies the columns, which may go on growing.
    History(Columns columns) {
        this.types = Arrays.copyOf(columns.types, columns.events);
        this.indexes = Arrays.copyOf(columns.indexes, columns.events);
        this.processes = Arrays.copyOf(columns.processes, columns.events);
        this.times = Arrays.copyOf(columns.times, columns.events);
        this.fs = Arrays.copyOf(columns.fs, columns.events);
        this.values = Arrays.copyOf(columns.values, columns.events);
        this.invocations = Arrays.copyOf(columns.invocations, columns.operations);
        this.completions = Arrays.copyOf(columns.completions, columns.operations);
        this.names = columns.names.members();
        this.contents = columns.contents.members();
        this.likenesses = new int[invocations.length];
        this.likenessCount = numberLikenesses();
    }

    /// A history of these events.
    ///
    /// @throws HistoryException where they make none, such as a completion of what was never invoked
    public static History of(List<Event> events) {
        var recorder = new Recorder();
        events.forEach(recorder::add);
        return recorder.history();
    }

    /// All events, by index.
    public List<Event> events() {
        return view(types.length, this::event);
    }

    /// All operations, failed and open ones too, in the order of their invocations.
    public List<Operation> operations() {
        return view(invocations.length, this::operation);
    }

    /// Some of the operations, by their numbers. The array belongs to the list from then on.
    public List<Operation> operations(int... numbers) {
        return view(numbers.length, at -> operation(numbers[at]));
    }

    /// How many operations there are.
    public int size() {
        return invocations.length;
    }

    /// One operation, by its number.
    public Operation operation(int i) {
        int end = completions[i];
        return new Operation(
                event(invocations[i]),
                end == Columns.NONE ? Optional.empty() : Optional.of(event(end < 0 ? ~end : end)));
    }

    /// The index of an operation's invocation.
    public int begin(int i) {
        return indexes[invocations[i]];
    }

    /// The index of the completion of an operation that completed or failed; [#NEVER] for one that is open.
    public int end(int i) {
        int end = completions[i];
        return end < 0 ? NEVER : indexes[end];
    }

    /// Numbers from 0 on, without gaps, the same for operations that are equal in f, argument, result and
    /// whether they failed: what a sequential object can tell apart.
    public int likeness(int i) {
        return likenesses[i];
    }

    /// One more than the greatest likeness.
    public int likenesses() {
        return likenessCount;
    }

    private Event event(int place) {
        return new Event(
                indexes[place],
                Columns.type(types[place]),
                processes[place],
                times[place],
                names.get(fs[place]),
                contents.get(values[place]));
    }

    /// In the order of first occurrences, by a hash table with open addressing of operations seen.
    ///
    /// @return how many there are
    private int numberLikenesses() {
        int mask = Integer.highestOneBit(Math.max(1, likenesses.length)) * 4 - 1;
        var seen = new int[mask + 1];
        Arrays.fill(seen, NEVER);
        int count = 0;
        for (int i = 0; i < likenesses.length; i++) {
            int begin = invocations[i];
            int slot = Hash.spread(fs[begin], values[begin], outcome(i)) & mask;
            while (seen[slot] != NEVER && !isLike(seen[slot], i)) {
                slot = (slot + 1) & mask;
            }
            if (seen[slot] == NEVER) {
                seen[slot] = i;
                likenesses[i] = count++;
            } else {
                likenesses[i] = likenesses[seen[slot]];
            }
        }
        return count;
    }

    private boolean isLike(int one, int other) {
        int begin = invocations[one];
        int otherBegin = invocations[other];
        return fs[begin] == fs[otherBegin] && values[begin] == values[otherBegin] && outcome(one) == outcome(other);
    }

    /// The number of an operation's result, or why there is none.
    private int outcome(int operation) {
        int end = completions[operation];
        if (end < 0) {
            return OPEN;
        }
        return types[end] == Columns.FAIL ? FAILED : values[end];
    }

    private static <T> List<T> view(int size, IntFunction<T> get) {
        return new View<>(size, get);
    }

    /// A list whose elements are made when they are asked for.
    private static final class View<T> extends AbstractList<T> implements RandomAccess {
        private final int size;
        private final IntFunction<T> get;

        View(int size, IntFunction<T> get) {
            this.size = size;
            this.get = get;
        }

        @Override
        public T get(int i) {
            return get.apply(i);
        }

        @Override
        public int size() {
            return size;
        }
    }

    /// Histories are equal when their events are.
    ///
    /// Names and values are numbered in the order of their first events, so that equal events have equal
    /// columns.
    @Override
    public boolean equals(Object other) {
        return other instanceof History history
                && Arrays.equals(types, history.types)
                && Arrays.equals(indexes, history.indexes)
                && Arrays.equals(processes, history.processes)
                && Arrays.equals(times, history.times)
                && Arrays.equals(fs, history.fs)
                && Arrays.equals(values, history.values)
                && names.equals(history.names)
                && contents.equals(history.contents);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indexes) + 31 * Arrays.hashCode(values) + contents.hashCode();
    }

    @Override
    public String toString() {
        return "history of " + invocations.length + " operations";
    }
}
