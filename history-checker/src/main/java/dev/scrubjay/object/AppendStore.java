package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Texts by key: `get`, `put`, and `append`, which puts a text behind the one that is there. Every key holds
/// the empty text at first.
///
/// The argument is `[key text]`, of a `get` `[key nil]`. A `get` gives back `[key text]`. What the others
/// give back is not looked at.
///
/// A state maps each key that holds more than the empty text to its text.
public final class AppendStore implements SequentialObject<Map<Value, String>> {
    private static final String NAME = "append-store";
    private static final String ARGUMENT = "[key text]";

    private final Reading reading;

    /// One whose gets all tell what they saw.
    public AppendStore() {
        this(Reading.exact(Value.absent()));
    }

    public AppendStore(Reading reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Value, String> initial() {
        return Map.of();
    }

    @Override
    public Optional<Map<Value, String>> step(Map<Value, String> state, Operation operation) {
        var key = key(operation);
        var held = state.getOrDefault(key, "");
        if (isGet(operation)) {
            return seen(operation).orElse(held).equals(held) ? Optional.of(state) : Optional.empty();
        }
        var text = text(operation);
        if (operation.isFailed()) {
            return Optional.of(state);
        }
        return Optional.of(with(state, key, operation.f().equals("put") ? text : held + text));
    }

    private static Map<Value, String> with(Map<Value, String> state, Value key, String text) {
        var next = new HashMap<>(state);
        if (text.isEmpty()) {
            next.remove(key);
        } else {
            next.put(key, text);
        }
        return Collections.unmodifiableMap(next);
    }

    private static boolean isGet(Operation operation) {
        return switch (operation.f()) {
            case "get" -> true;
            case "put", "append" -> false;
            default -> throw Wants.none(operation, "an append store", "get", "put", "append");
        };
    }

    private static Value key(Operation operation) {
        return Wants.pair(operation.argument())
                .orElseThrow(() -> Wants.argument(operation, isGet(operation) ? "[key nil]" : ARGUMENT))
                .getFirst();
    }

    private static String text(Operation operation) {
        return Wants.pair(operation.argument())
                .flatMap(AppendStore::text)
                .orElseThrow(() -> Wants.argument(operation, ARGUMENT));
    }

    private static Optional<String> text(List<Value> keyAndText) {
        return keyAndText.getLast() instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /// What a get is known to have seen.
    private Optional<String> seen(Operation operation) {
        if (!operation.isCompleted()) {
            return Optional.empty();
        }
        var pair = Wants.known(operation)
                .map(result -> Wants.pair(result)
                        .filter(keyAndText -> keyAndText.getFirst().equals(key(operation)))
                        .orElseThrow(() -> wants(operation)));
        if (pair.isEmpty() || pair.get().getLast() instanceof Value.Absent) {
            return reading.absentReads() == Reading.AbsentReads.INITIAL ? Optional.of("") : Optional.empty();
        }
        return Optional.of(text(pair.get()).orElseThrow(() -> wants(operation)));
    }

    private static RuntimeException wants(Operation operation) {
        return Wants.result(operation, "[key text] of the key " + key(operation));
    }

    @Override
    public List<Value> keys(Operation operation) {
        return List.of(key(operation));
    }

    @Override
    public boolean matters(Operation operation) {
        return !operation.isFailed() && (!isGet(operation) || seen(operation).isPresent());
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.isFailed() || isGet(operation);
    }

    @Override
    public Family family() {
        return Family.CELL;
    }

    /// There are no words for an append: what it puts there hangs on what was there.
    @Override
    public Optional<Access> access(Operation operation) {
        return switch (operation.f()) {
            case "get" -> seen(operation).map(Value::text).map(Access.Read::new);
            case "put" -> Optional.of(new Access.Write(Value.text(text(operation))));
            default -> Optional.empty();
        };
    }

    /// Makes stores whose every text is empty at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Map<Value, String>> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new AppendStore(reading);
        }
    }
}
