package dev.scrubjay.node;

import dev.scrubjay.port.StateStore.Outcome;
import dev.scrubjay.protocol.Sessions.Done;
import dev.scrubjay.protocol.Store.Change;
import dev.scrubjay.state.RocksStateStore;
import dev.scrubjay.state.RocksStateStore.Sizes;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Measures how many slots a second go into the state store, and how many values come out of it, beside the
/// same bytes given to RocksDB alone.
///
/// `ci/benchmark StateBenchmark [WRITES]`. One thread, values of 128 bytes, 16 groups, 1,000 keys and 16
/// sessions in each; a write is one slot. Nothing is merged meanwhile, so that both do the same.
final class StateBenchmark {
    private static final int WRITES = 200_000;
    private static final int ROUNDS = 5;
    private static final int GROUPS = 16;
    private static final int KEYS = 1_000;
    private static final int SESSIONS = 16;
    private static final String VALUE = "v".repeat(128);
    private static final String LINE =
            "%-14s %,10.0f writes/s %,10.0f gets/s in memory %,10.0f gets/s of files   flush %,4.0f ms%n";

    private StateBenchmark() {}

    /// Prints two lines for each round.
    public static void main(String[] arguments) throws IOException, RocksDBException, InterruptedException {
        int writes = arguments.length > 0 ? Integer.parseInt(arguments[0].replace(",", "")) : WRITES;
        for (int round = 0; round < ROUNDS; round++) {
            var folder = Files.createTempDirectory("state");
            try {
                throughTheStore(folder.resolve("store"), writes);
                alone(folder.resolve("alone"), writes);
            } finally {
                delete(folder);
            }
        }
    }

    private static void throughTheStore(Path folder, int writes) throws IOException, InterruptedException {
        var loop = new LinkedBlockingQueue<Runnable>();
        try (var store = RocksStateStore.open(folder, Sizes.STANDARD, loop::add)) {
            var groups = new GroupState[GROUPS];
            for (int group = 0; group < GROUPS; group++) {
                groups[group] = new GroupState(store, group);
            }
            var value = MaybeValue.of(VALUE);
            double written = rate(writes, i -> {
                long slot = 1L + i / GROUPS;
                var done = new Done(slot, slot, Reply.DONE);
                groups[i % GROUPS].apply(slot, new Change.Wrote(1 + i % SESSIONS, done, key(i), value));
            });
            double inMemory = rate(writes, i -> groups[i % GROUPS].held(key(i)));
            long begin = System.nanoTime();
            store.flush(outcome -> {
                if (!(outcome instanceof Outcome.Flushed)) {
                    throw new IllegalStateException(outcome.toString());
                }
            });
            loop.take().run();
            double flush = (System.nanoTime() - begin) / 1e6;
            double ofFiles = rate(writes, i -> groups[i % GROUPS].held(key(i)));
            System.out.printf(Locale.ROOT, LINE, "state store", written, inMemory, ofFiles, flush);
        }
    }

    /// What the store makes of a slot, as bytes: a session, a value and the applied slot.
    private static void alone(Path folder, int writes) throws RocksDBException {
        RocksDB.loadLibrary();
        var value = VALUE.getBytes(StandardCharsets.UTF_8);
        try (var options = new Options()
                        .setCreateIfMissing(true)
                        .setWriteBufferSize(Sizes.STANDARD.memtableBytes())
                        .setMaxWriteBufferNumber(3);
                var writing = new WriteOptions().setDisableWAL(true);
                var flushing = new FlushOptions().setWaitForFlush(true);
                var batch = new WriteBatch();
                var rocks = RocksDB.open(options, folder.toString())) {
            double written = rate(writes, i -> {
                batch.clear();
                batch.put(row(i, 2, Long.toString(i % SESSIONS)), new byte[18]);
                batch.put(row(i, 1, key(i)), value);
                batch.put(row(i, 0, ""), new byte[9]);
                rocks.write(writing, batch);
            });
            double inMemory = rate(writes, i -> rocks.get(row(i, 1, key(i))));
            long begin = System.nanoTime();
            rocks.flush(flushing);
            double flush = (System.nanoTime() - begin) / 1e6;
            double ofFiles = rate(writes, i -> rocks.get(row(i, 1, key(i))));
            System.out.printf(Locale.ROOT, LINE, "RocksDB alone", written, inMemory, ofFiles, flush);
        }
    }

    private static String key(int i) {
        return "key-" + i / GROUPS % KEYS;
    }

    private static byte[] row(int i, int kind, String key) {
        var bytes = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + 1 + bytes.length)
                .putLong(i % GROUPS)
                .put((byte) kind)
                .put(bytes)
                .array();
    }

    @FunctionalInterface
    private interface Operation {
        void run(int i) throws RocksDBException;
    }

    /// How often it was done in a second.
    private static double rate(int times, Operation operation) {
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            try {
                operation.run(i);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }
        return times / ((System.nanoTime() - begin) / 1e9);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
