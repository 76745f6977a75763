package dev.scrubjay.object;

import dev.scrubjay.history.Format;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;

/// How to read what not every source of histories means the same way.
///
/// @param failures what an operation that failed tells
/// @param absentReads what a read that gave back nothing tells
/// @param initial what there is at first, where the object holds one value
public record Reading(Failures failures, AbsentReads absentReads, Value initial) {
    /// What an operation that failed tells.
    public enum Failures {
        /// Nothing: it did not happen. So Jepsen and Knossos mean it.
        DROPPED,
        /// That its condition was not met: a `cas` that fails saw another value than it expected.
        OBSERVED
    }

    /// What a read that gave back nothing tells.
    public enum AbsentReads {
        /// Nothing: nobody noted what it saw. So Knossos means it.
        UNKNOWN,
        /// That it saw the initial value.
        INITIAL
    }

    /// What Jepsen means.
    public static Reading jepsen() {
        return new Reading(Failures.DROPPED, AbsentReads.UNKNOWN, Value.absent());
    }

    /// What those mean who write a format: Jepsen, but in the log of its early tests a failure tells what was
    /// seen, and nothing is read where there is nothing.
    public static Reading of(Format format) {
        return switch (format) {
            case EDN, JSON_LINES -> jepsen();
            case JEPSEN_LOG -> new Reading(Failures.OBSERVED, AbsentReads.INITIAL, Value.absent());
        };
    }

    /// Nothing is left to guess: a read of nothing saw that there was nothing, and a failure is no effect.
    public static Reading exact(Value initial) {
        return new Reading(Failures.DROPPED, AbsentReads.INITIAL, initial);
    }

    /// Whether an operation that failed tells something under this reading.
    public boolean observes(Operation failed) {
        return failures == Failures.OBSERVED && failed.isFailed();
    }
}
