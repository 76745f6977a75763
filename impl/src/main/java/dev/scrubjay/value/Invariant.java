package dev.scrubjay.value;

/// What must be so, checked in production too: wrong is worse than down.
public final class Invariant {
    /// Our own defect: the replica stops.
    public static final class Broken extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Broken(String text) {
            super(text);
        }
    }

    private Invariant() {}

    /// Stops the replica unless the condition holds.
    public static void holds(boolean condition, String text) {
        if (!condition) {
            throw new Broken("invariant broken: " + text);
        }
    }
}
