package dev.scrubjay.checker;

import java.util.Optional;

/// One way to decide a part of a history.
interface Engine {
    /// What users call it.
    String name();

    /// Why it cannot decide a part, in a few words that follow "because"; empty where it can.
    Optional<String> declines(Part<?> part);

    /// Decides a part that it does not decline.
    ///
    /// @param budget asked now and then; once it is used up, the outcome is [Outcome.Stopped]
    <S> Outcome decide(Part<S> part, Budget budget);
}
