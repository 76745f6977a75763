package dev.scrubjay.value;

/// What a store answers.
public sealed interface Reply {
    /// A write was done.
    record Done() implements Reply {}

    /// A get found this.
    record Found(MaybeValue held) implements Reply {}

    /// A conditional put did nothing, because this was there.
    record Unmet(MaybeValue held) implements Reply {}

    Reply DONE = new Done();
}
