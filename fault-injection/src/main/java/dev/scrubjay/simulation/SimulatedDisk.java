package dev.scrubjay.simulation;

import dev.scrubjay.log.Device;
import dev.scrubjay.log.MemoryDevice;
import dev.scrubjay.log.MemoryDevice.Kept;
import dev.scrubjay.log.MemoryDevice.Names;
import dev.scrubjay.log.Records;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.log.WriteAheadLog;
import dev.scrubjay.log.Written;
import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A disk whose syncs take a while, and of which a power-off leaves what a disk may leave of what was not
/// synced. It may be slow, stuck, full or unreadable for a while, fail a sync, and rot.
///
/// What rots keeps the fault contract of `World`: of each batch one sector at most, of all but the last
/// batch, and only while every entry that a quorum has synced can be read somewhere. Which records lie in a
/// sector is known from the bytes as they were written: to ask a recovery what it can read would hide its
/// mistakes.
final class SimulatedDisk implements Device {
    /// Small, so that segments change often in a run.
    static final WriteAheadLog.Sizes SIZES = new WriteAheadLog.Sizes(128, 32);

    private static final long SYNC_NANOS_MIN = 500_000;
    private static final long SYNC_NANOS_SPREAD = 8_000_000;
    private static final int SECTOR = 512;

    /// How often it looks for places whose damage does harm and breaks no contract.
    private static final int TRIES = 8;

    /// Where a batch was written, and how many records there are before it.
    private record Batch(String name, int sector, int before, Written written) {
        int after() {
            return before + written.records().size();
        }
    }

    /// A sector of a batch.
    private record Place(Batch batch, int place) {
        int sector() {
            return batch.sector + place;
        }

        /// The records that can be read no more when it cannot, counted from 0.
        Set<Integer> records() {
            return IntStream.range(0, batch.written.records().size())
                    .filter(i -> batch.written.records().get(i).isIn(place))
                    .mapToObj(i -> batch.before + i)
                    .collect(Collectors.toSet());
        }
    }

    private final String node;
    private final long log;
    private final Ground ground;
    private final Randomness randomness;
    private final Randomness moments;
    private final MemoryDevice memory = new MemoryDevice();

    private Consumer<Inbox.Step> process = _ -> {};
    private final List<Batch> batches = new ArrayList<>();
    private final Set<Batch> rotten = new HashSet<>();
    private final Layers<Long> slowness = new Layers<>();
    private final List<Runnable> held = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private boolean isRecovering;
    private boolean isFailing;
    private int stuck;
    private int full;
    private int unreadable;
    private int dropping;
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
    /// @param form how that process reads its records
    /// @param process through this it hears of the end of each sync, from now on
    void recover(Records form, Consumer<Inbox.Step> process, Consumer<Recovery> ended) {
        this.process = process;
        isRecovering = true;
        failure = Optional.empty();
        Recovery.begin(this, log, form, recovery -> {
            isRecovering = false;
            ended.accept(recovery);
        });
    }

    @Override
    public List<String> names() throws IOException {
        readable();
        return memory.names();
    }

    @Override
    public long size(String name) throws IOException {
        readable();
        return memory.size(name);
    }

    @Override
    public void read(String name, long from, ByteBuffer into) throws IOException {
        readable();
        memory.read(name, from, into);
    }

    private void readable() throws IOException {
        if (unreadable > 0) {
            throw new IOException("the disk cannot be read");
        }
    }

    /// From the first failure on nothing more is done, and every sync says what failed.
    @Override
    public void create(String name, long bytes) {
        if (full > 0 && failure.isEmpty()) {
            ground.exercised().count("files refused by a full disk");
            failure = Optional.of(name + ": no room on the disk");
        }
        if (failure.isEmpty()) {
            ground.exercised().count("segments begun");
            memory.create(name, bytes);
        }
    }

    @Override
    public void write(String name, long from, byte[] bytes) {
        if (failure.isEmpty()) {
            memory.write(name, from, bytes);
            if (!isRecovering) {
                wrote(name, from, bytes);
            }
        }
    }

    private void wrote(String name, long from, byte[] bytes) {
        Written.of(name, from, bytes).ifPresent(written -> {
            forgetLost();
            batches.add(new Batch(name, (int) (from / SECTOR), written(), written));
            ground.disks()
                    .wrote(
                            node,
                            written.records().stream()
                                    .map(Written.Lying::logged)
                                    .toList());
        });
    }

    private void forgetLost() {
        while (!batches.isEmpty() && batches.getLast().after() > written()) {
            batches.removeLast();
        }
    }

    private int written() {
        return ground.disks().written(node).size();
    }

    @Override
    public void delete(String name) {
        if (failure.isEmpty()) {
            ground.exercised().count("segments trimmed");
            memory.delete(name);
            batches.removeIf(batch -> batch.name().equals(name));
        }
    }

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        int covers = written();
        if (failure.isEmpty()) {
            memory.sync(name, outcome -> {
                // What recovery synced is known when it says what it found.
                if (outcome instanceof Outcome.Synced && !isRecovering) {
                    ground.disks().sync(node, covers);
                }
                tell(ended, outcome);
            });
        }
        underWay(ended);
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        if (failure.isEmpty()) {
            memory.syncFolder(outcome -> tell(ended, outcome));
        }
        underWay(ended);
    }

    private void tell(Consumer<Outcome> ended, Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            isFailing = false;
            ground.exercised().count("syncs failed");
        } else if (dropping > 0) {
            ground.exercised().count("syncs dropped");
        }
        process.accept(() -> ended.accept(outcome));
    }

    private void underWay(Consumer<Outcome> ended) {
        var refused = failure.map(Outcome.Failed::new);
        long takes = (SYNC_NANOS_MIN + randomness.below(SYNC_NANOS_SPREAD)) * slowness.over(1L);
        var disks = ground.disks();
        after(moments.below(takes), () -> {
            if (disks.synced(node) < written()) {
                disks.syncing(node);
            }
        });
        after(takes, () -> unstuck(() -> refused.ifPresentOrElse(failed -> tell(ended, failed), memory::returnSync)));
    }

    /// Does this then, unless the process is gone.
    private void after(long nanos, Runnable action) {
        int begunIn = life;
        ground.timeline().after(nanos, () -> {
            if (life == begunIn) {
                action.run();
            }
        });
    }

    private void unstuck(Runnable sync) {
        if (stuck > 0) {
            ground.exercised().count("syncs that were stuck");
            held.add(sync);
        } else {
            sync.run();
        }
    }

    /// How many records stood in segments that are trimmed, before what a recovery finds.
    int trimmed(Recovery.Whole found) {
        return batches.stream()
                .filter(batch -> batch.written().segment() >= found.end().needed())
                .mapToInt(Batch::before)
                .findFirst()
                .orElseGet(this::written);
    }

    /// The process is gone, and what it wrote stays where it is: on the disk or in the memory of the system.
    void kill() {
        life++;
        isRecovering = false;
        held.clear();
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

    /// Nothing where one is to fail already.
    Optional<Ongoing> failSync() {
        if (isFailing) {
            return Optional.empty();
        }
        isFailing = true;
        memory.failSyncAfter(0);
        return Optional.of(() -> {
            isFailing = false;
            memory.failSyncAfter(Integer.MAX_VALUE);
        });
    }

    Ongoing slow(int times) {
        return slowness.lay((long) times);
    }

    Ongoing stick() {
        stuck++;
        return () -> {
            stuck--;
            if (stuck == 0) {
                var waiting = List.copyOf(held);
                held.clear();
                waiting.forEach(Runnable::run);
            }
        };
    }

    Ongoing fill() {
        full++;
        return () -> full--;
    }

    /// What was dropped is safe with the first sync after that.
    Ongoing dropSyncs() {
        dropping++;
        memory.dropSyncs(true);
        return () -> {
            dropping--;
            memory.dropSyncs(dropping > 0);
        };
    }

    Ongoing refuseReads() {
        unreadable++;
        return () -> unreadable--;
    }

    void wipe() {
        memory.wipe();
    }

    /// Says whether a record became unreadable by it, and none that is needed.
    ///
    /// Spec: ReplicationGroup!Rot
    boolean rot(World.Rot rot) {
        forgetLost();
        int synced = ground.disks().synced(node);
        var safe = batches.stream()
                .filter(batch -> batch.after() <= synced && !batch.equals(batches.getLast()))
                .filter(batch -> !rotten.contains(batch))
                .toList();
        int count = rot == World.Rot.MISDIRECTED ? 2 : 1;
        for (int i = 0; i < TRIES && safe.size() >= count; i++) {
            var places = places(safe, count);
            var records =
                    places.stream().flatMap(place -> place.records().stream()).collect(Collectors.toSet());
            if (!records.isEmpty() && ground.disks().couldSpare(node, records)) {
                rot(rot, places);
                ground.disks().corrupt(node, records);
                ground.exercised().count("sectors rotted", count);
                ground.exercised().count("records corrupted", records.size());
                return true;
            }
        }
        return false;
    }

    /// Sectors of so many different batches.
    private List<Place> places(List<Batch> safe, int count) {
        var others = new ArrayList<>(safe);
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    var batch = others.remove((int) randomness.below(others.size()));
                    return new Place(
                            batch, (int) randomness.below(batch.written().sectors()));
                })
                .toList();
    }

    /// @param places where the damage is; what was written to the first of two went to the other
    private void rot(World.Rot rot, List<Place> places) {
        var first = places.getFirst();
        var bytes = bytes(first);
        if (places.size() > 1) {
            damage(places.getLast(), bytes);
        }
        var left = bytes.clone();
        switch (rot) {
            case FLIPPED -> left[(int) randomness.below(SECTOR)] ^= (byte) (1 + randomness.below(255));
            case ZEROED, MISDIRECTED -> Arrays.fill(left, (byte) 0);
        }
        damage(first, left);
        places.forEach(place -> rotten.add(place.batch()));
    }

    private byte[] bytes(Place place) {
        return memory.sector(place.batch().name(), place.sector());
    }

    private void damage(Place place, byte[] bytes) {
        memory.damage(place.batch().name(), place.sector(), bytes);
    }
}
