package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.protocol.Snapshots.Given;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.StateRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What a replica had applied when the last scrub mark came: kept for as long as somebody may ask what it
/// comes to, and read at leisure.
final class Marked {
    private static final int ROWS_MAX = 1_000;
    private static final int NAMED_MAX = 8;

    private final long keepNanos;
    private Optional<Given> given = Optional.empty();
    private Optional<Hashing> hashing = Optional.empty();

    /// The rows of the one leaf that was asked for last, which are read for that once more.
    private int leaf = -1;

    private List<Row> rows = new ArrayList<>();
    private Optional<Hashing> listing = Optional.empty();
    private long keepUntil;

    Marked(long keepNanos) {
        this.keepNanos = keepNanos;
    }

    void open(Given marked, long now) {
        close();
        given = Optional.of(marked);
        hashing = Optional.of(new Hashing(marked));
        keepUntil = now + keepNanos;
    }

    /// The slot of the mark; 0 when there is none.
    long slot() {
        return given.map(Given::slot).orElse(0L);
    }

    /// What it comes to; nothing if that was not read yet, or is not what was written.
    Optional<Bytes> root() {
        return tree().map(HashTree::root);
    }

    private Optional<HashTree> tree() {
        return hashing.filter(_ -> rottenLeaf().isEmpty()).flatMap(Hashing::tree);
    }

    private Optional<Hashing> underWay() {
        return hashing.filter(each -> !each.isDone()).or(() -> listing.filter(each -> !each.isDone()));
    }

    boolean isReading() {
        return (hashing.isPresent() || listing.isPresent()) && underWay().isPresent();
    }

    /// Reads on, and says how much. A leaf that is not what was written is read once more, so that a person
    /// hears what is in it.
    long read(int bytes) {
        long read = underWay().map(each -> each.read(bytes)).orElse(0L);
        rottenLeaf().stream()
                .map(HashTree::nodeOf)
                .filter(node -> leaf != node)
                .findFirst()
                .ifPresent(this::list);
        return read;
    }

    private OptionalInt rottenLeaf() {
        return hashing.filter(Hashing::isDone).map(Hashing::notAsSaid).orElse(OptionalInt.empty());
    }

    /// Which rows may not be what was written, when all were read and some are not.
    Optional<String> rotten() {
        if (rottenLeaf().isEmpty() || isReading()) {
            return Optional.empty();
        }
        var names = rows.stream().limit(NAMED_MAX).map(row -> StateRow.name(row.key()));
        return Optional.of(rows.isEmpty() ? "some are gone" : names.collect(Collectors.joining(", or ")));
    }

    /// What can be said to this; nothing yet if it has to be read first.
    Optional<Message> answer(Message.AskHashes ask, long now) {
        if (ask.slot() != slot()) {
            return Optional.of(new Message.Hashes(ask.slot(), ask.node(), List.of()));
        }
        keepUntil = now + keepNanos;
        var tree = tree();
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        if (!HashTree.isLeaf(ask.node())) {
            return Optional.of(
                    new Message.Hashes(ask.slot(), ask.node(), tree.get().children(ask.node())));
        }
        if (leaf != ask.node()) {
            list(ask.node());
        }
        return listing.filter(Hashing::isDone).map(_ -> new Message.Rows(ask.slot(), ask.node(), rows));
    }

    private void list(int node) {
        leaf = node;
        rows = new ArrayList<>();
        var found = rows;
        listing = given.map(marked -> new Hashing(marked, row -> {
            var key = row.key();
            if (HashTree.leaf(key.toArray()) == HashTree.leafOf(node) && found.size() < ROWS_MAX) {
                found.add(new Row(key, hash(row)));
            }
        }));
    }

    static Bytes hash(Row row) {
        return HashTree.hash(row.key().toArray(), row.value().toArray()).bytes();
    }

    void closeIdle(long now) {
        if (now >= keepUntil) {
            close();
        }
    }

    void close() {
        given.ifPresent(Given::close);
        given = Optional.empty();
        hashing = Optional.empty();
        listing = Optional.empty();
        leaf = -1;
    }
}
