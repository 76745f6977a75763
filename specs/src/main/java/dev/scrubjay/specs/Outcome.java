package dev.scrubjay.specs;

/// How a run of TLC ended.
public sealed interface Outcome {
    /// Every reachable state was looked at, and all that was checked held.
    record Completed() implements Outcome {}

    /// Something that was checked did not hold.
    ///
    /// @param name the invariant or property; empty where TLC names none
    /// @param text one line for people
    record Violated(Kind kind, String name, String text, Counterexample counterexample) implements Outcome {}

    /// The specification or its configuration cannot be used. `text` names the file and the line.
    record Unreadable(String text) implements Outcome {}

    /// TLC gave up: memory, disk, or somebody ended it.
    record Undecided(String text) implements Outcome {}

    enum Kind {
        INVARIANT("invariant"),
        PROPERTY("property"),
        DEADLOCK("deadlock"),
        ASSUMPTION("assumption"),
        ASSERTION("assertion"),
        EVALUATION("evaluation");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
