package dev.scrubjay.value;

import org.jspecify.annotations.Nullable;

/// Which leadership. Of the same round, the later replica's ballot is higher.
public record Ballot(long round, ReplicaId replica) implements Comparable<Ballot> {
    /// Below every ballot: what a replica has promised that promised nothing.
    public static Ballot none(ReplicaId first) {
        return new Ballot(0, first);
    }

    /// The higher of two.
    public static Ballot highest(Ballot one, Ballot other) {
        return one.isBelow(other) ? other : one;
    }

    public boolean isBelow(Ballot other) {
        return compareTo(other) < 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ballot that && round == that.round && replica.equals(that.replica);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(round) + replica.hashCode();
    }

    @Override
    public int compareTo(Ballot other) {
        return round == other.round ? replica.compareTo(other.replica) : Long.compare(round, other.round);
    }

    @Override
    public String toString() {
        return round + "." + replica;
    }
}
