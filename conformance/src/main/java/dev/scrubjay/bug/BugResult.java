package dev.scrubjay.bug;

import dev.scrubjay.specs.Finding;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of trying every check on a bug.
///
/// @param cells for each check what it made of it
/// @param findings what is not as the bug says
public record BugResult(Bug bug, Map<CheckKind, Cell> cells, List<Finding> findings, Duration time) {

    public BugResult {
        cells = Collections.unmodifiableMap(new EnumMap<>(cells));
        findings = List.copyOf(findings);
    }

    /// What one check made of a bug.
    public sealed interface Cell {
        /// It caught it.
        ///
        /// @param where the seed, or the model, that showed it
        /// @param broken the invariant or property that a model check found broken
        /// @param text what the check said
        record Caught(String where, Optional<String> broken, String text, Duration time) implements Cell {}

        /// It looked, and saw nothing.
        record Missed(Duration time) implements Cell {}

        /// There was nothing for it to look at, or nobody asked for it.
        record NotTried() implements Cell {}
    }

    /// How many checks caught it. A control is none.
    public long catches() {
        return CheckKind.checks().stream().filter(this::isCaughtBy).count();
    }

    /// Whether a power-off showed it and kills did not, as its description says: the simulation caught it,
    /// and not where nothing is lost. Without that word of its description it may have been luck.
    public boolean takesPowerOff() {
        return bug.missedBy().contains(CheckKind.KILLS)
                && isCaughtBy(CheckKind.SIMULATION)
                && cells.get(CheckKind.KILLS) instanceof Cell.Missed;
    }

    private boolean isCaughtBy(CheckKind kind) {
        return cells.get(kind) instanceof Cell.Caught;
    }
}
