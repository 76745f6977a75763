package dev.scrubjay.scenario;

import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import dev.scrubjay.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        Set<Expectation> expectations) {

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
    public enum Expectation {
        /// Nothing that goes wrong is a reason for another leader, or for other voters.
        NO_ELECTION("no-election");

        private final String word;

        Expectation(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Scenario {
        nodes = List.copyOf(nodes);
        steps = List.copyOf(steps);
        expectations = Set.copyOf(expectations);
    }

    /// The same, with other chances.
    public Scenario with(long other) {
        return new Scenario(
                other, nodes, groups, settings, workload, busyNanos, healNanos, losses, ledNanos, steps, expectations);
    }

    /// The same, with other faults.
    public Scenario with(List<Step> others) {
        return new Scenario(
                seed, nodes, groups, settings, workload, busyNanos, healNanos, losses, ledNanos, others, expectations);
    }

    /// The same, with other settings.
    public Scenario with(Settings others) {
        return new Scenario(
                seed, nodes, groups, others, workload, busyNanos, healNanos, losses, ledNanos, steps, expectations);
    }

    /// The same, of another size.
    public Scenario sized(List<Place> otherNodes, int otherGroups, Workload load) {
        return new Scenario(
                seed,
                otherNodes,
                otherGroups,
                settings,
                load,
                busyNanos,
                healNanos,
                losses,
                ledNanos,
                steps,
                expectations);
    }

    /// The same, but that clients work for so long.
    public Scenario lasting(long nanos) {
        return new Scenario(
                seed, nodes, groups, settings, workload, nanos, healNanos, losses, ledNanos, steps, expectations);
    }
}
