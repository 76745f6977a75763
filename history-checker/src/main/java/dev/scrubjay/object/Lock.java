package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// Held by an owner, or free: `acquire` and `release`, whose argument is the owner. Nobody holds it twice,
/// and only its owner can release it.
///
/// The owner stands in the argument because an object never looks at the process. Results are not looked at.
/// One that failed tells nothing, or, under [Reading.Failures#OBSERVED], that an `acquire` found it held, and
/// a `release` found that this owner did not hold it.
public final class Lock implements SequentialObject<Value> {
    private static final String NAME = "lock";
    private static final Value FREE = Value.absent();

    private final Reading reading;

    /// One whose failures tell nothing.
    public Lock() {
        this(Reading.jepsen());
    }

    public Lock(Reading reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Value initial() {
        return FREE;
    }

    @Override
    public Optional<Value> step(Value state, Operation operation) {
        return Cell.swap(state, swap(operation), operation);
    }

    private static Access.Swap swap(Operation operation) {
        return switch (operation.f()) {
            case "acquire" -> new Access.Swap(FREE, owner(operation));
            case "release" -> new Access.Swap(owner(operation), FREE);
            default -> throw Wants.none(operation, "a lock", "acquire", "release");
        };
    }

    private static Value owner(Operation operation) {
        return Wants.value(operation, "its owner as its value");
    }

    @Override
    public boolean matters(Operation operation) {
        return !operation.isFailed() || reading.observes(operation);
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.isFailed();
    }

    @Override
    public Family family() {
        return Family.CELL;
    }

    /// There are no words for one that failed: it saw what the lock was not.
    @Override
    public Optional<Access> access(Operation operation) {
        return operation.isFailed() ? Optional.empty() : Optional.of(swap(operation));
    }

    /// Makes locks that are free at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Value> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new Lock(reading);
        }
    }
}
