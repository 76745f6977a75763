package dev.scrubjay.object;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// One value, as Jepsen has it: `read`, `write` and `cas`, whose argument is `[old new]`.
///
/// A read gives back what the register holds. A `cas` is done only over the old value; one that is not done
/// fails, so a completed one was done. What completed writes give back is not looked at, because Jepsen's
/// clients repeat there what they were given.
public final class Register implements SequentialObject<Value> {
    private static final String NAME = "register";

    private final Value initial;

    /// A register that holds nothing at first.
    public Register() {
        this(Value.absent());
    }

    public Register(Value initial) {
        this.initial = initial;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Value initial() {
        return initial;
    }

    @Override
    public Optional<Value> step(Value state, Operation operation) {
        return switch (operation.f()) {
            case "read" -> read(state, operation);
            case "write" -> Optional.of(operation.argument());
            case "cas" -> cas(state, operation);
            default ->
                throw new HistoryException("event " + operation.invocation().index() + ": a register has no '"
                        + operation.f() + "'; it has: read, write, cas");
        };
    }

    private static Optional<Value> read(Value state, Operation operation) {
        return operation.result().orElse(state).equals(state) ? Optional.of(state) : Optional.empty();
    }

    private static Optional<Value> cas(Value state, Operation operation) {
        if (!(operation.argument() instanceof Value.Sequence(var oldAndNew)) || oldAndNew.size() != 2) {
            throw new HistoryException("event " + operation.invocation().index() + ": cas wants [old new], but has "
                    + operation.argument());
        }
        if (oldAndNew.getFirst().equals(state)) {
            return Optional.of(oldAndNew.getLast());
        }
        return operation.isCompleted() ? Optional.empty() : Optional.of(state);
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.f().equals("read");
    }

    /// Makes registers that hold nothing at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Value> object(String argument) {
            SequentialObjects.requireNone(NAME, argument);
            return new Register();
        }
    }
}
