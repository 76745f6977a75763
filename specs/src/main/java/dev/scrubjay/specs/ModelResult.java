package dev.scrubjay.specs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What TLC found in one model.
///
/// @param distinctStates how many it found until it ended
/// @param neverTaken actions of the next-state relation that led nowhere, known only after a complete run
/// @param unreached names of the model's `reach` that held, known only after a complete run
/// @param tlc the version of TLC, as it calls itself
public record ModelResult(
        Model model,
        Outcome outcome,
        long distinctStates,
        List<String> neverTaken,
        List<String> unreached,
        Duration time,
        String tlc) {

    public ModelResult {
        neverTaken = List.copyOf(neverTaken);
        unreached = List.copyOf(unreached);
    }

    /// The run against what the manifest expects of it. Empty for a model that did as it must, and for one
    /// that could not be run.
    public List<Finding> findings() {
        return switch (outcome) {
            case Outcome.Completed() -> afterCompletion();
            case Outcome.Violated violated when isExpected(violated) -> List.of();
            case Outcome.Violated violated ->
                List.of(new Finding(violated.kind().word(), violated.text()));
            case Outcome.Unreadable _, Outcome.Undecided _ -> List.of();
        };
    }

    /// The behaviour to show, if there is one that was not expected.
    public Optional<Counterexample> counterexample() {
        return outcome instanceof Outcome.Violated violated
                        && !isExpected(violated)
                        && !violated.counterexample().states().isEmpty()
                ? Optional.of(violated.counterexample())
                : Optional.empty();
    }

    private boolean isExpected(Outcome.Violated violated) {
        return model.expected() instanceof Expected.Violates(var name)
                && violated.name().equals(name);
    }

    private List<Finding> afterCompletion() {
        if (model.expected() instanceof Expected.Violates(var name)) {
            return List.of(new Finding(
                    "holds",
                    name + " holds, but this model is here to break it: the rule that it does without is not needed"));
        }
        var findings = new ArrayList<Finding>();
        model.distinctStates().ifPresent(expected -> {
            if (expected != distinctStates) {
                findings.add(new Finding(
                        "distinct-states",
                        String.format(
                                Locale.ROOT,
                                "%,d distinct states, expected %,d: the specification says something else than when that was "
                                        + "recorded; if it is meant to, record %d in %s",
                                distinctStates,
                                expected,
                                distinctStates,
                                SpecsFolder.MANIFEST)));
            }
        });
        model.leavesOut().ifPresent(leftOut -> {
            neverTaken.stream()
                    .filter(action -> !leftOut.contains(action))
                    .forEach(action -> findings.add(new Finding(
                            "never-taken",
                            "action " + action + " never happens, so nothing here was checked about it; widen the"
                                    + " bounds, or name it in leavesOut")));
            leftOut.stream()
                    .filter(action -> !neverTaken.contains(action))
                    .forEach(action -> findings.add(new Finding(
                            "never-taken",
                            "action " + action + " is said to be left out, and happens; take it from leavesOut")));
        });
        for (var name : unreached) {
            findings.add(new Finding(
                    "unreached",
                    name + " holds and should not: the model never gets to what it says; widen the bounds"));
        }
        return findings;
    }
}
