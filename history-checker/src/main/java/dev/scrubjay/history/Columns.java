package dev.scrubjay.history;

import java.util.Arrays;
import java.util.List;

/// Events and operations in growing arrays, one for each of their parts.
///
/// An event takes 29 bytes here where a record takes 48, without its value; more weighs that the collector
/// has nothing to follow. Names and values are kept once and stand in the columns as numbers.
final class Columns {
    /// The completion of an operation of which nothing more was heard.
    static final int NONE = Integer.MIN_VALUE;

    /// What stands for a `fail` in the column of types.
    static final byte FAIL = 2;

    /// By what stands for them.
    private static final List<EventType> TYPES =
            List.of(EventType.INVOKE, EventType.OK, EventType.FAIL, EventType.INFO);

    private static final int CAPACITY_MIN = 16;

    final Interned<String> names = new Interned<>();
    final Interned<Value> contents = new Interned<>();

    int events;
    byte[] types = new byte[CAPACITY_MIN];
    int[] indexes = new int[CAPACITY_MIN];
    long[] processes = new long[CAPACITY_MIN];
    long[] times = new long[CAPACITY_MIN];
    int[] fs = new int[CAPACITY_MIN];
    int[] values = new int[CAPACITY_MIN];

    int operations;

    /// Of each operation, the place of its invocation in the columns above.
    int[] invocations = new int[CAPACITY_MIN];

    /// Of each operation, the place of its completion; [#NONE], or, of an `info`, the place with all bits
    /// turned: so a negative number says that the operation is open.
    int[] completions = new int[CAPACITY_MIN];

    /// Adds an event.
    ///
    /// @return its place
    int event(int index, EventType type, long process, long time, int f, Value value) {
        int place = events;
        if (place == types.length) {
            int capacity = larger(place);
            types = Arrays.copyOf(types, capacity);
            indexes = Arrays.copyOf(indexes, capacity);
            processes = Arrays.copyOf(processes, capacity);
            times = Arrays.copyOf(times, capacity);
            fs = Arrays.copyOf(fs, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        types[place] = code(type);
        indexes[place] = index;
        processes[place] = process;
        times[place] = time;
        fs[place] = f;
        values[place] = contents.number(value);
        events = place + 1;
        return place;
    }

    /// Adds an operation that is not complete.
    ///
    /// @return its number
    int operation(int invocation) {
        int number = operations;
        if (number == invocations.length) {
            int capacity = larger(number);
            invocations = Arrays.copyOf(invocations, capacity);
            completions = Arrays.copyOf(completions, capacity);
        }
        invocations[number] = invocation;
        completions[number] = NONE;
        operations = number + 1;
        return number;
    }

    private static byte code(EventType type) {
        return switch (type) {
            case INVOKE -> 0;
            case OK -> 1;
            case FAIL -> FAIL;
            case INFO -> 3;
        };
    }

    static EventType type(byte code) {
        return TYPES.get(code);
    }

    private static int larger(int capacity) {
        return capacity + (capacity >> 1);
    }
}
