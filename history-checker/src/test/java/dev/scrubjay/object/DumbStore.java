package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A key-value store that is a map and no more: what ours is compared with.
public final class DumbStore {
    private final Map<Value, Value> map = new HashMap<>();

    /// Does what it is asked.
    public KeyValueReply answer(KeyValueRequest request) {
        var held = Optional.ofNullable(map.get(request.key()));
        if (request instanceof KeyValueRequest.Put put) {
            map.put(put.key(), put.value());
        } else if (request instanceof KeyValueRequest.Delete delete) {
            map.remove(delete.key());
        } else if (request instanceof KeyValueRequest.ConditionalPut put) {
            if (!held.equals(put.expected())) {
                return new KeyValueReply.Unmet(held);
            }
            map.put(put.key(), put.value());
        } else {
            return new KeyValueReply.Found(held);
        }
        return new KeyValueReply.Done();
    }
}
