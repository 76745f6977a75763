package dev.scrubjay.simulation;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.RecordName;
import dev.scrubjay.log.Recovered;
import java.util.List;

/// What recovery finds is what was written, in its order, and as much of it at least as was synced. What can
/// be read no more is named, and that is only what rotted.
final class SyncedStaysInv extends Invariant {
    private final Disks disks;

    SyncedStaysInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void found(String node, int trimmed, List<Recovered> found) {
        var written = disks.written(node);
        int synced = disks.synced(node);
        int last = trimmed + found.size();
        if (last < synced) {
            throw broken(node + " had synced " + synced + " records, and recovery finds " + last);
        }
        if (last > written.size()) {
            throw broken(node + " had written " + written.size() + " records, and recovery finds " + last);
        }
        for (int i = trimmed; i < last; i++) {
            var one = found.get(i - trimmed);
            if (!isOf(one, written.get(i))) {
                throw broken(
                        "record " + (i + 1) + " of " + node + " was " + written.get(i) + ", and recovery finds " + one);
            }
            if (one instanceof Recovered.Corrupt && !disks.isCorrupt(node, i)) {
                throw broken("recovery cannot read record " + (i + 1) + " of " + node + ", and nothing happened to it: "
                        + written.get(i));
            }
        }
    }

    private static boolean isOf(Recovered found, Logged written) {
        return switch (found) {
            case Recovered.Intact(var _, var logged) -> logged.equals(written);
            case Recovered.Corrupt(var _, var name) -> name.equals(RecordName.of(written.group(), written.record()));
        };
    }

    @Override
    void lost(String node, String where) {
        throw broken(node + " lost its log: " + where);
    }
}
