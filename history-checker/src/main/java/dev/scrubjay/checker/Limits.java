package dev.scrubjay.checker;

import java.util.function.BooleanSupplier;

/// When to give up.
///
/// @param configurations how many configurations may be explored for each part of the object, such as a key;
/// with this limit alone, the same history always has the same verdict
/// @param isOver asked now and then; once it says yes, no more is explored
public record Limits(long configurations, BooleanSupplier isOver) {
    private static final long CONFIGURATIONS = 10_000_000;

    /// What suits most histories: many configurations, as long as it takes.
    public static Limits standard() {
        return of(CONFIGURATIONS);
    }

    public static Limits of(long configurations) {
        return new Limits(configurations, () -> false);
    }

    /// The same, and a deadline.
    public Limits until(BooleanSupplier isOver) {
        return new Limits(configurations, isOver);
    }
}
