package dev.scrubjay.checker;

import org.jspecify.annotations.Nullable;

/// An operation that was placed in an order, and what stands before it. Orders that begin alike share their
/// beginnings.
///
/// @param moment when it happens: just before this event, a completion
record Placement(int operation, int moment, @Nullable Placement before) {}
