package dev.scrubjay.scenario;

import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import dev.scrubjay.workload.Workload;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What happens in a run, from the first moment to the last. Together with the program that runs it this
/// decides all of it: the same scenario is the same run.
///
/// @param seed decides what the scenario does not say: how long messages take, what clients ask for, what a
/// power-off takes
/// @param groups how many groups the nodes host
/// @param settings of the nodes
/// @param busyNanos how long clients work, and faults begin
/// @param healNanos how long the groups have after that to be as they should
/// @param losses whether a power-off loses anything that was written, or is a kill and no more
/// @param ledNanos if it says so, faults count their time from when all groups have had their leaders for so
/// long; else from the beginning
/// @param steps what goes wrong
/// @param promise what must survive that
public record Scenario(
        long seed,
        List<Place> nodes,
        int groups,
        Settings settings,
        Workload workload,
        long busyNanos,
        long healNanos,
        boolean losses,
        Optional<Long> ledNanos,
        List<Step> steps,
        Set<Expectation> expectations,
        Promise promise) {

    /// A node: where it stands, and what it is at first.
    ///
    /// @param votes whether it votes in all groups, or is a spare
    public record Place(String name, Site site, boolean votes) {
        /// Whether it keeps the state, and not the log alone.
        public boolean keepsState() {
            return site.kind() == ReplicaKind.STORAGE;
        }
    }

    /// What a run has to show besides what every run has to.
    public sealed interface Expectation {
        /// What it is called; of what is found under this name it tells.
        String word();

        /// As it stands in a scenario.
        default String text() {
            return word();
        }

        /// Nothing that goes wrong is a reason for another leader, or for other voters.
        record NoElection() implements Expectation {
            @Override
            public String word() {
                return "no-election";
            }
        }

        /// So large a share of what clients ask for is answered before they give up.
        ///
        /// @param isOfWrites whether of writes; else of gets
        /// @param perMille the share, in parts of a thousand
        /// @param outsideNanos if it says so, nothing counts that begins while a fault goes on, or so soon
        /// after it; else all counts
        record Availability(boolean isOfWrites, int perMille, Optional<Long> outsideNanos) implements Expectation {
            @Override
            public String word() {
                return isOfWrites ? "write-availability" : "read-availability";
            }

            @Override
            public String text() {
                return word() + " " + Quantity.share(perMille)
                        + outsideNanos
                                .map(nanos -> " outside " + Quantity.time(nanos) + " after fault")
                                .orElse("");
            }
        }
    }

    /// Expectations are kept in one order, whatever set they come in.
    public Scenario {
        nodes = List.copyOf(nodes);
        steps = List.copyOf(steps);
        var sorted = new TreeSet<>(Comparator.comparing(Expectation::text));
        sorted.addAll(expectations);
        expectations = Collections.unmodifiableSet(sorted);
    }

    /// One that promises what every group has to survive.
    public Scenario(
            long seed,
            List<Place> nodes,
            int groups,
            Settings settings,
            Workload workload,
            long busyNanos,
            long healNanos,
            boolean losses,
            Optional<Long> ledNanos,
            List<Step> steps,
            Set<Expectation> expectations) {
        this(
                seed,
                nodes,
                groups,
                settings,
                workload,
                busyNanos,
                healNanos,
                losses,
                ledNanos,
                steps,
                expectations,
                Promise.EVERYTHING);
    }

    /// The same, with other chances.
    public Scenario with(long other) {
        return with(other, settings, steps);
    }

    /// The same, with other faults.
    public Scenario with(List<Step> others) {
        return with(seed, settings, others);
    }

    /// The same, with other settings.
    public Scenario with(Settings others) {
        return with(seed, others, steps);
    }

    private Scenario with(long otherSeed, Settings otherSettings, List<Step> otherSteps) {
        return new Scenario(
                otherSeed,
                nodes,
                groups,
                otherSettings,
                workload,
                busyNanos,
                healNanos,
                losses,
                ledNanos,
                otherSteps,
                expectations,
                promise);
    }

    /// The same, of another size.
    public Scenario sized(List<Place> otherNodes, int otherGroups, Workload load) {
        return sized(otherNodes, otherGroups, load, busyNanos);
    }

    /// The same, but that clients work for so long.
    public Scenario lasting(long nanos) {
        return sized(nodes, groups, workload, nanos);
    }

    private Scenario sized(List<Place> otherNodes, int otherGroups, Workload load, long nanos) {
        return new Scenario(
                seed,
                otherNodes,
                otherGroups,
                settings,
                load,
                nanos,
                healNanos,
                losses,
                ledNanos,
                steps,
                expectations,
                promise);
    }

    /// The same, but that it expects and promises something else.
    public Scenario expecting(Set<Expectation> others, Promise other) {
        return new Scenario(
                seed, nodes, groups, settings, workload, busyNanos, healNanos, losses, ledNanos, steps, others, other);
    }
}
