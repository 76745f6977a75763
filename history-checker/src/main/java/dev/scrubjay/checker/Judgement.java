package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import java.util.List;
import java.util.Optional;

/// A verdict, and how it was come by.
///
/// @param parts of each part of the object how it was decided, in the order of their first operations
public record Judgement(Verdict verdict, List<Part> parts) {
    public Judgement {
        parts = List.copyOf(parts);
    }

    /// How a part was decided.
    ///
    /// @param key the part; empty where the object has no parts
    /// @param operations how many operations mattered there
    /// @param engine what users call the engine
    /// @param reason why this engine: a few words that follow its name
    /// @param isDeclined whether the engine that was asked for does not decide such a part
    /// @param explored how many configurations it looked at; 0 where it did not search
    public record Part(
            Optional<Value> key, int operations, String engine, String reason, boolean isDeclined, long explored) {}

    /// Whether an engine that was asked for does not decide such a history.
    public boolean isDeclined() {
        return parts.stream().anyMatch(Part::isDeclined);
    }
}
