package dev.scrubjay.simulation;

import dev.scrubjay.value.LogRecord;

/// What a log was trimmed of, the archive holds.
final class TrimmedIsArchivedInv extends Invariant {
    private final Disks disks;

    TrimmedIsArchivedInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void wrote(String node, long group, LogRecord record) {
        if (record instanceof LogRecord.Trim trim && trim.slot() > disks.archived(group)) {
            throw broken(node + " trims its log of group " + group + " up to slot " + trim.slot()
                    + ", and the archive has " + disks.archived(group) + " slots");
        }
    }
}
