package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.Staged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// A state store in RocksDB, without its log.
///
/// What is not in the files at a power-off is gone, and the write-ahead log of the node brings it back. The
/// applied slot of a group goes into the same batch as the changes of that slot, so the two are never apart.
/// Flushes run on a thread of their own; everything else on the thread that calls.
///
/// A damaged block is noticed when it is read: by whoever asks for a row in it, by `verify`, or by RocksDB
/// when it merges tables. The last stops all writes of the node, for RocksDB takes none from then on; and it
/// would come sooner or later, for nothing takes a damaged table out of a database. So the database is marked
/// as damaged, and whoever opens it next finds it set aside, and a new one in its place.
public final class RocksStateStore implements StateStore {
    /// How much memory the store may take: so much for blocks that were read, and three times so much for
    /// what was written and is not in the files yet.
    public record Sizes(long cacheBytes, long memtableBytes) {
        public static final Sizes STANDARD = new Sizes(64L << 20, 16L << 20);
    }

    private static final String DAMAGED = "DAMAGED";
    private static final Pattern MANIFEST = Pattern.compile("MANIFEST-\\d+");

    private final Database database;
    private final Failures failures;
    private final FlushMark mark;
    private final Rows rows;
    private final Tables tables;
    private final WriteBatch batch;
    private final Executor loop;
    private final Executor flusher;
    private final Runnable endOfFlusher;
    private final Flushes flushes = new Flushes(this::startFlush);
    private final Changes intoBatch = new IntoBatch();
    private final Set<RocksSnapshot> snapshots = new LinkedHashSet<>();

    /// Where the changes go that are put into the batch.
    private long writing;

    private byte side;
    private boolean closed;
    /// The number of the last flush that began.
    private long flushed;

    // Of the thread that flushes alone.
    private Optional<Outcome> failure = Optional.empty();

    /// Opens the store in this folder, or makes one if there is no folder.
    ///
    /// @param loop whose thread calls this store, and hears there how flushes ended
    public static RocksStateStore open(Path folder, Sizes sizes, Executor loop) throws IOException {
        var thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("state " + folder).factory());
        try {
            return new RocksStateStore(folder, sizes, loop, thread, thread::close);
        } catch (IOException | RuntimeException e) {
            thread.close();
            throw e;
        }
    }

    /// @param endOfFlusher waits until no flush runs any more
    RocksStateStore(Path folder, Sizes sizes, Executor loop, Executor flusher, Runnable endOfFlusher)
            throws IOException {
        this.failures = new Failures(folder, what -> damaged(folder, what));
        this.tables = new Tables(folder, failures);
        this.loop = loop;
        this.flusher = flusher;
        this.endOfFlusher = endOfFlusher;
        this.mark = new FlushMark(folder);
        if (Files.exists(folder.resolve(DAMAGED))) {
            setAside(folder);
        }
        if (Files.notExists(folder)) {
            create(folder, sizes);
        }
        checkManifest(folder);
        try {
            database = new Database(folder, sizes, false);
        } catch (RocksDBException e) {
            throw failures.opening(e);
        }
        try {
            flushed = lastFlush();
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
        rows = new Rows(database.rocks(), database.reading(), failures);
        batch = new WriteBatch();
    }

    /// What is damaged stays so. Where even that cannot be written down, it will be found again.
    private static void damaged(Path folder, String what) {
        try {
            Files.writeString(folder.resolve(DAMAGED), what + "\n");
            FlushMark.sync(folder);
        } catch (IOException _) {
            // Whoever hears of the damage stops anyway.
        }
    }

    /// For a person to look at. Of several that were, the last is kept.
    private static void setAside(Path folder) throws IOException {
        var aside = folder.resolveSibling(folder.getFileName() + ".damaged");
        delete(aside);
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        FlushMark.sync(folder.toAbsolutePath().resolveSibling(""));
    }

    /// Elsewhere, and then moved there whole. So a folder that is there holds a database, and one that does
    /// not was damaged: it is never taken for a new one, which would have forgotten everything.
    private void create(Path folder, Sizes sizes) throws IOException {
        var beside = folder.resolveSibling(folder.getFileName() + ".new");
        delete(beside);
        Files.createDirectories(beside);
        try {
            new Database(beside, sizes, true).close();
        } catch (RocksDBException e) {
            throw failures.opening(e);
        }
        new FlushMark(beside).write(0);
        Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        FlushMark.sync(folder.toAbsolutePath().resolveSibling(""));
    }

    /// Where the name of the list is missing or makes no sense, RocksDB says so itself.
    private void checkManifest(Path folder) throws IOException {
        var current = folder.resolve("CURRENT");
        if (Files.exists(current)) {
            var name = Files.readString(current, StandardCharsets.ISO_8859_1).strip();
            if (MANIFEST.matcher(name).matches() && Files.exists(folder.resolve(name))) {
                Manifest.damage(Files.readAllBytes(folder.resolve(name))).ifPresent(what -> {
                    throw CorruptException.ofAll(failures.file(name), what);
                });
            }
        }
    }

    /// The number of the last flush whose rows are there. It may be one that nobody heard of.
    private long lastFlush() throws IOException {
        long least;
        try {
            least = mark.read();
        } catch (MalformedException e) {
            throw CorruptException.ofAll(failures.file(FlushMark.NAME), String.valueOf(e.getMessage()));
        }
        long there = 0;
        Optional<RocksDBException> unreadable = Optional.empty();
        for (var place : RowKeys.flushes()) {
            try {
                var found = database.rocks().get(database.reading(), place);
                there = Math.max(there, found == null ? 0 : Rows.flush(found));
            } catch (RocksDBException e) {
                unreadable = Optional.of(e);
            } catch (MalformedException e) {
                throw CorruptException.ofAll(failures.file("number of the last flush"), String.valueOf(e.getMessage()));
            }
        }
        if (there < least && unreadable.isPresent()) {
            throw failures.opening(unreadable.get());
        }
        if (there < least) {
            throw CorruptException.ofAll(
                    failures.file("MANIFEST"), "ends with flush " + there + ", and flush " + least + " had ended well");
        }
        return there;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// A database that is closed is no Java object that could complain: it takes the process with it.
    private Database database() {
        Invariant.holds(!closed, "the state store is closed");
        return database;
    }

    private Rows rows() {
        Invariant.holds(!closed, "the state store is closed");
        return rows;
    }

    @Override
    public long applied(long group) {
        return flushes.applied(group).orElseGet(() -> rows().applied(group).slot());
    }

    @Override
    public Optional<byte[]> get(long group, byte[] key) {
        return rows().get(group, key);
    }

    @Override
    public void scan(long group, byte[] from, Reader reader) {
        rows().scan(group, from, reader);
    }

    /// Fills the batch of the store, which is used again and again.
    private final class IntoBatch implements Changes {
        @Override
        public void put(byte[] key, byte[] value) {
            try {
                batch.put(RowKeys.row(writing, side, key), value);
            } catch (RocksDBException e) {
                throw failures.writing(e);
            }
        }

        @Override
        public void delete(byte[] key) {
            try {
                batch.delete(RowKeys.row(writing, side, key));
            } catch (RocksDBException e) {
                throw failures.writing(e);
            }
        }
    }

    @Override
    public void write(long group, long slot, Consumer<Changes> changes) {
        var rocks = database().rocks();
        long applied = applied(group);
        Invariant.holds(slot == applied + 1, "group " + group + ": slot " + slot + " after slot " + applied);
        batch.clear();
        writing = group;
        side = rows.side(group);
        changes.accept(intoBatch);
        commit(rocks, () -> batch.put(RowKeys.applied(group), new Rows.Applied(slot, side).bytes()));
        flushes.wrote(group, applied, slot);
    }

    /// Puts something into the batch.
    private interface Filling {
        void fill() throws RocksDBException;
    }

    private void commit(RocksDB rocks, Filling last) {
        try {
            last.fill();
            rocks.write(database.writing(), batch);
        } catch (RocksDBException e) {
            throw failures.writing(e);
        }
    }

    @Override
    public Optional<Staged> staged(long group) {
        return rows().staged(group);
    }

    @Override
    public void stage(long group, Staged until, List<Row> staged) {
        var rocks = database().rocks();
        boolean goesOn =
                staged(group).filter(before -> before.slot() == until.slot()).isPresent();
        batch.clear();
        writing = group;
        side = RowKeys.other(rows.side(group));
        commit(rocks, () -> {
            if (!goesOn) {
                deleteSide();
            }
            for (var row : staged) {
                intoBatch.put(row.key().toArray(), row.value().toArray());
            }
            batch.put(RowKeys.staged(group), Rows.staged(until));
        });
    }

    private void deleteSide() throws RocksDBException {
        batch.deleteRange(RowKeys.row(writing, side, new byte[0]), RowKeys.behind(writing, side));
    }

    /// The sides change their roles.
    @Override
    public void scanStaged(long group, byte[] from, Reader reader) {
        rows().scan(group, RowKeys.other(rows.side(group)), from, reader);
    }

    @Override
    public void install(long group) {
        var rocks = database().rocks();
        long applied = applied(group);
        long slot = StagedRows.installable(group, applied, staged(group));
        batch.clear();
        writing = group;
        side = rows.side(group);
        byte other = RowKeys.other(side);
        commit(rocks, () -> {
            deleteSide();
            batch.delete(RowKeys.staged(group));
            batch.put(RowKeys.applied(group), new Rows.Applied(slot, other).bytes());
        });
        rows.moved(group, other);
        flushes.wrote(group, applied, slot);
    }

    @Override
    public void unstage(long group) {
        var rocks = database().rocks();
        batch.clear();
        writing = group;
        side = RowKeys.other(rows.side(group));
        commit(rocks, () -> {
            deleteSide();
            batch.delete(RowKeys.staged(group));
        });
    }

    /// One mark over the whole stretch of the group, however many rows it has.
    @Override
    public void clear(long group) {
        var rocks = database().rocks();
        batch.clear();
        commit(rocks, () -> batch.deleteRange(RowKeys.applied(group), RowKeys.behind(group)));
        rows.moved(group, Rows.Applied.NOTHING.side());
        try {
            // It is rare, and must not come back: so everybody waits for it.
            database().flush();
        } catch (RocksDBException e) {
            throw failures.writing(e);
        }
        flushes.cleared(group);
    }

    @Override
    public Snapshot snapshot(long group) {
        var snapshot = new RocksSnapshot(database().rocks(), failures, group, snapshots::remove);
        snapshots.add(snapshot);
        return snapshot;
    }

    @Override
    public void flush(Consumer<Outcome> ended) {
        flushes.begin(ended);
    }

    private void startFlush() {
        long number = ++flushed;
        Optional<Outcome> refused = takeAlong(number);
        flusher.execute(() -> {
            failure = failure.or(() -> refused);
            var outcome = flushNow(number);
            loop.execute(() -> {
                if (!closed) {
                    flushes.ended(outcome);
                }
            });
        });
    }

    private Optional<Outcome> takeAlong(long number) {
        var rocks = database().rocks();
        try {
            for (var place : RowKeys.flushes()) {
                rocks.put(database.writing(), place, Rows.flush(number));
            }
            return Optional.empty();
        } catch (RocksDBException e) {
            return Optional.of(new Outcome.Failed(failures.said(e)));
        }
    }

    private Outcome flushNow(long number) {
        if (failure.isEmpty()) {
            try {
                database.flush();
                mark.write(number);
            } catch (RocksDBException e) {
                failure = Optional.of(new Outcome.Failed(failures.said(e)));
            } catch (IOException e) {
                failure = Optional.of(new Outcome.Failed(failures.file(FlushMark.NAME) + ": " + e));
            }
        }
        return failure.orElseGet(Outcome.Flushed::new);
    }

    @Override
    public void verify(Consumer<Verified> ended) {
        var next = tables.next(database().rocks());
        if (next.isEmpty()) {
            ended.accept(Verified.NOTHING);
        } else {
            flusher.execute(() -> {
                var verified = tables.verify(next.get());
                loop.execute(() -> {
                    if (!closed) {
                        ended.accept(verified);
                    }
                });
            });
        }
    }

    @Override
    public long flushed(long group) {
        return flushes.safe(group).orElseGet(() -> applied(group));
    }

    /// What runs first, then what uses the database, then the database.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            endOfFlusher.run();
            List.copyOf(snapshots).forEach(Snapshot::close);
            batch.close();
            database.close();
        }
    }
}
