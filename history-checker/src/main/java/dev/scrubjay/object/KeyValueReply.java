package dev.scrubjay.object;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// What a key-value store answers, and how histories write it.
///
/// Spec: KeyValueStore!Reply
public sealed interface KeyValueReply {
    /// The result of the operation in a history.
    Value result();

    /// To a put, a delete, or a conditional put that was met.
    record Done() implements KeyValueReply {
        @Override
        public Value result() {
            return Value.Mapping.of("outcome", Value.text("done"));
        }
    }

    /// To a get.
    ///
    /// @param held what the key holds, if anything
    record Found(Optional<Value> held) implements KeyValueReply {
        @Override
        public Value result() {
            return Value.Mapping.of("outcome", Value.text("done")).with("held", KeyValueForm.maybe(held));
        }
    }

    /// To a conditional put that found something else than it expected.
    ///
    /// @param held what the key holds, if anything
    record Unmet(Optional<Value> held) implements KeyValueReply {
        @Override
        public Value result() {
            return Value.Mapping.of("outcome", Value.text("unmet")).with("held", KeyValueForm.maybe(held));
        }
    }

    /// The reply that a completion of a history tells of.
    ///
    /// @throws HistoryException where it tells of none that this request can have
    static KeyValueReply of(KeyValueRequest request, Event completion) {
        var form = new KeyValueForm(completion);
        var outcome = form.value("outcome");
        if (outcome.equals(Value.text("done"))) {
            return request instanceof KeyValueRequest.Get ? new Found(form.maybe("held")) : new Done();
        }
        if (outcome.equals(Value.text("unmet")) && request instanceof KeyValueRequest.ConditionalPut) {
            return new Unmet(form.maybe("held"));
        }
        throw new HistoryException("event " + completion.index() + ": " + request.f() + " has no outcome " + outcome);
    }
}
