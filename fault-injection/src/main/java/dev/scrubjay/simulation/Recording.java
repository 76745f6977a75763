package dev.scrubjay.simulation;

import dev.scrubjay.history.Value;
import dev.scrubjay.history.Value.Mapping;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;

/// How requests and replies look in a history.
final class Recording {
    private Recording() {}

    static String f(Request request) {
        return switch (request) {
            case Request.Get _ -> "get";
            case Request.Put _ -> "put";
            case Request.Delete _ -> "delete";
            case Request.ConditionalPut _ -> "conditional-put";
        };
    }

    static Value argument(Request request) {
        var key = Mapping.of("key", Value.text(request.key()));
        return switch (request) {
            case Request.Get _, Request.Delete _ -> key;
            case Request.Put(var _, var value) -> key.with("value", Value.text(value));
            case Request.ConditionalPut(var _, var expected, var value) ->
                key.with("expected", maybe(expected)).with("value", Value.text(value));
        };
    }

    static Value result(Reply reply) {
        return switch (reply) {
            case Reply.Done() -> outcome("done");
            case Reply.Found(var held) -> outcome("done").with("held", maybe(held));
            case Reply.Unmet(var held) -> outcome("unmet").with("held", maybe(held));
        };
    }

    private static Mapping outcome(String word) {
        return Mapping.of("outcome", Value.text(word));
    }

    private static Value maybe(MaybeValue value) {
        return switch (value) {
            case MaybeValue.Absent() -> Value.sequence();
            case MaybeValue.Present(var text) -> Value.sequence(Value.text(text));
        };
    }
}
