package dev.scrubjay.simulation;

import dev.scrubjay.log.RecordForm;
import dev.scrubjay.port.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// A disk whose syncs take a while, and which loses any suffix of what was not synced when the power goes.
final class SimulatedDisk implements Disk {
    private static final long SYNC_NANOS_MIN = 500_000;
    private static final long SYNC_NANOS_SPREAD = 8_000_000;

    private final String node;
    private final Timeline timeline;
    private final Randomness randomness;
    private final Randomness moments;
    private final Disks disks;
    private final LongConsumer synced;

    private final List<byte[]> records = new ArrayList<>();
    private int safe;
    private int life;

    /// @param synced hears of each sync that returns, with the number of records that it covers
    SimulatedDisk(String node, Timeline timeline, Randomness randomness, Disks disks, LongConsumer synced) {
        this.node = node;
        this.timeline = timeline;
        this.randomness = randomness;
        this.moments = randomness.split();
        this.disks = disks;
        this.synced = synced;
    }

    @Override
    public List<byte[]> read() {
        return List.copyOf(records);
    }

    @Override
    public void append(byte[] record) {
        records.add(record.clone());
        disks.append(node, record);
    }

    @Override
    public void sync() {
        int covers = records.size();
        int begunIn = life;
        long takes = SYNC_NANOS_MIN + randomness.below(SYNC_NANOS_SPREAD);
        timeline.after(moments.below(takes), () -> {
            if (life == begunIn && safe < covers) {
                disks.syncing(node);
            }
        });
        timeline.after(takes, () -> {
            if (life == begunIn) {
                safe = covers;
                disks.sync(node, covers);
                synced.accept(covers);
            }
        });
    }

    /// How many records of a group are there.
    long recordsOf(long group) {
        return records.stream()
                .filter(record -> RecordForm.decode(record).group() == group)
                .count();
    }

    /// Says how many records are lost.
    int powerOff() {
        return keep(safe + (int) randomness.below(records.size() - safe + 1L));
    }

    /// Nobody writes any more, and what was written gets to the disk in peace: none is lost.
    int stop() {
        return keep(records.size());
    }

    private int keep(int kept) {
        life++;
        int lost = records.size() - kept;
        records.subList(kept, records.size()).clear();
        safe = kept;
        disks.powerOff(node, kept);
        return lost;
    }
}
