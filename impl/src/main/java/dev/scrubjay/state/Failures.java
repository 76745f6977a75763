package dev.scrubjay.state;

import dev.scrubjay.port.StateStore.CorruptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// What RocksDB says when something is wrong, told apart: what lies there is wrong, or the disk fails.
final class Failures {
    /// A table, the list of tables, or the name of that list.
    private static final Pattern FILE = Pattern.compile("\\d{6,}\\.sst|MANIFEST-\\d+|CURRENT|IDENTITY");

    private final Path folder;
    private final Consumer<String> damaged;

    /// @param damaged hears what is damaged for good in a database that is open
    Failures(Path folder, Consumer<String> damaged) {
        this.folder = folder;
        this.damaged = damaged;
    }

    RuntimeException reading(long group, RocksDBException e) {
        note(e);
        return isWrong(e)
                ? CorruptException.of(group, file(e), text(e))
                : new UncheckedIOException(new IOException(said(e), e));
    }

    /// A write reads nothing, so what is wrong was found in the background, and is nobody's in particular.
    RuntimeException writing(RocksDBException e) {
        note(e);
        return isWrong(e)
                ? CorruptException.ofAll(file(e), text(e))
                : new UncheckedIOException(new IOException(said(e), e));
    }

    /// The database was there before, so a file that is missing is damage too.
    IOException opening(RocksDBException e) {
        if (isWrong(e) || isAbsent(e)) {
            throw CorruptException.ofAll(file(e), text(e));
        }
        return new IOException(said(e), e);
    }

    /// What was read of a table alone.
    CorruptException inTable(String name, String where, RocksDBException e) {
        note(e);
        return CorruptException.ofAll(file(name), where + ": " + text(e));
    }

    String said(RocksDBException e) {
        note(e);
        return folder.getFileName() + ": " + text(e);
    }

    private void note(RocksDBException e) {
        if (isWrong(e)) {
            damaged.accept(text(e));
        }
    }

    static boolean isWrong(RocksDBException e) {
        return code(e) == Status.Code.Corruption;
    }

    /// RocksDB has no code of its own for that.
    private static boolean isAbsent(RocksDBException e) {
        return text(e).contains("No such file or directory")
                || text(e).contains("does not exist")
                || code(e) == Status.Code.NotFound;
    }

    private static Status.Code code(RocksDBException e) {
        return e.getStatus() == null ? Status.Code.Undefined : e.getStatus().getCode();
    }

    private String file(RocksDBException e) {
        var found = FILE.matcher(text(e));
        return found.find() ? file(found.group()) : folder.getFileName().toString();
    }

    /// A file of the database, as people should find it.
    String file(String name) {
        return folder.getFileName() + "/" + name;
    }

    private static String text(RocksDBException e) {
        return String.valueOf(e.getMessage());
    }
}
