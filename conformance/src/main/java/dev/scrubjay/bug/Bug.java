package dev.scrubjay.bug;

import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.specs.InputException;
import java.nio.file.Files;
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
/// @param scenario the name of the one of those that come with the project in which the simulation sees it,
/// if the plan seldom brings what it takes
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
        Optional<String> scenario,
        int seeds,
        String story,
        Optional<Patch> specPatch,
        Optional<Patch> implPatch) {

    /// How many runs a check gets to see of most bugs.
    static final int SEEDS = 5;

    private static final Path SCENARIOS = Path.of("fault-injection", "scenarios");

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

    /// What goes wrong in the runs that a check gets to see: the name of a plan, or the file of a scenario.
    ///
    /// @param home the checkout
    /// @throws InputException when there is no such scenario
    String runs(CheckKind kind, Path home) {
        return switch (kind) {
            case KILLS -> PlanName.kills.name();
            case SIMULATION -> scenario.map(name -> file(name, home)).orElse(plan.name());
            case MODEL_CHECK, TRACE, HISTORY -> plan.name();
        };
    }

    private String file(String name, Path home) {
        var file = home.resolve(SCENARIOS).resolve(name + Trial.SCENARIO);
        if (!Files.isRegularFile(file)) {
            throw new InputException(folder.resolve(BugFolder.DESCRIPTION) + ": Scenario: there is no " + file
                    + "; name one that is there");
        }
        return file.toString();
    }

    /// Whether a check has anything to look at: a specification, or a program. Only the quick plan has a
    /// counterpart in which nothing is lost.
    public boolean concerns(CheckKind kind) {
        return switch (kind) {
            case MODEL_CHECK -> specPatch.isPresent();
            case TRACE, SIMULATION, HISTORY -> implPatch.isPresent();
            case KILLS -> implPatch.isPresent() && plan == PlanName.quick && scenario.isEmpty();
        };
    }
}
