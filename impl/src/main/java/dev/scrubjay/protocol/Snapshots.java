package dev.scrubjay.protocol;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.SnapshotPart;
import dev.scrubjay.value.Staged;
import java.util.Optional;

/// The state of a group as a whole: to be given to another replica part by part, and taken from one.
public interface Snapshots {
    /// The state as it was, whatever is applied meanwhile.
    interface Given extends AutoCloseable {
        /// The slot that was applied last.
        long slot();

        /// The rows from this key on: so many bytes of them, or one row if that has more.
        SnapshotPart part(Bytes from, int bytes);

        @Override
        void close();
    }

    Given give();

    /// What has come of another replica's state and is not in its place yet. A power-off may take some of it.
    Optional<Staged> staged();

    /// Keeps a part beside the state. One of another slot than those before begins anew.
    void stage(SnapshotPart part);

    /// What has come, to be read where it lies.
    Given came();

    /// What has come, and is whole, takes the place of the state.
    void install();

    /// What has come is of no use any more.
    void unstage();

    /// Throws the state away: it begins with nothing applied, as at the very first.
    void clear();
}
