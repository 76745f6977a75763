package dev.scrubjay.node;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.port.StateStore.Changes;
import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.protocol.Sessions.Done;
import dev.scrubjay.protocol.Snapshots;
import dev.scrubjay.protocol.Store;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.HashTree.Sum;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.SnapshotPart;
import dev.scrubjay.value.Staged;
import dev.scrubjay.value.StateRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// The store of one group, as rows of the state store of its node.
///
/// A row begins with its kind. The sessions are counted in a row of their own, so that nobody has to read
/// them all to know whether there is room for one more. Rows have no checksum: the state store notices what
/// was damaged where it lies. What can be read and still makes no sense is corrupt all the same.
public final class GroupState implements Store {
    private static final byte VERSION = 1;

    private final StateStore store;
    private final long group;

    public GroupState(StateStore store, long group) {
        this.store = store;
        this.group = group;
    }

    @Override
    public long applied() {
        return store.applied(group);
    }

    @Override
    public long flushed() {
        return store.flushed(group);
    }

    @Override
    public MaybeValue held(String key) {
        return read(key(key), Decoder::lastText).map(MaybeValue::of).orElse(MaybeValue.ABSENT);
    }

    @Override
    public int sessions() {
        return read(count(), GroupState::counted).orElse(0);
    }

    @Override
    public Optional<Done> last(long session) {
        return read(session(session), GroupState::done);
    }

    @Override
    public Optional<Members> members() {
        return read(membersKey(), Decoder::members);
    }

    @Override
    public void apply(long slot, Change change) {
        // Read before the write begins: a write is no place to read in.
        int sessions = switch (change) {
            case Change.Began _ -> sessions() + 1;
            case Change.Ended _ -> sessions() - 1;
            case Change.None _, Change.Answered _, Change.Wrote _, Change.Reconfigured _ -> 0;
        };
        var rows = new Summed();
        switch (change) {
            case Change.None() -> {}
            case Change.Began(var done) -> {
                rows.put(session(slot), row(done));
                rows.put(count(), row().put(sessions).bytes());
            }
            case Change.Answered(var session, var done) -> rows.put(session(session), row(done));
            case Change.Wrote(var session, var done, var key, var left) -> {
                rows.put(session(session), row(done));
                put(rows, key, left);
            }
            case Change.Ended(var session) -> {
                rows.delete(session(session));
                rows.put(count(), row().put(sessions).bytes());
            }
            case Change.Reconfigured(var members) ->
                rows.put(membersKey(), row().put(members).bytes());
        }
        store.write(group, slot, rows::into);
    }

    private static void put(Summed rows, String key, MaybeValue left) {
        switch (left) {
            case MaybeValue.Absent() -> rows.delete(key(key));
            case MaybeValue.Present(var value) ->
                rows.put(key(key), row().putLast(value).bytes());
        }
    }

    /// What a slot changes, and with it the sums of the leaves of the hash tree that these rows are in. So a
    /// row that changes in any other way can be told from one that was written.
    private final class Summed {
        private final List<Consumer<Changes>> changes = new ArrayList<>();
        private final SortedMap<Integer, Sum> sums = new TreeMap<>();

        void put(byte[] key, byte[] value) {
            replace(key, HashTree.hash(key, value));
            changes.add(rows -> rows.put(key, value));
        }

        void delete(byte[] key) {
            replace(key, Sum.NONE);
            changes.add(rows -> rows.delete(key));
        }

        private void replace(byte[] key, Sum now) {
            int leaf = HashTree.leaf(key);
            var before = store.get(group, key)
                    .map(value -> HashTree.hash(key, value))
                    .orElse(Sum.NONE);
            sums.merge(leaf, sum(leaf), (known, _) -> known);
            sums.merge(leaf, now.minus(before), Sum::plus);
        }

        private Sum sum(int leaf) {
            return read(HashTree.keyOfSum(leaf), row -> new Sum(row.number(), row.number()))
                    .orElse(Sum.NONE);
        }

        void into(Changes rows) {
            changes.forEach(change -> change.accept(rows));
            sums.forEach((leaf, sum) -> {
                if (sum.equals(Sum.NONE)) {
                    rows.delete(HashTree.keyOfSum(leaf));
                } else {
                    rows.put(
                            HashTree.keyOfSum(leaf),
                            row().put(sum.high()).put(sum.low()).bytes());
                }
            });
        }
    }

    @Override
    public Optional<Snapshots> snapshots() {
        return Optional.of(new RowsAsAWhole());
    }

    /// What is given and taken are rows as they are, of whatever kind.
    private final class RowsAsAWhole implements Snapshots {
        @Override
        public Given give() {
            var snapshot = store.snapshot(group);
            return new RowsInParts(snapshot.slot(), snapshot::scan, snapshot::close);
        }

        @Override
        public Given came() {
            long slot = store.staged(group).map(Staged::slot).orElse(0L);
            return new RowsInParts(slot, (from, reader) -> store.scanStaged(group, from, reader), () -> {});
        }

        @Override
        public Optional<Staged> staged() {
            return store.staged(group);
        }

        @Override
        public void stage(SnapshotPart part) {
            store.stage(group, part.staged(), part.rows());
        }

        @Override
        public void install() {
            store.install(group);
        }

        @Override
        public void unstage() {
            store.unstage(group);
        }

        @Override
        public void clear() {
            store.clear(group);
        }
    }

    private interface Scan {
        void from(byte[] key, StateStore.Reader reader);
    }

    private record RowsInParts(long slot, Scan scan, Runnable end) implements Snapshots.Given {
        @Override
        public SnapshotPart part(Bytes from, int bytes) {
            var rows = new ArrayList<Row>();
            var room = new AtomicInteger(bytes);
            try {
                scan.from(from.toArray(), (key, value) -> {
                    rows.add(new Row(Bytes.of(key), Bytes.of(value)));
                    return room.addAndGet(-key.length - value.length) > 0;
                });
            } catch (CorruptException e) {
                throw rows.isEmpty() ? e : e.behind(StateRow.name(rows.getLast().key()));
            }
            return SnapshotPart.of(slot, from, rows, room.get() > 0);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    @Override
    public SortedMap<String, String> state() {
        var state = new TreeMap<String, String>();
        scan(StateRow.KEY, (key, row) -> state.put(key.lastText(), row.lastText()));
        return state;
    }

    @Override
    public SortedMap<Long, Done> table() {
        var table = new TreeMap<Long, Done>();
        scan(StateRow.SESSION, (key, row) -> table.put(key.session(), done(row)));
        return table;
    }

    // ---------------------------------------------------------------- rows as bytes

    private static byte[] key(String key) {
        return new Encoder().put(StateRow.KEY).putLast(key).bytes();
    }

    private static byte[] session(long session) {
        return new Encoder().put(StateRow.SESSION).put(session).bytes();
    }

    private static byte[] count() {
        return new Encoder().put(StateRow.COUNT).bytes();
    }

    private static byte[] membersKey() {
        return new Encoder().put(StateRow.MEMBERS).bytes();
    }

    private static Encoder row() {
        return new Encoder().put(VERSION);
    }

    private static byte[] row(Done done) {
        return row().put(done.number()).put(done.slot()).put(done.reply()).bytes();
    }

    private static Done done(Decoder row) {
        return new Done(row.atLeast(0, "number of a write"), row.slot(), row.reply());
    }

    private static int counted(Decoder row) {
        int sessions = row.integer();
        if (sessions < 0) {
            throw new MalformedException("a count of " + sessions + " sessions");
        }
        return sessions;
    }

    private <T> Optional<T> read(byte[] key, Function<Decoder, T> read) {
        return store.get(group, key).map(value -> decoded(value, read));
    }

    private <T> T decoded(byte[] value, Function<Decoder, T> read) {
        try {
            var row = Decoder.of(value);
            byte version = row.oneByte();
            if (version != VERSION) {
                throw new UncheckedIOException(new IOException("a row of group " + group + " is of version " + version
                        + ", and this program reads version " + VERSION + "; run a later one"));
            }
            T result = read.apply(row);
            row.end();
            return result;
        } catch (MalformedException e) {
            throw CorruptException.of(group, "a row", String.valueOf(e.getMessage()));
        }
    }

    /// Gives each row of this kind, key and value, to a reader.
    private void scan(byte kind, BiConsumer<Decoder, Decoder> reader) {
        store.scan(group, new byte[] {kind}, (key, value) -> {
            if (key[0] != kind) {
                return false;
            }
            var place = Decoder.of(key);
            place.oneByte();
            decoded(value, row -> {
                reader.accept(place, row);
                // With something behind it, a session would be taken for another that has the same number.
                place.end();
                return row;
            });
            return true;
        });
    }
}
