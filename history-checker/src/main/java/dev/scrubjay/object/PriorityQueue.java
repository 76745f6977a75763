package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Collections;
import java.util.List;

/// Values of which the least comes out first: `insert` and `delete-min`. What is less, [ValueOrder] says.
public final class PriorityQueue extends Collection {
    private static final String NAME = "priority-queue";

    /// One whose failures tell nothing.
    public PriorityQueue() {
        this(Reading.jepsen());
    }

    public PriorityQueue(Reading reading) {
        super("a priority queue", "insert", "delete-min", reading);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Family family() {
        return Family.PRIORITY_QUEUE;
    }

    @Override
    Value inserted(Operation operation) {
        var value = super.inserted(operation);
        if (!ValueOrder.has(value)) {
            throw Wants.argument(operation, "a truth, a number, a text or a sequence of those");
        }
        return value;
    }

    @Override
    int place(List<Value> state, Value value) {
        int found = Collections.binarySearch(state, value, ValueOrder.INSTANCE);
        return found < 0 ? -found - 1 : found;
    }

    /// Makes those that are empty at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<List<Value>> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new PriorityQueue(reading);
        }
    }
}
