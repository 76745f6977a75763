package dev.scrubjay.checker;

import java.util.function.BooleanSupplier;

/// When to give up on a part of an object, such as a key.
///
/// @param configurations how many configurations may be explored for each part; with this limit alone, the
/// same history always has the same verdict
/// @param bytes how much memory the search may take for each part
/// @param threads how many parts may be decided at the same time
/// @param isOver asked now and then, by several threads; once it says yes, no more is explored
public record Limits(long configurations, long bytes, int threads, BooleanSupplier isOver) {
    private static final long CONFIGURATIONS = 100_000_000;

    /// Far enough from where an array of Java ends.
    private static final long BYTES_MAX = 1L << 32;

    /// What suits most histories: many configurations, as long as it takes, and a good part of the memory
    /// that this process may have.
    public static Limits standard() {
        return of(CONFIGURATIONS);
    }

    /// The same, with another limit on configurations.
    public static Limits of(long configurations) {
        int threads = Runtime.getRuntime().availableProcessors();
        long bytes = Math.min(BYTES_MAX, Runtime.getRuntime().maxMemory() / 2 / threads);
        return new Limits(configurations, bytes, threads, () -> false);
    }

    /// The same, and a deadline.
    public Limits until(BooleanSupplier isOver) {
        return new Limits(configurations, bytes, threads, isOver);
    }
}
