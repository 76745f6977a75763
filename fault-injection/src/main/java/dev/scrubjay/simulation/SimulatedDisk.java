package dev.scrubjay.simulation;

import dev.scrubjay.log.Device;
import dev.scrubjay.log.MemoryDevice;
import dev.scrubjay.log.MemoryDevice.Kept;
import dev.scrubjay.log.MemoryDevice.Names;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.log.WriteAheadLog;
import dev.scrubjay.log.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// A disk whose syncs take a while, and of which a power-off leaves what a disk may leave of what was not
/// synced.
final class SimulatedDisk implements Device {
    /// Small, so that segments change often in a run.
    static final WriteAheadLog.Sizes SIZES = new WriteAheadLog.Sizes(128, 32);

    private static final long SYNC_NANOS_MIN = 500_000;
    private static final long SYNC_NANOS_SPREAD = 8_000_000;

    private final String node;
    private final long log;
    private final Ground ground;
    private final Randomness randomness;
    private final Randomness moments;
    private final MemoryDevice memory = new MemoryDevice();

    private Consumer<Inbox.Step> process = _ -> {};
    private boolean isRecovering;
    private int life;

    /// @param log the number of the log that lies on it
    SimulatedDisk(String node, long log, Ground ground, Randomness randomness) {
        this.node = node;
        this.log = log;
        this.ground = ground;
        this.randomness = randomness;
        this.moments = randomness.split();
    }

    /// Reads the log for a process that starts.
    ///
    /// @param process through this it hears of the end of each sync, from now on
    void recover(Consumer<Inbox.Step> process, Consumer<Recovery> ended) {
        this.process = process;
        isRecovering = true;
        Recovery.begin(this, log, recovery -> {
            isRecovering = false;
            ended.accept(recovery);
        });
    }

    @Override
    public List<String> names() throws IOException {
        return memory.names();
    }

    @Override
    public long size(String name) throws IOException {
        return memory.size(name);
    }

    @Override
    public void read(String name, long from, ByteBuffer into) throws IOException {
        memory.read(name, from, into);
    }

    @Override
    public void create(String name, long bytes) {
        ground.exercised().count("segments begun");
        memory.create(name, bytes);
    }

    @Override
    public void write(String name, long from, byte[] bytes) {
        memory.write(name, from, bytes);
        if (!isRecovering) {
            ground.disks().wrote(node, Written.records(name, from, bytes));
        }
    }

    @Override
    public void delete(String name) {
        memory.delete(name);
    }

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        int covers = ground.disks().written(node).size();
        memory.sync(name, outcome -> {
            // What recovery synced is known when it says what it found.
            if (outcome instanceof Outcome.Synced && !isRecovering) {
                ground.disks().sync(node, covers);
            }
            process.accept(() -> ended.accept(outcome));
        });
        underWay();
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        memory.syncFolder(outcome -> process.accept(() -> ended.accept(outcome)));
        underWay();
    }

    private void underWay() {
        int begunIn = life;
        long takes = SYNC_NANOS_MIN + randomness.below(SYNC_NANOS_SPREAD);
        var disks = ground.disks();
        ground.timeline().after(moments.below(takes), () -> {
            if (life == begunIn && disks.synced(node) < disks.written(node).size()) {
                disks.syncing(node);
            }
        });
        ground.timeline().after(takes, () -> {
            if (life == begunIn) {
                memory.returnSync();
            }
        });
    }

    /// The process is gone, and what it wrote stays where it is: on the disk or in the memory of the system.
    void kill() {
        life++;
        isRecovering = false;
        memory.kill();
    }

    /// The power is gone. Says what is left, as a recovery would find it.
    Recovery powerOff() {
        boolean loses = memory.unsynced() > 0;
        kill();
        var kept = ground.losses() ? randomness.oneOf(List.of(Kept.values())) : Kept.EVERYTHING;
        var names = randomness.oneOf(List.of(Names.values()));
        if (loses) {
            ground.exercised().count("crash image " + kept.name().toLowerCase(Locale.ROOT));
        }
        memory.powerOff(kept, names, bound -> (int) randomness.below(bound));
        return Glance.at(memory, log);
    }
}
