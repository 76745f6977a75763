package dev.scrubjay.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What TLC makes of one trace.
///
/// @param name the trace's
/// @param events how many events it has; one without events is accepted, and says nothing
/// @param explained how many of them, from the first on, the specification explains
public record TraceVerdict(String name, int events, int explained, Judgement judgement) {

    /// Whether the trace is a behaviour of the specification.
    public sealed interface Judgement {
        /// It is: some behaviour explains every event.
        record Accepted() implements Judgement {}

        /// It is not: the event after the explained ones, `events.get(explained)`, cannot follow.
        ///
        /// @param reason one line for people
        /// @param state every variable with its value as TLA+ writes it, where that event was to be
        /// explained. Several states may explain the events before; this is one of them. Empty where there is
        /// not even a first state
        record Refused(String reason, SequencedMap<String, String> state) implements Judgement {
            public Refused {
                state = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(state));
            }
        }

        /// TLC gave up: memory, disk, or somebody ended it.
        record Undecided(String text) implements Judgement {}
    }

    /// Whether every event was explained, by a run of TLC that came to its end.
    public boolean accepted() {
        return judgement instanceof Judgement.Accepted;
    }
}
