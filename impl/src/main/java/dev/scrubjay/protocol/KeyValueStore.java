package dev.scrubjay.protocol;

import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a key-value store does with one request after another, as the specification `KeyValueStore` says.
public final class KeyValueStore {
    private final Map<String, String> state = new HashMap<>();

    public Reply apply(Request request) {
        return switch (request) {
            case Request.Get(var key) -> get(key);
            case Request.Put(var key, var value) -> put(key, value);
            case Request.Delete(var key) -> delete(key);
            case Request.ConditionalPut(var key, var expected, var value) -> conditionalPut(key, expected, value);
        };
    }

    private Reply get(String key) {
        return new Reply.Found(held(key));
    }

    private Reply put(String key, String value) {
        state.put(key, value);
        return Reply.DONE;
    }

    private Reply delete(String key) {
        state.remove(key);
        return Reply.DONE;
    }

    private Reply conditionalPut(String key, MaybeValue expected, String value) {
        return held(key).equals(expected) ? put(key, value) : new Reply.Unmet(held(key));
    }

    /// What is under this key.
    public MaybeValue held(String key) {
        var value = state.get(key);
        return value == null ? MaybeValue.ABSENT : MaybeValue.of(value);
    }

    /// Everything in it, in the order of the keys.
    public SortedMap<String, String> state() {
        return new TreeMap<>(state);
    }
}
