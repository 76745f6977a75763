package dev.scrubjay.protocol;

import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Site;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which replica a node is in each of its groups, and where that stands.
///
/// @param site where it stands, and what it keeps
/// @param pool the nodes on which there may be other replicas of its groups
public record Seat(ReplicaId self, Site site, SortedSet<String> pool) {
    public Seat {
        pool = Collections.unmodifiableSortedSet(new TreeSet<>(pool));
    }

    /// A storage replica that is alone with those that vote.
    public Seat(ReplicaId self) {
        this(self, Site.ANYWHERE, new TreeSet<>());
    }
}
