package dev.scrubjay.simulation;

import dev.scrubjay.value.Entry;

/// The archive holds the first slots of what is chosen.
final class ArchiveIsPrefixInv extends Invariant {
    private final Disks disks;

    ArchiveIsPrefixInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void archived(long group, long slot, Entry entry) {
        var chosen = disks.chosenLog(group);
        if (slot > chosen.size()) {
            throw broken(
                    "the archive has slot " + slot + " of group " + group + ", and no quorum has synced it: " + entry);
        }
        if (!chosen.get((int) slot - 1).equals(entry)) {
            throw broken("the archive has " + entry + " in slot " + slot + " of group " + group + "; chosen is "
                    + chosen.get((int) slot - 1));
        }
    }
}
