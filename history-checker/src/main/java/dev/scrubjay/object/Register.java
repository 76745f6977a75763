package dev.scrubjay.object;

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

    private final String name;
    private final Reading reading;

    /// A register that holds nothing at first, and whose reads of nothing saw just that.
    public Register() {
        this(Reading.exact(Value.absent()));
    }

    public Register(Reading reading) {
        this(NAME, reading);
    }

    private Register(String name, Reading reading) {
        this.name = name;
        this.reading = reading;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Value initial() {
        return reading.initial();
    }

    @Override
    public Optional<Value> step(Value state, Operation operation) {
        return switch (operation.f()) {
            case "read" -> read(state, operation);
            case "write" -> Optional.of(operation.isFailed() ? state : operation.argument());
            case "cas" -> Cell.swap(state, swap(operation), operation);
            default -> throw Wants.none(operation, "a register", "read", "write", "cas");
        };
    }

    private Optional<Value> read(Value state, Operation operation) {
        return seen(operation).orElse(state).equals(state) ? Optional.of(state) : Optional.empty();
    }

    private static Access.Swap swap(Operation operation) {
        if (operation.argument() instanceof Value.Sequence(var oldAndNew) && oldAndNew.size() == 2) {
            return new Access.Swap(oldAndNew.getFirst(), oldAndNew.getLast());
        }
        throw Wants.argument(operation, "[old new]");
    }

    /// What a read is known to have seen.
    private Optional<Value> seen(Operation operation) {
        return operation.result().flatMap(result -> {
            if (!(result instanceof Value.Absent)) {
                return Optional.of(result);
            }
            return switch (reading.absentReads()) {
                case UNKNOWN -> Optional.empty();
                case INITIAL -> Optional.of(reading.initial());
            };
        });
    }

    @Override
    public boolean matters(Operation operation) {
        return switch (operation.f()) {
            case "read" -> seen(operation).isPresent();
            case "cas" -> !operation.isFailed() || reading.observes(operation);
            default -> !operation.isFailed();
        };
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.f().equals("read") || operation.isFailed();
    }

    @Override
    public Family family() {
        return Family.CELL;
    }

    @Override
    public Optional<Access> access(Operation operation) {
        if (operation.isFailed()) {
            return Optional.empty();
        }
        return switch (operation.f()) {
            case "read" -> seen(operation).map(Access.Read::new);
            case "cas" -> Optional.of(swap(operation));
            default -> Optional.of(new Access.Write(operation.argument()));
        };
    }

    /// Makes registers.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Value> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new Register(reading);
        }
    }

    /// Makes registers under the name that Knossos has for them.
    public static final class CasProvider implements SequentialObjectProvider {
        @Override
        public String name() {
            return "cas-register";
        }

        @Override
        public SequentialObject<Value> object(String argument, Reading reading) {
            SequentialObjects.requireNone(name(), argument);
            return new Register(name(), reading);
        }
    }
}
