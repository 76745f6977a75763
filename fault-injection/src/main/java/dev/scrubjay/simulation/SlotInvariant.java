package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;
import java.util.HashMap;
import java.util.Map;

/// An invariant about the slots that a replica has got through, each looked at once, when it gets there.
abstract class SlotInvariant extends Invariant implements StepWatcher {
    /// How far a replica was when it was looked at last.
    private static final class Looked {
        private long slot;
    }

    /// Of each node, by group.
    private final Map<String, Map<Long, Looked>> nodes = new HashMap<>();

    /// How far the replica is.
    abstract long reached(ReplicaView view);

    abstract void look(String node, long group, long slot, ReplicaView view);

    /// It begins anew when it is back.
    @Override
    final void poweredOff(String node) {
        nodes.remove(node);
    }

    @Override
    public final void stepped(String node, long group, ReplicaView view) {
        long reached = reached(view);
        var looked = nodes.computeIfAbsent(node, _ -> new HashMap<>()).computeIfAbsent(group, _ -> new Looked());
        for (long slot = looked.slot + 1; slot <= reached; slot++) {
            look(node, group, slot, view);
        }
        looked.slot = reached;
    }
}
