package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Role;
import java.util.Set;

/// Only who keeps the whole state leads, and who keeps the log alone has no state that nobody would scrub.
final class LogReplicasNeverLeadInv extends Invariant implements StepWatcher {
    private final Set<String> logs;

    /// @param logs the nodes that keep the log alone
    LogReplicasNeverLeadInv(Set<String> logs) {
        this.logs = Set.copyOf(logs);
    }

    @Override
    public void stepped(String node, long group, ReplicaView view) {
        if (logs.contains(node) && view.role() != Role.FOLLOWER) {
            throw broken(node + " keeps the log alone, and is " + view.role() + " of group " + group);
        }
        if (logs.contains(node) && view.applied() > 0) {
            throw broken(node + " keeps the log alone, and has applied " + view.applied() + " slots of group " + group);
        }
    }
}
