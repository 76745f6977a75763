package dev.scrubjay.value;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// A generation of a group, and who votes in it.
public record Members(long generation, SortedSet<ReplicaId> voters) {
    public Members {
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
    }

    /// The first generation.
    public static Members first(Collection<ReplicaId> voters) {
        return new Members(1, new TreeSet<>(voters));
    }

    /// Whether an entry begins another generation where this is the present one.
    ///
    /// Spec: ReplicationGroup!Ends
    public boolean isEndedBy(Entry entry) {
        return entry instanceof Entry.Reconfigure(var ended, var _) && ended == generation;
    }

    /// The generation after an entry.
    ///
    /// Spec: ReplicationGroup!After
    public Members after(Entry entry) {
        return isEndedBy(entry) && entry instanceof Entry.Reconfigure(var _, var next)
                ? new Members(generation + 1, next)
                : this;
    }

    /// The entry that ends this generation, and has these vote in the next.
    public Entry.Reconfigure replacedBy(Collection<ReplicaId> next) {
        return new Entry.Reconfigure(generation, new TreeSet<>(next));
    }

    /// Whether most voters are among these.
    ///
    /// Spec: ReplicationGroup!IsQuorum
    public boolean isQuorum(Collection<ReplicaId> replicas) {
        int among = 0;
        for (var voter : voters) {
            if (replicas.contains(voter)) {
                among++;
            }
        }
        return 2 * among > voters.size();
    }
}
