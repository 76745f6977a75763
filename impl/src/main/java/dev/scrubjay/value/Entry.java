package dev.scrubjay.value;

/// What a slot of the log holds.
public sealed interface Entry {
    /// One request of one session. A get is written too: reads go through the log.
    record Write(long session, long number, Request request) implements Entry {}
}
