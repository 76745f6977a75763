package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Values, each in it once or not at all: `add`, `remove`, `contains`, and `read`, which gives back all of
/// them as a sequence in any order.
///
/// A `contains` gives back true or false. So may an `add` and a `remove`, and then it says whether the set
/// has changed. Anything else that these two give back is not looked at, because Jepsen's clients repeat
/// there what they were given; that goes for a set of truths too.
///
/// All but `read` are about one value, so a history without a `read` is checked value by value.
public final class ValueSet implements SequentialObject<Set<Value>> {
    private static final String NAME = "set";

    private final Reading reading;

    /// One whose reads all tell what they saw.
    public ValueSet() {
        this(Reading.exact(Value.absent()));
    }

    public ValueSet(Reading reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Value> initial() {
        return Set.of();
    }

    @Override
    public Optional<Set<Value>> step(Set<Value> state, Operation operation) {
        return switch (operation.f()) {
            case "read" -> {
                var seen = seen(operation);
                yield seen.isEmpty() || isAllOf(state, seen.get()) ? Optional.of(state) : Optional.empty();
            }
            case "contains" -> {
                var holds = state.contains(value(operation));
                yield found(operation).orElse(holds) == holds ? Optional.of(state) : Optional.empty();
            }
            case "add", "remove" -> change(state, operation);
            default -> throw Wants.none(operation, "a set", "add", "remove", "contains", "read");
        };
    }

    private static Optional<Set<Value>> change(Set<Value> state, Operation operation) {
        var isAdd = operation.f().equals("add");
        var changes = state.contains(value(operation)) != isAdd;
        if (changed(operation).orElse(changes) != changes) {
            return Optional.empty();
        }
        if (!changes || operation.isFailed()) {
            return Optional.of(state);
        }
        var next = new HashSet<>(state);
        if (isAdd) {
            next.add(operation.argument());
        } else {
            next.remove(operation.argument());
        }
        return Optional.of(Set.copyOf(next));
    }

    private static boolean isAllOf(Set<Value> state, List<Value> seen) {
        return state.size() == seen.size() && new HashSet<>(seen).equals(state);
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

    private static Optional<Boolean> found(Operation operation) {
        return operation.result().map(result -> {
            if (result instanceof Value.Truth(boolean holds)) {
                return holds;
            }
            throw Wants.result(operation, "true or false");
        });
    }

    /// Whether an add or a remove says that it changed the set.
    private static Optional<Boolean> changed(Operation operation) {
        return operation
                .result()
                .filter(result -> !result.equals(operation.argument()))
                .flatMap(
                        result -> result instanceof Value.Truth(boolean holds) ? Optional.of(holds) : Optional.empty());
    }

    @Override
    public List<Value> keys(Operation operation) {
        return operation.f().equals("read") ? List.of() : List.of(value(operation));
    }

    @Override
    public boolean matters(Operation operation) {
        return !operation.isFailed()
                && (!operation.f().equals("read") || seen(operation).isPresent());
    }

    @Override
    public boolean isObservation(Operation operation) {
        return switch (operation.f()) {
            case "read", "contains" -> true;
            default -> operation.isFailed() || changed(operation).equals(Optional.of(false));
        };
    }

    @Override
    public Family family() {
        return Family.SET;
    }

    /// There are words for adding what may be there already, and for a read that no value is in twice.
    @Override
    public Optional<Access> access(Operation operation) {
        return switch (operation.f()) {
            case "add" ->
                changed(operation).isEmpty() ? Optional.of(new Access.Insert(value(operation))) : Optional.empty();
            case "read" ->
                seen(operation)
                        .filter(values -> new HashSet<>(values).size() == values.size())
                        .map(Access.Contents::new);
            default -> Optional.empty();
        };
    }

    /// Makes sets that are empty at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Set<Value>> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new ValueSet(reading);
        }
    }
}
