package dev.scrubjay.protocol;

import dev.scrubjay.protocol.Sessions.Done;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Members;
import java.util.Optional;
import java.util.SortedMap;

/// Holds what the log of one group came to, slot after slot: the values, and of each session the last write.
///
/// It decides nothing: `Sessions` does, and says of each slot what changes. In memory by default; on a disk
/// the change and the number of its slot are there together or not at all, so whoever comes back knows where
/// in the log to go on.
public interface Store {
    /// What one slot changes.
    sealed interface Change {
        /// Nothing.
        record None() implements Change {}

        /// A session began in this slot, and has the slot's number.
        record Began(Done done) implements Change {}

        /// A session did its next write, which left the values as they were.
        record Answered(long session, Done done) implements Change {}

        /// A session did its next write, and this is under the key from now on.
        record Wrote(long session, Done done, String key, MaybeValue left) implements Change {}

        /// A session that was there is forgotten.
        record Ended(long session) implements Change {}

        /// Others vote from the next slot on.
        record Reconfigured(Members members) implements Change {}

        Change NONE = new None();
    }

    /// The last slot whose change is in it; 0 if there is none.
    long applied();

    /// The last slot whose change a power-off leaves in it.
    long flushed();

    /// What is under this key.
    MaybeValue held(String key);

    /// How many sessions there are.
    int sessions();

    /// The last write of a session; empty if there is no such session, or no more.
    Optional<Done> last(long session);

    /// Who votes after what is in it; empty if they are those that voted first.
    Optional<Members> members();

    /// Takes the change of the next slot.
    void apply(long slot, Change change);

    /// The state as a whole, if this store can give and take that. One that is gone with its process cannot.
    default Optional<Snapshots> snapshots() {
        return Optional.empty();
    }

    /// Everything under a key, in the order of the keys.
    SortedMap<String, String> state();

    /// All sessions with their last writes, in the order of their numbers.
    SortedMap<Long, Done> table();
}
