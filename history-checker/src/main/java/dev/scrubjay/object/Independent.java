package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One object of the same kind for each key, as `jepsen.independent` writes them: arguments are `[key value]`
/// where the object alone would have the value, and so are results.
///
/// Each key is a part that is checked alone. Where the objects have parts of their own, these stay together.
///
/// A state maps the keys whose objects are not as at first to the states of these objects.
///
/// @param <S> the states of one object
public final class Independent<S> implements SequentialObject<Map<Value, S>> {
    private static final String NAME = "independent";

    private final SequentialObject<S> object;

    public Independent(SequentialObject<S> object) {
        this.object = object;
    }

    @Override
    public String name() {
        return NAME + ":" + object.name();
    }

    @Override
    public Map<Value, S> initial() {
        return Map.of();
    }

    @Override
    public Optional<Map<Value, S>> step(Map<Value, S> state, Operation operation) {
        var key = key(operation);
        return object.step(state.getOrDefault(key, object.initial()), inner(operation))
                .map(next -> with(state, key, next));
    }

    private Map<Value, S> with(Map<Value, S> state, Value key, S changed) {
        var next = new HashMap<>(state);
        if (changed.equals(object.initial())) {
            next.remove(key);
        } else {
            next.put(key, changed);
        }
        return Collections.unmodifiableMap(next);
    }

    /// What the object of the key sees of an operation.
    private Operation inner(Operation operation) {
        var key = key(operation);
        var result = operation
                .result()
                .map(pair -> Wants.pair(pair)
                        .filter(both -> both.getFirst().equals(key))
                        .orElseThrow(() -> Wants.result(operation, "[key value] of the key " + key))
                        .getLast());
        return Wants.with(operation, pair(operation).getLast(), result);
    }

    private static Value key(Operation operation) {
        return pair(operation).getFirst();
    }

    private static List<Value> pair(Operation operation) {
        return Wants.pair(operation.argument()).orElseThrow(() -> Wants.argument(operation, "[key value]"));
    }

    @Override
    public List<Value> keys(Operation operation) {
        return List.of(key(operation));
    }

    @Override
    public boolean matters(Operation operation) {
        return object.matters(inner(operation));
    }

    @Override
    public boolean isObservation(Operation operation) {
        return object.isObservation(inner(operation));
    }

    @Override
    public Family family() {
        return object.family();
    }

    /// The words of an object that has parts do not say which part they are about; only a set's do.
    @Override
    public Optional<Access> access(Operation operation) {
        var inner = inner(operation);
        return object.keys(inner).isEmpty() || object instanceof ValueSet ? object.access(inner) : Optional.empty();
    }

    /// Makes one object for each key; the argument names the kind.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<?> object(String argument, Reading reading) {
            if (argument.isEmpty()) {
                throw new IllegalArgumentException(
                        "independent wants the name of an object after a colon, such as independent:register");
            }
            return new Independent<>(SequentialObjects.named(argument, reading));
        }
    }
}
