package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.Staged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A state store in plain maps, which loses what RocksDB would lose.
///
/// RocksDB writes to its files whenever it likes, but in the order of the writes. So a power-off, or a kill,
/// leaves the state as it was after some write between the last flush that ended and now.
public final class MemoryStateStore implements StateStore {
    /// A flush that is under way. It ends when its owner says so, or never.
    public final class Flush {
        private final long until = madeSafe + unsafe.size();

        private Flush() {}

        public void end() {
            if (closed) {
                return;
            }
            makeSafe((int) Math.max(0, until - madeSafe));
            flushes.ended(new Outcome.Flushed());
        }

        public void fail(String what) {
            if (!closed) {
                flushes.ended(new Outcome.Failed(what));
            }
        }
    }

    /// What was done to the store at once.
    private sealed interface Step {
        record Written(long group, long slot, List<Change> rows) implements Step {}

        record Took(long group, Staged until, List<Row> rows) implements Step {}

        record Installed(long group) implements Step {}

        record Unstaged(long group) implements Step {}

        record Cleared(long group) implements Step {}

        record Damaged(long group) implements Step {}

        record Altered(long group, Row row) implements Step {}
    }

    /// A row that was written, or deleted if it has no value, after those before it.
    private static final class Change {
        private final byte[] key;
        private final byte @Nullable [] value;

        Change(byte[] key, byte @Nullable [] value) {
            this.key = key;
            this.value = value;
        }
    }

    private static final class Group {
        private NavigableMap<byte[], byte[]> rows = rows();
        private long applied;
        private Optional<Staged> staged = Optional.empty();
        private NavigableMap<byte[], byte[]> stagedRows = rows();

        void take(Staged until, List<Row> more) {
            if (staged.filter(before -> before.slot() == until.slot()).isEmpty()) {
                unstage();
            }
            staged = Optional.of(until);
            more.forEach(row -> stagedRows.put(row.key().toArray(), row.value().toArray()));
        }

        void install() {
            applied = staged.map(Staged::slot).orElse(applied);
            rows = stagedRows;
            unstage();
        }

        void unstage() {
            staged = Optional.empty();
            stagedRows = rows();
        }

        Group copy() {
            var copy = new Group();
            copy.rows.putAll(rows);
            copy.applied = applied;
            copy.staged = staged;
            copy.stagedRows.putAll(stagedRows);
            return copy;
        }
    }

    /// The groups, and whose rows were damaged where they lie.
    private static final class Contents {
        private final Map<Long, Group> groups = new HashMap<>();
        private final Set<Long> damaged = new HashSet<>();

        void take(Step step) {
            switch (step) {
                case Step.Written(var number, var slot, var rows) -> {
                    var group = group(number);
                    for (var row : rows) {
                        if (row.value == null) {
                            group.rows.remove(row.key);
                        } else {
                            group.rows.put(row.key, row.value);
                        }
                    }
                    group.applied = slot;
                }
                case Step.Took(var number, var until, var rows) -> group(number).take(until, rows);
                case Step.Installed(var number) -> group(number).install();
                case Step.Unstaged(var number) -> group(number).unstage();
                case Step.Cleared(var number) -> {
                    groups.remove(number);
                    damaged.remove(number);
                }
                case Step.Damaged(var number) -> damaged.add(number);
                case Step.Altered(var number, var row) ->
                    group(number).rows.replace(row.key().toArray(), row.value().toArray());
            }
        }

        private Group group(long number) {
            return groups.computeIfAbsent(number, _ -> new Group());
        }

        void takeAll(Contents other) {
            other.groups.forEach((number, group) -> groups.put(number, group.copy()));
            damaged.addAll(other.damaged);
        }

        Group readable(long group) {
            if (damaged.contains(group)) {
                throw CorruptException.of(group, "memory", "was damaged");
            }
            var known = groups.get(group);
            return known == null ? new Group() : known;
        }
    }

    private final Consumer<Flush> begun;
    private final Flushes flushes;
    private final Contents safe = new Contents();
    private final Contents now = new Contents();
    /// What came between the two, in the order in which it was done.
    private final List<Step> unsafe = new ArrayList<>();

    private long madeSafe;
    private boolean closed;

    /// An empty store.
    ///
    /// @param begun hears of each flush that begins, and is to end it later
    public MemoryStateStore(Consumer<Flush> begun) {
        this.begun = begun;
        this.flushes = new Flushes(() -> begun.accept(new Flush()));
    }

    /// Never changed once they are in here: rows are copied on their way in and out.
    private static NavigableMap<byte[], byte[]> rows() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /// What the next process finds after this one was killed or lost its power; this one is to be used no
    /// more.
    ///
    /// @param chooser picks a number from 0 on below the one that it is given: how many writes are left of
    /// those
    ///     that were not safe
    public MemoryStateStore powerOff(IntUnaryOperator chooser) {
        return image(chooser.applyAsInt(unsafe.size() + 1));
    }

    /// Everything that a power-off may leave, the least first.
    public List<MemoryStateStore> images() {
        return IntStream.rangeClosed(0, unsafe.size()).mapToObj(this::image).toList();
    }

    private MemoryStateStore image(int left) {
        var image = new MemoryStateStore(begun);
        image.safe.takeAll(safe);
        unsafe.subList(0, left).forEach(image.safe::take);
        image.now.takeAll(image.safe);
        return image;
    }

    /// From now on whatever is read of this group is corrupt, until it is cleared; after a power-off too.
    public void damage(long group) {
        safe.damaged.add(group);
        does(new Step.Damaged(group));
    }

    /// From now on a row is this, as if it had been so all along; after a power-off too, if it was safe.
    public void alter(long group, byte[] key, byte[] value) {
        if (safe.group(group).rows.containsKey(key)) {
            safe.group(group).rows.put(key.clone(), value.clone());
        }
        does(new Step.Altered(group, new Row(Bytes.of(key), Bytes.of(value))));
    }

    /// The same, and with it the sum that was written with the row: as a program does it that is wrong.
    public void alterAsWritten(long group, byte[] key, byte[] value) {
        var place = HashTree.keyOfSum(HashTree.leaf(key));
        var sum = now.readable(group).rows.get(place);
        var before = now.readable(group).rows.get(key);
        if (sum == null || before == null) {
            throw new IllegalArgumentException("group " + group + " has no such row");
        }
        alter(group, place, HashTree.sumAfter(sum, key, before, value));
        alter(group, key, value);
    }

    @Override
    public long applied(long group) {
        return now.readable(group).applied;
    }

    @Override
    public Optional<byte[]> get(long group, byte[] key) {
        return get(now.readable(group).rows, key);
    }

    private static Optional<byte[]> get(NavigableMap<byte[], byte[]> rows, byte[] key) {
        return Optional.ofNullable(rows.get(key)).map(byte[]::clone);
    }

    @Override
    public void scan(long group, byte[] from, Reader reader) {
        scan(now.readable(group).rows, from, reader);
    }

    private static void scan(NavigableMap<byte[], byte[]> rows, byte[] from, Reader reader) {
        for (var row : rows.tailMap(from, true).entrySet()) {
            if (!reader.read(row.getKey().clone(), row.getValue().clone())) {
                return;
            }
        }
    }

    @Override
    public void write(long group, long slot, Consumer<Changes> changes) {
        long applied = applied(group);
        Invariant.holds(slot == applied + 1, "group " + group + ": slot " + slot + " after slot " + applied);
        var rows = new ArrayList<Change>();
        changes.accept(new Changes() {
            @Override
            public void put(byte[] key, byte[] value) {
                rows.add(new Change(key.clone(), value.clone()));
            }

            @Override
            public void delete(byte[] key) {
                rows.add(new Change(key.clone(), null));
            }
        });
        does(new Step.Written(group, slot, rows));
        flushes.wrote(group, applied, slot);
    }

    @Override
    public Optional<Staged> staged(long group) {
        return now.readable(group).staged;
    }

    @Override
    public void stage(long group, Staged until, List<Row> rows) {
        does(new Step.Took(group, until, List.copyOf(rows)));
    }

    @Override
    public void scanStaged(long group, byte[] from, Reader reader) {
        scan(now.readable(group).stagedRows, from, reader);
    }

    @Override
    public void install(long group) {
        long applied = applied(group);
        long slot = StagedRows.installable(group, applied, staged(group));
        does(new Step.Installed(group));
        flushes.wrote(group, applied, slot);
    }

    @Override
    public void unstage(long group) {
        does(new Step.Unstaged(group));
    }

    @Override
    public void clear(long group) {
        does(new Step.Cleared(group));
        makeSafe(unsafe.size());
        flushes.cleared(group);
    }

    private void makeSafe(int steps) {
        var covered = unsafe.subList(0, steps);
        covered.forEach(safe::take);
        covered.clear();
        madeSafe += steps;
    }

    private void does(Step step) {
        unsafe.add(step);
        now.take(step);
    }

    @Override
    public Snapshot snapshot(long group) {
        var readable = now.readable(group);
        var rows = rows();
        rows.putAll(readable.rows);
        long slot = readable.applied;
        return new Snapshot() {
            @Override
            public long slot() {
                return slot;
            }

            @Override
            public Optional<byte[]> get(byte[] key) {
                return MemoryStateStore.get(rows, key);
            }

            @Override
            public void scan(byte[] from, Reader reader) {
                MemoryStateStore.scan(rows, from, reader);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void verify(Consumer<Verified> ended) {
        ended.accept(Verified.NOTHING);
    }

    @Override
    public void flush(Consumer<Outcome> ended) {
        flushes.begin(ended);
    }

    @Override
    public long flushed(long group) {
        return flushes.safe(group).orElseGet(() -> applied(group));
    }

    @Override
    public void close() {
        closed = true;
    }
}
