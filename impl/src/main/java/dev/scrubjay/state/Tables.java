package dev.scrubjay.state;

import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.port.StateStore.Verified;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/// The tables of a database, read from the disk one after the other, whatever of them is in memory.
final class Tables {
    private static final boolean[] PAST_THE_SYSTEM_OR_NOT = {true, false};

    private final Path folder;
    private final Failures failures;

    /// The name of the one that was read last.
    private String last = "";

    Tables(Path folder, Failures failures) {
        this.folder = folder;
        this.failures = failures;
    }

    /// A table to be read.
    record Table(String name, long bytes, boolean isLast) {
        private Verified verified(Optional<CorruptException> damage) {
            return new Verified(bytes, isLast, damage);
        }
    }

    /// The next one; after the last comes the first again. Nothing where there is none.
    Optional<Table> next(RocksDB rocks) {
        List<LiveFileMetaData> tables = rocks.getLiveFilesMetaData();
        tables.sort(Comparator.comparing(LiveFileMetaData::fileName));
        var next = tables.stream()
                .filter(table -> table.fileName().compareTo(last) > 0)
                .findFirst()
                .or(() -> tables.stream().findFirst());
        last = next.map(LiveFileMetaData::fileName).orElse("");
        return next.map(
                table -> new Table(table.fileName().substring(1), table.size(), table.equals(tables.getLast())));
    }

    /// Reads all of it. One that is gone was merged into others meanwhile.
    Verified verify(Table table) {
        for (boolean past : PAST_THE_SYSTEM_OR_NOT) {
            try (var options = new Options().setUseDirectReads(past);
                    var reader = new SstFileReader(options)) {
                reader.open(folder.resolve(table.name()).toString());
                reader.verifyChecksum();
                return table.verified(Optional.empty());
            } catch (RocksDBException e) {
                if (Failures.isWrong(e)) {
                    var damage = failures.inTable(table.name(), behind(table), e);
                    return table.verified(Optional.of(damage));
                }
            }
        }
        return table.verified(Optional.empty());
    }

    /// The last row before what cannot be read.
    private String behind(Table table) {
        var last = Optional.<byte[]>empty();
        try (var options = new Options();
                var reader = new SstFileReader(options)) {
            reader.open(folder.resolve(table.name()).toString());
            try (var reading = new ReadOptions().setVerifyChecksums(true);
                    var rows = reader.newIterator(reading)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    last = Optional.of(rows.key());
                }
            }
        } catch (RocksDBException _) {
            // Then no row can be named.
        }
        return last.map(RowKeys::name).map(name -> "behind " + name).orElse("before any row");
    }
}
