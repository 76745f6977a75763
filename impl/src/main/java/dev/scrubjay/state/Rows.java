package dev.scrubjay.state;

import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.port.StateStore.Reader;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.Staged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;

/// The rows of all groups as they are, or as they were when a snapshot was taken.
final class Rows {
    private static final byte VERSION = 2;

    private final RocksDB rocks;
    private final ReadOptions reading;
    private final Failures failures;
    private final Map<Long, Byte> sides = new HashMap<>();

    Rows(RocksDB rocks, ReadOptions reading, Failures failures) {
        this.rocks = rocks;
        this.reading = reading;
        this.failures = failures;
    }

    /// How far a group is, and where its state lies.
    record Applied(long slot, byte side) {
        static final Applied NOTHING = new Applied(0, RowKeys.FIRST_SIDE);

        byte[] bytes() {
            return new Encoder().put(VERSION).put(slot).put(side).bytes();
        }
    }

    Applied applied(long group) {
        return find(group, RowKeys.applied(group))
                .map(row -> read(group, "applied slot", row, Rows::applied))
                .orElse(Applied.NOTHING);
    }

    private static Applied applied(Decoder row) {
        long slot = row.slot();
        byte side = row.oneByte();
        if (!RowKeys.isSide(side)) {
            throw new MalformedException("side " + side);
        }
        return new Applied(slot, side);
    }

    static byte[] staged(Staged staged) {
        return new Encoder()
                .put(VERSION)
                .put(staged.slot())
                .put(staged.from())
                .put(staged.isWhole())
                .bytes();
    }

    Optional<Staged> staged(long group) {
        return find(group, RowKeys.staged(group))
                .map(row -> read(
                        group,
                        "staged snapshot",
                        row,
                        found -> new Staged(found.slot(), found.bytes(), found.flag("end"))));
    }

    private static <T> T read(long group, String what, byte[] bytes, Function<Decoder, T> read) {
        try {
            var row = Decoder.of(bytes);
            byte version = row.oneByte();
            if (version != VERSION) {
                throw new UncheckedIOException(new IOException("the state of group " + group + " is of version "
                        + version + ", and this program reads version " + VERSION + "; run a later one"));
            }
            T result = read.apply(row);
            row.end();
            return result;
        } catch (MalformedException e) {
            throw CorruptException.of(group, what, String.valueOf(e.getMessage()));
        }
    }

    /// Where the state of a group lies. It changes seldom, and is asked for with each row.
    byte side(long group) {
        return sides.computeIfAbsent(group, _ -> applied(group).side());
    }

    /// It lies there from now on.
    void moved(long group, byte side) {
        sides.put(group, side);
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
        return find(group, RowKeys.row(group, side(group), key));
    }

    private Optional<byte[]> find(long group, byte[] place) {
        try {
            return Optional.ofNullable(rocks.get(reading, place));
        } catch (RocksDBException e) {
            throw failures.reading(group, e);
        }
    }

    void scan(long group, byte[] from, Reader reader) {
        scan(group, side(group), from, reader);
    }

    void scan(long group, byte side, byte[] from, Reader reader) {
        // What is read once should not push out of the cache what is read often.
        try (var behind = new Slice(RowKeys.behind(group, side));
                var bounded = new ReadOptions(reading).setFillCache(false).setIterateUpperBound(behind);
                var rows = rocks.newIterator(bounded)) {
            rows.seek(RowKeys.row(group, side, from));
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
