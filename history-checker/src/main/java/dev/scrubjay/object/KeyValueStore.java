package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values by key: get, put, delete and conditional put, name by name as `specs/KeyValueStore.tla` says it.
///
/// A state maps each key that holds a value to that value. None of the requests looks beyond its own key.
///
/// Spec: KeyValueStore
public final class KeyValueStore implements SequentialObject<Map<Value, Value>> {
    private static final String NAME = "key-value-store";

    private record Applied(Map<Value, Value> state, KeyValueReply reply) {}

    @Override
    public String name() {
        return NAME;
    }

    /// Spec: KeyValueStore!Init
    @Override
    public Map<Value, Value> initial() {
        return Map.of();
    }

    @Override
    public Optional<Map<Value, Value>> step(Map<Value, Value> state, Operation operation) {
        var request = KeyValueRequest.of(operation);
        var seen = seen(request, operation);
        var applied = apply(state, request);
        return seen.orElse(applied.reply()).equals(applied.reply()) ? Optional.of(applied.state()) : Optional.empty();
    }

    @Override
    public List<Value> keys(Operation operation) {
        return List.of(KeyValueRequest.of(operation).key());
    }

    @Override
    public boolean isObservation(Operation operation) {
        var request = KeyValueRequest.of(operation);
        return request instanceof KeyValueRequest.Get
                || seen(request, operation)
                        .filter(KeyValueReply.Unmet.class::isInstance)
                        .isPresent();
    }

    @Override
    public Family family() {
        return Family.CELL;
    }

    @Override
    public Optional<Access> access(Operation operation) {
        var request = KeyValueRequest.of(operation);
        var seen = seen(request, operation);
        return switch (request) {
            case KeyValueRequest.Get get ->
                seen.orElse(new KeyValueReply.Done()) instanceof KeyValueReply.Found(var held)
                        ? Optional.of(new Access.Read(cell(held)))
                        : Optional.empty();
            case KeyValueRequest.Put put -> Optional.of(new Access.Write(put.value()));
            case KeyValueRequest.Delete delete -> Optional.of(new Access.Write(Value.absent()));
            case KeyValueRequest.ConditionalPut put ->
                seen.orElse(new KeyValueReply.Done()) instanceof KeyValueReply.Unmet(var held)
                        ? unmet(put, held)
                        : Optional.of(new Access.Swap(cell(put.expected()), put.value()));
        };
    }

    /// There are no words for an unmet put that found what it expected: no store answers so.
    private static Optional<Access> unmet(KeyValueRequest.ConditionalPut put, Optional<Value> held) {
        return put.expected().equals(held) ? Optional.empty() : Optional.of(new Access.Read(cell(held)));
    }

    /// What a key holds, as one value. No request can put the absent value there.
    private static Value cell(Optional<Value> held) {
        return held.orElse(Value.absent());
    }

    /// The reply that the client saw; empty where it saw none.
    private static Optional<KeyValueReply> seen(KeyValueRequest request, Operation operation) {
        return operation.isCompleted()
                ? operation.completion().map(end -> KeyValueReply.of(request, end))
                : Optional.empty();
    }

    /// Spec: KeyValueStore!Apply
    private static Applied apply(Map<Value, Value> state, KeyValueRequest request) {
        return switch (request) {
            case KeyValueRequest.Get get -> get(state, get);
            case KeyValueRequest.Put put -> put(state, put.key(), put.value());
            case KeyValueRequest.Delete delete -> delete(state, delete);
            case KeyValueRequest.ConditionalPut put -> conditionalPut(state, put);
        };
    }

    /// Spec: KeyValueStore!Get
    private static Applied get(Map<Value, Value> state, KeyValueRequest.Get request) {
        return new Applied(state, new KeyValueReply.Found(held(state, request.key())));
    }

    /// Spec: KeyValueStore!Put
    private static Applied put(Map<Value, Value> state, Value key, Value value) {
        return new Applied(with(state, key, value), new KeyValueReply.Done());
    }

    /// Spec: KeyValueStore!Delete
    private static Applied delete(Map<Value, Value> state, KeyValueRequest.Delete request) {
        return new Applied(without(state, request.key()), new KeyValueReply.Done());
    }

    /// Spec: KeyValueStore!ConditionalPut
    private static Applied conditionalPut(Map<Value, Value> state, KeyValueRequest.ConditionalPut request) {
        var held = held(state, request.key());
        return held.equals(request.expected())
                ? put(state, request.key(), request.value())
                : new Applied(state, new KeyValueReply.Unmet(held));
    }

    private static Optional<Value> held(Map<Value, Value> state, Value key) {
        return Optional.ofNullable(state.get(key));
    }

    private static Map<Value, Value> with(Map<Value, Value> state, Value key, Value value) {
        var next = new HashMap<>(state);
        next.put(key, value);
        return Collections.unmodifiableMap(next);
    }

    private static Map<Value, Value> without(Map<Value, Value> state, Value key) {
        var next = new HashMap<>(state);
        next.remove(key);
        return Collections.unmodifiableMap(next);
    }

    /// Makes stores that are empty at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Map<Value, Value>> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new KeyValueStore();
        }
    }
}
