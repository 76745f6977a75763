package dev.scrubjay.specs;

/// What a model must do: hold, or break one named invariant or property to show that a rule is needed.
public sealed interface Expected {
    record Holds() implements Expected {
        @Override
        public String toString() {
            return "holds";
        }
    }

    record Violates(String name) implements Expected {
        @Override
        public String toString() {
            return "violates " + name;
        }
    }
}
