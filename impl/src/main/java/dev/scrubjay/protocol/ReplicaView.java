package dev.scrubjay.protocol;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Members;
import java.util.Optional;
import java.util.SortedMap;

/// A replica as an observer sees it: a test, an invariant, a status page. Looking changes nothing.
public interface ReplicaView {
    Role role();

    /// The highest ballot it wrote down.
    Ballot promisedBallot();

    /// The newest generation that it knows chosen.
    Members members();

    /// How many slots it knows chosen, from slot 1 on.
    long known();

    /// How many of them it has applied.
    long applied();

    /// What it holds in a slot; empty if that can be read no more.
    Optional<Entry> entryOf(long slot);

    /// Whether it leads and holds a lease, at this time of its own clock.
    boolean holdsLease(long now);

    /// How the group is, at this time of its own clock, as far as this replica leads it.
    Optional<GroupStatus> status(long now);

    /// Its store, in the order of the keys.
    SortedMap<String, String> state();

    /// The sessions of its clients, with the last write of each.
    SortedMap<Long, Sessions.Done> sessions();
}
