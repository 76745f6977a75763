package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import java.util.List;

/// Values that come out in the opposite order of that in which they went in: `push` and `pop`.
public final class Stack extends Collection {
    private static final String NAME = "stack";

    /// One whose failures tell nothing.
    public Stack() {
        this(Reading.jepsen());
    }

    public Stack(Reading reading) {
        super("a stack", "push", "pop", reading);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Family family() {
        return Family.STACK;
    }

    @Override
    int place(List<Value> state, Value value) {
        return 0;
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
            return new Stack(reading);
        }
    }
}
