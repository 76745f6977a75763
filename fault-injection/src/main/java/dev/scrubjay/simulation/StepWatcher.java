package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;

/// An invariant about what can be seen of a replica: it looks when its node took a step. Most look at
/// something else, and to ask them too was a twentieth of a run with many groups that are idle.
interface StepWatcher {
    /// A node took a step in which this replica of it was given something, or it was switched on.
    void stepped(String node, long group, ReplicaView view);
}
