package dev.scrubjay.value;

/// What a client asks of a store. None looks beyond its own key.
public sealed interface Request {
    String key();

    /// What is there?
    record Get(String key) implements Request {}

    /// Write over whatever is there.
    record Put(String key, String value) implements Request {}

    /// Leave nothing there.
    record Delete(String key) implements Request {}

    /// Write only over exactly what is expected.
    record ConditionalPut(String key, MaybeValue expected, String value) implements Request {}
}
