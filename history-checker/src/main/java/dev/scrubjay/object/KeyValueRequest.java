package dev.scrubjay.object;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// What a key-value store is asked, and how histories write it.
///
/// Spec: KeyValueStore!Request
public sealed interface KeyValueRequest {
    Value key();

    /// The name of the operation in a history.
    String f();

    /// The argument of the operation in a history.
    Value argument();

    record Get(Value key) implements KeyValueRequest {
        @Override
        public String f() {
            return "get";
        }

        @Override
        public Value argument() {
            return Value.Mapping.of("key", key);
        }
    }

    record Put(Value key, Value value) implements KeyValueRequest {
        @Override
        public String f() {
            return "put";
        }

        @Override
        public Value argument() {
            return Value.Mapping.of("key", key).with("value", value);
        }
    }

    record Delete(Value key) implements KeyValueRequest {
        @Override
        public String f() {
            return "delete";
        }

        @Override
        public Value argument() {
            return Value.Mapping.of("key", key);
        }
    }

    /// A put that is done only over what is expected.
    ///
    /// @param expected what the key must hold; empty where it must hold nothing
    record ConditionalPut(Value key, Optional<Value> expected, Value value) implements KeyValueRequest {
        @Override
        public String f() {
            return "conditional-put";
        }

        @Override
        public Value argument() {
            return Value.Mapping.of("key", key)
                    .with("expected", KeyValueForm.maybe(expected))
                    .with("value", value);
        }
    }

    /// The request that an operation of a history made.
    ///
    /// @throws HistoryException where it made none
    static KeyValueRequest of(Operation operation) {
        var form = new KeyValueForm(operation.invocation());
        return switch (operation.f()) {
            case "get" -> new Get(form.value("key"));
            case "put" -> new Put(form.value("key"), form.value("value"));
            case "delete" -> new Delete(form.value("key"));
            case "conditional-put" ->
                new ConditionalPut(form.value("key"), form.maybe("expected"), form.value("value"));
            default ->
                throw new HistoryException("event " + operation.invocation().index()
                        + ": a key-value store has no '" + operation.f()
                        + "'; it has: get, put, delete, conditional-put");
        };
    }
}
