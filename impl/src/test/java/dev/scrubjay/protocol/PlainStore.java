package dev.scrubjay.protocol;

import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.SortedMap;
import java.util.TreeMap;

/// A key-value store and nothing else: no log, no sessions.
final class PlainStore {
    private final TreeMap<String, String> values = new TreeMap<>();

    Reply apply(Request request) {
        var effect = KeyValueStore.apply(request, this::held);
        if (effect instanceof KeyValueStore.Effect.Wrote(var _, var left)) {
            switch (left) {
                case MaybeValue.Absent() -> values.remove(request.key());
                case MaybeValue.Present(var value) -> values.put(request.key(), value);
            }
        }
        return effect.reply();
    }

    private MaybeValue held(String key) {
        var value = values.get(key);
        return value == null ? MaybeValue.ABSENT : MaybeValue.of(value);
    }

    SortedMap<String, String> state() {
        return new TreeMap<>(values);
    }
}
