package dev.scrubjay.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What a run promises, and which of its faults are more than that: whether what was found is a bug.
///
/// @param inside what a group has to survive, a word for each fault
/// @param outside what is more than that, as it stands in the scenario, and why
/// @param expects whether the scenario also expects what no group promises
public record Contract(Promise promise, List<String> inside, List<String> outside, boolean expects) {
    public Contract {
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
    }

    public static Contract of(Scenario scenario) {
        var inside = new ArrayList<String>();
        var outside = new ArrayList<String>();
        for (var step : scenario.steps()) {
            step.fault()
                    .excess()
                    .ifPresentOrElse(
                            why -> outside.add("'" + ScenarioForm.write(step) + "': " + why),
                            () -> inside.add(step.fault().word()));
        }
        return new Contract(
                scenario.promise(), inside, outside, !scenario.expectations().isEmpty());
    }

    /// Whether the steps that have to come keep the promise, as far as their text tells. One that does not is
    /// no scenario that can be read.
    public static boolean isKeptBy(Scenario scenario) {
        return OneZone.in(scenario).isEmpty();
    }

    /// The same in sentences.
    public static List<String> text(Scenario scenario) {
        return of(scenario).text();
    }

    List<String> text() {
        var lines = new ArrayList<String>();
        lines.add(promised());
        if (!inside.isEmpty()) {
            lines.add(
                    count(inside.size()) + " what a group has to survive: " + String.join(", ", new TreeSet<>(inside)));
        }
        outside.forEach(each -> lines.add("more than a group survives: " + each));
        if (promise != Promise.NOTHING) {
            lines.add("so what was found is a bug" + (expects ? " or more than can be expected" : "") + without());
        }
        return lines;
    }

    private String without() {
        return switch (outside.size()) {
            case 0 -> "";
            case 1 -> " if it is found without that one";
            default -> " if it is found without those";
        };
    }

    private static String count(int faults) {
        return faults == 1 ? "1 fault is" : faults + " faults are";
    }

    private String promised() {
        return switch (promise) {
            case EVERYTHING -> "everything that a group has to survive is promised (survive=everything)";
            case ONE_ZONE ->
                "everything is promised that a group has to survive, of one zone at a time (survive=one-zone)";
            case NOTHING -> "nothing is promised (survive=nothing): what was found need be no bug";
        };
    }
}
