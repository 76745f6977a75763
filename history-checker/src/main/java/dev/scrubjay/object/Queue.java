package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import java.util.List;

/// Values that come out in the order in which they went in: `enqueue` and `dequeue`.
public final class Queue extends Collection {
    private static final String NAME = "queue";

    /// One whose failures tell nothing.
    public Queue() {
        this(Reading.jepsen());
    }

    public Queue(Reading reading) {
        super("a queue", "enqueue", "dequeue", reading);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Family family() {
        return Family.QUEUE;
    }

    @Override
    int place(List<Value> state, Value value) {
        return state.size();
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
            return new Queue(reading);
        }
    }
}
