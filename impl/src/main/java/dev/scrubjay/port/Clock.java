package dev.scrubjay.port;

/// A node's own clock.
@FunctionalInterface
public interface Clock {
    /// Nanoseconds since some moment that is the same as long as the node runs. Never goes back.
    long now();
}
