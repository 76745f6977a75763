package dev.scrubjay.protocol;

import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.function.Function;

/// What a key-value store does with a request, as the specification `KeyValueStore` says. Where the values
/// lie is not its business.
final class KeyValueStore {
    /// What came of a request.
    sealed interface Effect {
        Reply reply();

        /// The store is as it was.
        record Looked(Reply reply) implements Effect {}

        /// This is under the key of the request from now on.
        record Wrote(Reply reply, MaybeValue left) implements Effect {}
    }

    private KeyValueStore() {}

    /// @param held says what is under a key; only asked where the effect depends on it
    static Effect apply(Request request, Function<String, MaybeValue> held) {
        return switch (request) {
            case Request.Get(var key) -> new Effect.Looked(new Reply.Found(held.apply(key)));
            case Request.Put(var _, var value) -> new Effect.Wrote(Reply.DONE, MaybeValue.of(value));
            case Request.Delete(var _) -> new Effect.Wrote(Reply.DONE, MaybeValue.ABSENT);
            case Request.ConditionalPut(var key, var expected, var value) ->
                conditionalPut(held.apply(key), expected, value);
        };
    }

    private static Effect conditionalPut(MaybeValue held, MaybeValue expected, String value) {
        return held.equals(expected)
                ? new Effect.Wrote(Reply.DONE, MaybeValue.of(value))
                : new Effect.Looked(new Reply.Unmet(held));
    }
}
