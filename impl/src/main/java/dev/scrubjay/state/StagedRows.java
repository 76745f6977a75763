package dev.scrubjay.state;

import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.Staged;
import java.util.Optional;

/// What both stores ask of a snapshot before it takes the place of a state.
final class StagedRows {
    private StagedRows() {}

    /// The slot that a group comes to.
    static long installable(long group, long applied, Optional<Staged> staged) {
        Invariant.holds(
                staged.filter(Staged::isWhole)
                        .filter(whole -> whole.slot() > applied)
                        .isPresent(),
                "group " + group + ": installed over slot " + applied + ": " + staged);
        return staged.map(Staged::slot).orElseThrow();
    }
}
