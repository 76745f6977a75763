package dev.scrubjay.simulation;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.KeyValueReply;
import dev.scrubjay.object.KeyValueRequest;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.Optional;

/// Requests and replies as the history checker knows them. It knows nothing of the implementation, so
/// somebody has to say what is what.
final class Recording {
    private Recording() {}

    static KeyValueRequest of(Request request) {
        var key = Value.text(request.key());
        return switch (request) {
            case Request.Get _ -> new KeyValueRequest.Get(key);
            case Request.Put put -> new KeyValueRequest.Put(key, Value.text(put.value()));
            case Request.Delete _ -> new KeyValueRequest.Delete(key);
            case Request.ConditionalPut put ->
                new KeyValueRequest.ConditionalPut(key, of(put.expected()), Value.text(put.value()));
        };
    }

    static KeyValueReply of(Reply reply) {
        return switch (reply) {
            case Reply.Done() -> new KeyValueReply.Done();
            case Reply.Found(var held) -> new KeyValueReply.Found(of(held));
            case Reply.Unmet(var held) -> new KeyValueReply.Unmet(of(held));
            case Reply.Begun _, Reply.Ended _, Reply.NoSession _, Reply.Stale _ ->
                throw new IllegalArgumentException(reply + " is of a session, and no answer of a store");
        };
    }

    private static Optional<Value> of(MaybeValue value) {
        return switch (value) {
            case MaybeValue.Absent() -> Optional.empty();
            case MaybeValue.Present(var text) -> Optional.of(Value.text(text));
        };
    }
}
