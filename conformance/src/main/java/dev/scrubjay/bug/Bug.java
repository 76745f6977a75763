package dev.scrubjay.bug;

import dev.scrubjay.simulation.PlanName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A seeded bug: one idea of what goes wrong, as a change of the specification, of the implementation, or of
/// both.
///
/// @param folder where it lies
/// @param number the one that its name begins with
/// @param title what is wrong, in plain words
/// @param catalogue its number among the known bugs of systems of this kind, if it is one of them
/// @param caughtBy the checks that must catch it
/// @param missedBy the controls that must not
/// @param breaks the invariant or property that the model check must report, if that must catch it
/// @param models models of the specification in which it shows, looked at before those of the smoke tier
/// @param plan what goes wrong in the simulated runs
/// @param seeds how many of them a check sees that must catch it
/// @param story whose bug it is, and why each check sees it or cannot
public record Bug(
        Path folder,
        int number,
        String title,
        OptionalInt catalogue,
        Set<CheckKind> caughtBy,
        Set<CheckKind> missedBy,
        Optional<String> breaks,
        List<String> models,
        PlanName plan,
        int seeds,
        String story,
        Optional<Patch> specPatch,
        Optional<Patch> implPatch) {

    /// How many runs a check gets to see of most bugs.
    static final int SEEDS = 5;

    public Bug {
        caughtBy = sorted(caughtBy);
        missedBy = sorted(missedBy);
        models = List.copyOf(models);
    }

    private static Set<CheckKind> sorted(Set<CheckKind> kinds) {
        var sorted = EnumSet.noneOf(CheckKind.class);
        sorted.addAll(kinds);
        return Collections.unmodifiableSet(sorted);
    }

    /// The name of its folder.
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    /// How many runs of the simulated world a check gets to see. One that shows a bug in rare moments only is
    /// worth many to a check that is known to see it, and to no other. A control sees as many as what it is
    /// compared with.
    int seeds(CheckKind kind) {
        return caughtBy.contains(kind == CheckKind.KILLS ? CheckKind.SIMULATION : kind) ? seeds : SEEDS;
    }

    /// What goes wrong in the runs that a check gets to see.
    PlanName plan(CheckKind kind) {
        return kind == CheckKind.KILLS ? PlanName.kills : plan;
    }

    /// Whether a check has anything to look at: a specification, or a program. Only a campaign has a
    /// counterpart in which nothing is lost.
    public boolean concerns(CheckKind kind) {
        return switch (kind) {
            case MODEL_CHECK -> specPatch.isPresent();
            case TRACE, SIMULATION, HISTORY -> implPatch.isPresent();
            case KILLS -> implPatch.isPresent() && plan == PlanName.campaign;
        };
    }
}
