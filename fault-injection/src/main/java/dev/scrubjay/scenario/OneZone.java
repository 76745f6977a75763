package dev.scrubjay.scenario;

import dev.scrubjay.nemesis.Blame;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.world.Places;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whether what goes wrong at the same time could be one zone that is lost: as far as the text of a scenario
/// tells.
///
/// It does not tell who leads, nor when an action or a moment comes. Steps about which that decides are left
/// to the run, and so are those that are optional: it leaves out what would be too much.
final class OneZone {
    private final Places places;

    /// A step of which the text tells whom it strikes, and when.
    ///
    /// @param place of the step among all
    /// @param zones what it can be put down to
    private record Known(int place, long from, long to, SortedSet<String> zones) {}

    /// A step that is too much.
    ///
    /// @param earlier the place of the step that goes on when it comes; the same if it is too much by itself
    record Excess(int earlier, int later) {}

    private OneZone(List<Place> nodes) {
        this.places = new Written(nodes);
    }

    /// All that a text tells of nodes. Nobody leads.
    private record Written(List<Place> all) implements Places {
        @Override
        public SortedSet<String> nodes() {
            var names = new TreeSet<String>();
            all.forEach(place -> names.add(place.name()));
            return names;
        }

        @Override
        public String zone(String node) {
            return all.stream()
                    .filter(place -> place.name().equals(node))
                    .findFirst()
                    .orElseThrow()
                    .site()
                    .zone();
        }

        @Override
        public Optional<String> leader() {
            return Optional.empty();
        }
    }

    /// The first step that is certainly too much; none if there is no such step, or no such promise.
    static Optional<Excess> in(Scenario scenario) {
        return scenario.promise() == Promise.ONE_ZONE
                ? new OneZone(scenario.nodes()).in(scenario.steps())
                : Optional.empty();
    }

    private Optional<Excess> in(List<Step> steps) {
        var known = new ArrayList<Known>();
        for (int place = 0; place < steps.size(); place++) {
            known(place, steps.get(place)).ifPresent(known::add);
        }
        known.sort(Comparator.comparingLong(Known::from));
        for (int i = 0; i < known.size(); i++) {
            var each = known.get(i);
            var left = new TreeSet<>(each.zones());
            if (left.isEmpty()) {
                return Optional.of(new Excess(each.place(), each.place()));
            }
            for (var before : known.subList(0, i)) {
                if (before.to() >= each.from()) {
                    left.retainAll(before.zones());
                    if (left.isEmpty()) {
                        return Optional.of(new Excess(before.place(), each.place()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Known> known(int place, Step step) {
        boolean isNamed =
                step.fault().parts().stream().allMatch(who -> who instanceof Who.Named || who instanceof Who.Zone);
        return !step.isOptional() && isNamed && step.trigger() instanceof Trigger.At(var from)
                ? Optional.of(new Known(place, from, from + step.lastsNanos(), Blame.of(step.fault(), places)))
                : Optional.empty();
    }
}
