package dev.scrubjay.port;

import dev.scrubjay.value.Row;
import dev.scrubjay.value.Staged;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What the groups of a node have applied: of each group rows of bytes, and the slot up to which its log was
/// applied to them. A node has one, for all its groups.
///
/// A write is there as soon as it returns, and safe when a flush that began after it has ended well. Until
/// then a kill or a power-off may undo it, but never a part of it, and never an earlier write before a later
/// one, whatever their groups: what is left are the first so many of all writes. The write-ahead log brings
/// back the others.
///
/// Rows stand in the order of their keys' bytes, as unsigned numbers. One thread calls all of this, and hears
/// there how flushes ended. Where the disk fails, and nothing can be said of any row, an
/// `UncheckedIOException` comes out: the store is of no use then until it is opened anew.
public interface StateStore extends AutoCloseable {
    /// How a flush ended.
    sealed interface Outcome {
        /// All that was written before the flush began is safe.
        record Flushed() implements Outcome {}

        /// Nobody knows what is safe, and asking again would not tell: the node stops.
        record Failed(String what) implements Outcome {}
    }

    /// What lies on the disk was read once more.
    ///
    /// @param bytes how much; 0 when there is nothing
    /// @param isLast whether all has been read now
    /// @param damage what is wrong with it; nothing if nothing is
    record Verified(long bytes, boolean isLast, Optional<CorruptException> damage) {
        /// Nothing lies there.
        public static final Verified NOTHING = new Verified(0, true, Optional.empty());
    }

    /// There, and wrong: never to be taken for absent. The state of the group is to be cleared and made again
    /// from its log or from another replica.
    final class CorruptException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient OptionalLong group;
        private final String file;

        private CorruptException(OptionalLong group, String file, String text) {
            super(text);
            this.group = group;
            this.file = file;
        }

        /// What was read for this group is wrong.
        public static CorruptException of(long group, String file, String what) {
            return new CorruptException(
                    OptionalLong.of(group),
                    file,
                    file + ": group " + group + ": " + what
                            + "; so corrupt. Clear the state of the group, and make it again from its log or from "
                            + "another replica");
        }

        /// The same, and behind which row.
        public CorruptException behind(String row) {
            return new CorruptException(group, file, "behind " + row + ": " + getMessage());
        }

        /// Nobody can say what any group has.
        public static CorruptException ofAll(String file, String what) {
            return new CorruptException(
                    OptionalLong.empty(),
                    file,
                    file + ": " + what
                            + "; so the state of all groups of this node is corrupt. Start the node again; if it still says "
                            + "so, move the folder away. The state is made again from the logs or from other replicas");
        }

        /// Whose state it is; empty if it is that of all groups.
        public OptionalLong group() {
            return group;
        }

        /// Where it lies.
        public String file() {
            return file;
        }
    }

    /// Takes rows, one after the other.
    @FunctionalInterface
    interface Reader {
        /// Says whether there should be more. Must not write to the store.
        boolean read(byte[] key, byte[] value);
    }

    /// Takes the changes of one slot. Of two to the same key the later one counts.
    interface Changes {
        void put(byte[] key, byte[] value);

        void delete(byte[] key);
    }

    /// The state of a group as it was, whatever was written since.
    interface Snapshot extends AutoCloseable {
        /// The slot that was applied last.
        long slot();

        Optional<byte[]> get(byte[] key);

        /// Reads the rows in their order, from this key on. A scan that was stopped may go on later.
        void scan(byte[] from, Reader reader);

        @Override
        void close();
    }

    /// The slot up to which the log of this group was applied; 0 if the store has nothing of it.
    long applied(long group);

    Optional<byte[]> get(long group, byte[] key);

    /// Reads the rows of a group in their order, from this key on; an empty key comes before all others.
    void scan(long group, byte[] from, Reader reader);

    /// Makes these changes, and the slot the last that was applied: all of it or nothing. It must be the one
    /// after that.
    void write(long group, long slot, Consumer<Changes> changes);

    /// Keeps the state of a group as it is now, until the snapshot or the store is closed.
    Snapshot snapshot(long group);

    /// What has come for a group and is not in its place yet.
    Optional<Staged> staged(long group);

    /// Keeps more rows of a snapshot beside the state of the group, where nobody sees them yet. The rows of a
    /// snapshot of another slot are thrown away first.
    void stage(long group, Staged until, List<Row> rows);

    /// Reads the rows that have come and are not in their place, in their order, from this key on.
    void scanStaged(long group, byte[] from, Reader reader);

    /// A whole snapshot takes the place of the state: all of it or nothing, however many rows there are. It
    /// must be of a later slot.
    void install(long group);

    /// Throws away what has come of a snapshot.
    void unstage(long group);

    /// Throws the state of a group away, corrupt or not, and what was staged. Its log begins at slot 1 again.
    /// That is safe when this returns: what was wrong must not come back with the power.
    void clear(long group);

    /// Begins making safe all that was written until now, and says how that ended. Never before this returns.
    void flush(Consumer<Outcome> ended);

    /// Reads the next piece of what lies on the disk, whatever is known of it from before; after the last
    /// comes the first again. Says how much that was, when it is done.
    void verify(Consumer<Verified> ended);

    /// The slot of a group that a power-off would leave at least.
    long flushed(long group);

    /// What is not safe by then is lost. No flush is heard of any more.
    @Override
    void close();
}
