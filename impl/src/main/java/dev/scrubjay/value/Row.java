package dev.scrubjay.value;

/// A row of a state, as its store keeps it.
public record Row(Bytes key, Bytes value) {}
