package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Values one after the other: `append` puts one at the end, `read` gives back all of them in order.
///
/// What an `append` gives back is not looked at, because Jepsen's clients repeat there what they were given.
public final class Log implements SequentialObject<List<Value>> {
    private static final String NAME = "log";

    private final Reading reading;

    /// One whose reads all tell what they saw.
    public Log() {
        this(Reading.exact(Value.absent()));
    }

    public Log(Reading reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Value> initial() {
        return List.of();
    }

    @Override
    public Optional<List<Value>> step(List<Value> state, Operation operation) {
        if (isRead(operation)) {
            return seen(operation).orElse(state).equals(state) ? Optional.of(state) : Optional.empty();
        }
        var value = value(operation);
        return Optional.of(operation.isFailed() ? state : with(state, value));
    }

    private static List<Value> with(List<Value> state, Value value) {
        var next = new ArrayList<Value>(state.size() + 1);
        next.addAll(state);
        next.add(value);
        return Collections.unmodifiableList(next);
    }

    private static boolean isRead(Operation operation) {
        return switch (operation.f()) {
            case "read" -> true;
            case "append" -> false;
            default -> throw Wants.none(operation, "a log", "append", "read");
        };
    }

    private static Value value(Operation operation) {
        return Wants.value(operation, "a value");
    }

    /// What a read is known to have seen.
    private Optional<List<Value>> seen(Operation operation) {
        var seen = Wants.sequence(operation);
        return seen.isEmpty() && operation.isCompleted() && reading.absentReads() == Reading.AbsentReads.INITIAL
                ? Optional.of(List.of())
                : seen;
    }

    @Override
    public boolean matters(Operation operation) {
        return !operation.isFailed() && (!isRead(operation) || seen(operation).isPresent());
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.isFailed() || isRead(operation);
    }

    @Override
    public Family family() {
        return Family.LOG;
    }

    @Override
    public Optional<Access> access(Operation operation) {
        return isRead(operation)
                ? seen(operation).map(Access.Contents::new)
                : Optional.of(new Access.Insert(value(operation)));
    }

    /// Makes logs that are empty at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<List<Value>> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new Log(reading);
        }
    }
}
