package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// Held or free: `acquire` and `release`. It does not know who holds it; a [Lock] does.
///
/// Arguments and results are not looked at. One that failed tells nothing, or, under
/// [Reading.Failures#OBSERVED], that an `acquire` found it held, and a `release` found it free.
public final class Mutex implements SequentialObject<Value> {
    private static final String NAME = "mutex";
    private static final Value FREE = Value.text("free");
    private static final Value HELD = Value.text("held");
    private static final Access.Swap ACQUIRE = new Access.Swap(FREE, HELD);
    private static final Access.Swap RELEASE = new Access.Swap(HELD, FREE);

    private final Reading reading;

    /// One whose failures tell nothing.
    public Mutex() {
        this(Reading.jepsen());
    }

    public Mutex(Reading reading) {
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
            case "acquire" -> ACQUIRE;
            case "release" -> RELEASE;
            default -> throw Wants.none(operation, "a mutex", "acquire", "release");
        };
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

    /// One that failed saw the other of the two states.
    @Override
    public Optional<Access> access(Operation operation) {
        var swap = swap(operation);
        return Optional.of(operation.isFailed() ? new Access.Read(swap.to()) : swap);
    }

    /// Makes mutexes that are free at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Value> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new Mutex(reading);
        }
    }
}
