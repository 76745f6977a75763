package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;
import java.util.HashMap;
import java.util.Map;

/// An invariant about the slots that a replica has got through, each looked at once, when it gets there.
abstract class SlotInvariant extends Invariant {
    private record Place(String node, long group) {}

    private final Map<Place, Long> looked = new HashMap<>();

    /// How far the replica is.
    abstract long reached(ReplicaView view);

    abstract void look(String node, long group, long slot, ReplicaView view);

    /// It begins anew when it is back.
    @Override
    final void poweredOff(String node) {
        looked.keySet().removeIf(place -> place.node().equals(node));
    }

    @Override
    final void stepped(String node, long group, ReplicaView view) {
        long reached = reached(view);
        var place = new Place(node, group);
        long before = looked.getOrDefault(place, 0L);
        for (long slot = before + 1; slot <= reached; slot++) {
            look(node, group, slot, view);
        }
        if (reached != before) {
            looked.put(place, reached);
        }
    }
}
