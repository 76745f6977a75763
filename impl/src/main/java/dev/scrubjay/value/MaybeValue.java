package dev.scrubjay.value;

/// What a store holds under a key: a value, or none.
public sealed interface MaybeValue {
    /// The key was never written, or was deleted.
    record Absent() implements MaybeValue {}

    /// The key holds this.
    record Present(String value) implements MaybeValue {}

    MaybeValue ABSENT = new Absent();

    static MaybeValue of(String value) {
        return new Present(value);
    }
}
