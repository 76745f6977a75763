package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Every way to read a history.
public final class Readings {
    private Readings() {}

    /// All readings with one of these initial values.
    public static Arbitrary<Reading> all(Value... initials) {
        return Combinators.combine(
                        Arbitraries.of(Reading.Failures.class),
                        Arbitraries.of(Reading.AbsentReads.class),
                        Arbitraries.of(initials))
                .as(Reading::new);
    }
}
