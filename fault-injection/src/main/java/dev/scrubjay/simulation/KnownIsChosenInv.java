package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;

/// What a replica knows chosen is chosen, and it holds it.
final class KnownIsChosenInv extends SlotInvariant {
    private final Disks disks;

    KnownIsChosenInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    long reached(ReplicaView view) {
        return view.known();
    }

    @Override
    void look(String node, long group, long slot, ReplicaView view) {
        var log = disks.chosenLog(group);
        if (slot > log.size()) {
            throw broken(node + " knows slot " + slot + " of group " + group + " chosen, and no quorum has synced it");
        }
        var chosen = log.get((int) slot - 1);
        view.entryOf(slot).filter(held -> !held.equals(chosen)).ifPresent(held -> {
            throw broken(node + " knows slot " + slot + " of group " + group + " chosen and holds " + held
                    + " there; chosen is " + chosen);
        });
    }
}
