package dev.scrubjay.bug;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What may catch a bug. Each is tried alone: our checks, and a control that is none of ours.
public enum CheckKind {
    /// TLC on the patched specification.
    MODEL_CHECK("model check"),
    /// TLC on what the patched implementation says it did.
    TRACE("trace"),
    /// The invariants of the simulated world, looked at after every step.
    SIMULATION("simulation"),
    /// What clients of the patched implementation saw, held against a store.
    HISTORY("history"),
    /// The simulation again, in a world in which a power-off takes nothing from the disks: a control. What it
    /// does not see, nobody sees who only kills processes.
    KILLS("kills");

    private final String word;

    CheckKind(String word) {
        this.word = word;
    }

    /// As a person writes it.
    public String word() {
        return word;
    }

    /// Whether it is there to compare our checks with, so that nothing has to be caught by it.
    public boolean isControl() {
        return this == KILLS;
    }

    /// Those that a bug may have to be caught by.
    public static List<CheckKind> checks() {
        return Arrays.stream(values()).filter(kind -> !kind.isControl()).toList();
    }

    /// Those that a bug may have to be missed by.
    public static List<CheckKind> controls() {
        return Arrays.stream(values()).filter(CheckKind::isControl).toList();
    }

    static Optional<CheckKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
