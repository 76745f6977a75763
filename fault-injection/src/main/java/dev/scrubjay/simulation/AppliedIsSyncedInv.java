package dev.scrubjay.simulation;

import dev.scrubjay.protocol.ReplicaView;

/// What a replica applied is synced in its own log.
final class AppliedIsSyncedInv extends SlotInvariant {
    private final Disks disks;

    AppliedIsSyncedInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    long reached(ReplicaView view) {
        return view.applied();
    }

    @Override
    void look(String node, long group, long slot, ReplicaView view) {
        view.entryOf(slot)
                .filter(held -> !disks.hasSyncedEntry(node, group, slot, held))
                .ifPresent(held -> {
                    throw broken(node + " applied slot " + slot + " of group " + group
                            + ", which is not synced in its own log: " + held);
                });
    }
}
