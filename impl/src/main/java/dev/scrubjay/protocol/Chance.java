package dev.scrubjay.protocol;

/// Where the protocol's few random decisions come from: two candidates that waited equally long would stand
/// at the same moment for ever.
@FunctionalInterface
public interface Chance {
    /// A number from 0 on, below the bound.
    long below(long bound);
}
