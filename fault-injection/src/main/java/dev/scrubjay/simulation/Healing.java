package dev.scrubjay.simulation;

import dev.scrubjay.protocol.GroupStatus;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.value.ReplicaKind;
import java.util.ArrayList;
import java.util.List;

/// When the faults are over the groups must work again: answer every client, agree, and hold every write that
/// was acknowledged.
final class Healing {
    private static final long LOOK_NANOS = 100_000_000;

    private final Scenario scenario;
    private final Cluster cluster;
    private final Disks disks;
    private final Wrongs wrongs;
    private final Timeline timeline;
    private final List<SimulatedClient> clients;
    private final SimulatedClient reader;
    private long begun;
    private boolean hasReadCold;

    Healing(
            Scenario scenario,
            Cluster cluster,
            Disks disks,
            Wrongs wrongs,
            Timeline timeline,
            List<SimulatedClient> clients,
            SimulatedClient reader) {
        this.scenario = scenario;
        this.cluster = cluster;
        this.disks = disks;
        this.wrongs = wrongs;
        this.timeline = timeline;
        this.clients = clients;
        this.reader = reader;
    }

    /// Waits until the groups work again. Says what is not as it should be then; nothing if all is.
    String unhealed() {
        clients.forEach(SimulatedClient::rest);
        reader.readBack(everyKey());
        begun = timeline.now();
        long end = begun + scenario.healNanos();
        var unhealed = "";
        while (timeline.now() < end) {
            timeline.runUntil(timeline.now() + LOOK_NANOS);
            unhealed = now();
            if (unhealed.isEmpty()) {
                return "";
            }
        }
        return "after " + scenario.healNanos() / 1_000_000_000 + " s without faults " + unhealed;
    }

    /// What is read at the end, and judged with the rest of the history: so whatever was acknowledged must be
    /// there.
    private List<SimulatedClient.Read> everyKey() {
        var keys = new ArrayList<SimulatedClient.Read>();
        for (long group : cluster.groups()) {
            for (int key = 0; key < scenario.workload().keys(); key++) {
                keys.add(new SimulatedClient.Read(group, SimulatedClient.key(group, key)));
            }
        }
        return keys;
    }

    private String now() {
        if (!clients.stream().allMatch(SimulatedClient::isDone)) {
            return "a client still waits for an answer";
        }
        for (var node : cluster.names()) {
            if (!cluster.node(node).goes()) {
                return "node " + node + " is off or paused";
            }
        }
        for (long group : cluster.groups()) {
            var members = disks.members(group);
            for (var voter : members.voters()) {
                var node = cluster.node(voter.node());
                if (!node.self().equals(voter) || node.kind() == ReplicaKind.LOG) {
                    return "group " + group + " has the voters " + members.voters() + " in generation "
                            + members.generation() + ", and " + voter + " is lost or keeps the log alone";
                }
            }
            var views = members.voters().stream()
                    .map(voter -> cluster.node(voter.node()).view(group))
                    .toList();
            long length = disks.chosenLog(group).size();
            if (cluster.nodes().stream().noneMatch(node -> node.leads(group))) {
                return "group " + group + " has no leader";
            }
            for (ReplicaView view : views) {
                if (view.applied() != length) {
                    return "a replica of group " + group + " has applied " + view.applied() + " of " + length
                            + " chosen slots";
                }
                if (!view.state().equals(views.getFirst().state())) {
                    return "replicas of group " + group + " hold different states: " + view.state() + " and "
                            + views.getFirst().state();
                }
                if (!view.sessions().equals(views.getFirst().sessions())) {
                    return "replicas of group " + group + " hold different sessions: " + view.sessions() + " and "
                            + views.getFirst().sessions();
                }
            }
        }
        if (!reader.isDone()) {
            return "not every key could be read";
        }
        if (wrongs.anywhere().isPresent()) {
            return "a wrong value was not found: " + wrongs.anywhere().get();
        }
        return hasReadCold ? unverified() : readCold();
    }

    /// What is cold is read only when nothing is wrong in it any more.
    private String readCold() {
        hasReadCold = true;
        reader.readBack(Simulation.cold(cluster.groups()));
        return "not every cold key was read";
    }

    /// Scrub has to have gone through once since the faults were over.
    private String unverified() {
        for (long group : cluster.groups()) {
            boolean isUndecided = cluster.nodes().stream()
                    .flatMap(node -> node.status(group).stream())
                    .anyMatch(GroupStatus::isUndecided);
            if (isUndecided) {
                return "scrub cannot say who is wrong in group " + group;
            }
            boolean isVerified = cluster.nodes().stream()
                    .flatMap(node -> node.status(group).stream())
                    .anyMatch(status -> status.unverifiedNanos().orElse(Long.MAX_VALUE) < timeline.now() - begun);
            if (!isVerified) {
                return "no scrub has found all copies of group " + group + " right";
            }
        }
        return "";
    }
}
