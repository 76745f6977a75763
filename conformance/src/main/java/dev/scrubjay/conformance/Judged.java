package dev.scrubjay.conformance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedMap;

/// What became of one group's part of a trace.
///
/// @param trace the trace's name
/// @param explained how many events, from the first on, the specification explains
/// @param actions how often each action occurs in it
public record Judged(
        String trace, long group, int events, int explained, SortedMap<String, Long> actions, Verdict verdict) {

    /// Whether it is a behaviour of the specification.
    public sealed interface Verdict {
        /// All events are explained.
        record Accepted() implements Verdict {}

        /// The event that no action explains.
        ///
        /// @param at file and line
        /// @param who whose event it is, and which
        /// @param json the event
        /// @param reason why TLC went no further
        /// @param state every variable of the specification where the event should have come
        record Refused(String at, String who, String json, String reason, SequencedMap<String, String> state)
                implements Verdict {
            public Refused {
                state = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(state));
            }
        }

        /// TLC gave up.
        record Undecided(String text) implements Verdict {}
    }
}
