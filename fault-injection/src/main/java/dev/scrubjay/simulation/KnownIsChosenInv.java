package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;
import java.util.HashMap;
import java.util.Map;

/// What a replica knows chosen is chosen, and it holds it.
final class KnownIsChosenInv extends Invariant {
    private record Place(String node, long group) {}

    private final Disks disks;
    private final Map<Place, Long> looked = new HashMap<>();

    KnownIsChosenInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void poweredOff(String node) {
        looked.keySet().removeIf(place -> place.node().equals(node));
    }

    @Override
    void stepped(String node, long group, ReplicaView view) {
        var place = new Place(node, group);
        var log = disks.chosenLog(group);
        for (long slot = looked.getOrDefault(place, 0L) + 1; slot <= view.known(); slot++) {
            if (slot > log.size()) {
                throw broken(
                        node + " knows slot " + slot + " of group " + group + " chosen, and no quorum has synced it");
            }
            var chosen = log.get((int) slot - 1);
            if (!view.entryOf(slot).equals(chosen)) {
                throw broken(node + " knows slot " + slot + " of group " + group + " chosen and holds "
                        + view.entryOf(slot) + " there; chosen is " + chosen);
            }
        }
        looked.put(place, view.known());
    }
}
