package dev.scrubjay.bug;

import java.util.Arrays;
import java.util.Optional;

/// What may catch a bug. Each is tried alone.
public enum CheckKind {
    /// TLC on the patched specification.
    MODEL_CHECK("model check"),
    /// TLC on what the patched implementation says it did.
    TRACE("trace"),
    /// The invariants of the simulated world, looked at after every step.
    SIMULATION("simulation"),
    /// What clients of the patched implementation saw, held against a store.
    HISTORY("history");

    private final String word;

    CheckKind(String word) {
        this.word = word;
    }

    /// As a person writes it.
    public String word() {
        return word;
    }

    static Optional<CheckKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
