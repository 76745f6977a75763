package dev.scrubjay.state;

import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.port.StateStore.Reader;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;

/// The rows of all groups as they are, or as they were when a snapshot was taken.
final class Rows {
    private static final byte VERSION = 1;
    private static final String APPLIED = "applied slot";
    private static final int APPLIED_BYTES = 1 + Long.BYTES;

    private final RocksDB rocks;
    private final ReadOptions reading;
    private final Failures failures;

    Rows(RocksDB rocks, ReadOptions reading, Failures failures) {
        this.rocks = rocks;
        this.reading = reading;
        this.failures = failures;
    }

    /// What stands where the slot of a group does that was applied last.
    static byte[] applied(long slot) {
        return ByteBuffer.allocate(APPLIED_BYTES).put(VERSION).putLong(slot).array();
    }

    long slot(long group) {
        return find(group, RowKeys.applied(group))
                .map(bytes -> slot(group, bytes))
                .orElse(0L);
    }

    /// Reads what `applied` gives.
    static long slot(long group, byte[] row) {
        var bytes = ByteBuffer.wrap(row);
        byte version = bytes.hasRemaining() ? bytes.get() : VERSION;
        if (version != VERSION) {
            throw new UncheckedIOException(new IOException("the state of group " + group + " is of version " + version
                    + ", and this program reads version " + VERSION + "; run a later one"));
        }
        if (bytes.remaining() != Long.BYTES) {
            throw CorruptException.of(group, APPLIED, bytes.remaining() + " bytes, expected " + Long.BYTES);
        }
        long slot = bytes.getLong();
        if (slot < 1) {
            throw CorruptException.of(group, APPLIED, "slot " + slot + "; the first is 1");
        }
        return slot;
    }

    /// What stands where the number of the last flush does that began.
    static byte[] flush(long number) {
        return new Encoder().put(number).bytes();
    }

    /// Reads what `flush` gives.
    ///
    /// @throws MalformedException where it cannot be a number of a flush
    static long flush(byte[] row) {
        var decoder = Decoder.of(row);
        long number = decoder.atLeast(1, "number of a flush");
        decoder.end();
        return number;
    }

    Optional<byte[]> get(long group, byte[] key) {
        return find(group, RowKeys.row(group, key));
    }

    private Optional<byte[]> find(long group, byte[] place) {
        try {
            return Optional.ofNullable(rocks.get(reading, place));
        } catch (RocksDBException e) {
            throw failures.reading(group, e);
        }
    }

    void scan(long group, byte[] from, Reader reader) {
        // What is read once should not push out of the cache what is read often.
        try (var behind = new Slice(RowKeys.behind(group));
                var bounded = new ReadOptions(reading).setFillCache(false).setIterateUpperBound(behind);
                var rows = rocks.newIterator(bounded)) {
            rows.seek(RowKeys.row(group, from));
            while (rows.isValid() && reader.read(RowKeys.ofRow(rows.key()), rows.value())) {
                rows.next();
            }
            // Not valid is the end, and also where it cannot go on. Only this tells the two apart.
            rows.status();
        } catch (RocksDBException e) {
            throw failures.reading(group, e);
        }
    }
}
