package dev.scrubjay.protocol;

import dev.scrubjay.protocol.Snapshots.Given;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.SnapshotPart;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Reads all rows of a state from where they lie, so many bytes at a time, and says what they come to.
final class Hashing {
    private final Given given;
    private final HashTree.Builder rows = new HashTree.Builder();
    private final Consumer<Row> reader;
    private Bytes from = Bytes.NONE;
    private Optional<HashTree> tree = Optional.empty();

    /// @param reader is given each row
    Hashing(Given given, Consumer<Row> reader) {
        this.given = given;
        this.reader = reader;
    }

    Hashing(Given given) {
        this(given, _ -> {});
    }

    /// Reads the next rows, and says how many bytes they had.
    long read(int bytes) {
        SnapshotPart part = given.part(from, bytes);
        part.rows().forEach(rows::add);
        part.rows().forEach(reader);
        from = part.staged().from();
        if (part.isLast()) {
            tree = Optional.of(rows.build());
        }
        return part.bytes();
    }

    boolean isDone() {
        return tree.isPresent();
    }

    /// What they come to, when all were read.
    Optional<HashTree> tree() {
        return tree;
    }

    /// Whether they are what was written.
    boolean isAsSaid() {
        return rows.isAsSaid();
    }

    /// The first leaf of which that is not so.
    OptionalInt notAsSaid() {
        return rows.notAsSaid();
    }
}
