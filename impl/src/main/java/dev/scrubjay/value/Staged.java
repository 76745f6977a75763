package dev.scrubjay.value;

/// How much of a snapshot of another replica has come, which is to take the place of a group's own state.
///
/// @param slot the last that was applied to it
/// @param from the key from which on rows are still to come
/// @param isWhole whether there are none
public record Staged(long slot, Bytes from, boolean isWhole) {}
