package dev.scrubjay.simulation;

import dev.scrubjay.port.Clock;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One leader at most holds a lease, each by its own clock at the same true moment. One that stands still
/// holds what it holds: it may go on in the very next moment.
final class OneHolderInv extends Invariant implements StepWatcher {
    private record Watched(ReplicaView view, Clock clock) {
        /// Most do not lead, which is quicker to see.
        boolean holdsLease() {
            return view.role() == Role.LEADER && view.holdsLease(clock.now());
        }
    }

    /// Of each group, the replicas whose nodes are on.
    private final Map<Long, SortedMap<String, Watched>> groups = new HashMap<>();

    @Override
    void poweredOn(String node, long group, ReplicaView view, Clock clock) {
        groups.computeIfAbsent(group, _ -> new TreeMap<>()).put(node, new Watched(view, clock));
    }

    @Override
    void poweredOff(String node) {
        groups.values().forEach(replicas -> replicas.remove(node));
    }

    /// Only a step makes a holder: time takes leases and gives none, and no clock goes back.
    @Override
    public void stepped(String node, long group, ReplicaView view) {
        if (view.role() != Role.LEADER) {
            return;
        }
        var replicas = groups.getOrDefault(group, new TreeMap<>());
        var stepped = replicas.get(node);
        if (stepped == null) {
            return;
        }
        for (var other : replicas.entrySet()) {
            var watched = other.getValue();
            if (!other.getKey().equals(node) && watched.holdsLease() && stepped.holdsLease()) {
                throw broken(node + " and " + other.getKey() + " hold the lease of group " + group + ", at ballots "
                        + view.promisedBallot() + " and " + watched.view().promisedBallot());
            }
        }
    }
}
