package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;
import java.util.HashMap;
import java.util.Map;

/// What a replica applied is synced in its own log.
final class AppliedIsSyncedInv extends Invariant {
    private record Place(String node, long group) {}

    private final Disks disks;
    private final Map<Place, Long> looked = new HashMap<>();

    AppliedIsSyncedInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void poweredOff(String node) {
        looked.keySet().removeIf(place -> place.node().equals(node));
    }

    @Override
    void stepped(String node, long group, ReplicaView view) {
        var place = new Place(node, group);
        for (long slot = looked.getOrDefault(place, 0L) + 1; slot <= view.applied(); slot++) {
            if (!disks.hasSyncedEntry(node, group, slot, view.entryOf(slot))) {
                throw broken(node + " applied slot " + slot + " of group " + group
                        + ", which is not synced in its own log: " + view.entryOf(slot));
            }
        }
        looked.put(place, view.applied());
    }
}
