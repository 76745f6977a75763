package dev.scrubjay.state;

import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.port.StateStore.Reader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// The state of a node that is stopped, to be read from its files and never written.
public final class StoppedState implements AutoCloseable {
    private final Options options;
    private final ReadOptions reading;
    private final RocksDB rocks;
    private final Rows rows;

    static {
        RocksDB.loadLibrary();
    }

    /// Opens the folder in which a `RocksStateStore` lies.
    ///
    /// @throws CorruptException where nothing of it can be read
    public StoppedState(Path folder) throws IOException {
        var failures = new Failures(folder, _ -> {});
        var current = folder.resolve("CURRENT");
        if (!Files.isRegularFile(current)) {
            throw CorruptException.ofAll(failures.file("CURRENT"), "is not there");
        }
        options = new Options();
        reading = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
        try {
            rocks = RocksDB.openReadOnly(options, folder.toString());
        } catch (RocksDBException e) {
            reading.close();
            options.close();
            throw failures.opening(e);
        }
        rows = new Rows(rocks, reading, failures);
    }

    /// The groups of which it has anything.
    public SortedSet<Long> groups() {
        var groups = new TreeSet<Long>();
        try (var keys = rocks.newIterator(reading)) {
            keys.seekToFirst();
            while (keys.isValid()) {
                var key = keys.key();
                if (key.length < Long.BYTES + 1) {
                    keys.next();
                    continue;
                }
                long group = ByteBuffer.wrap(key).getLong();
                if (group == -1) {
                    break; // Where the number of the last flush stands once more.
                }
                groups.add(group);
                keys.seek(RowKeys.behind(group));
            }
        }
        return groups;
    }

    /// The slot of a group that was applied last.
    public long applied(long group) {
        return rows.applied(group).slot();
    }

    /// Reads the rows of a group in their order, from this key on.
    public void scan(long group, byte[] from, Reader reader) {
        rows.scan(group, from, reader);
    }

    @Override
    public void close() {
        rocks.close();
        reading.close();
        options.close();
    }
}
