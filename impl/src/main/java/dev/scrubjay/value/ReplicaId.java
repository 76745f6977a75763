package dev.scrubjay.value;

/// One member of a group, for one life of its disk.
///
/// A replica whose disk was lost comes back as another incarnation, because it no longer knows what it
/// promised.
public record ReplicaId(String node, int incarnation) implements Comparable<ReplicaId> {
    /// Whichever incarnation there is on a node: an address for who does not know it, and nobody's name.
    public static ReplicaId any(String node) {
        return new ReplicaId(node, 0);
    }

    @Override
    public int compareTo(ReplicaId other) {
        int byNode = node.compareTo(other.node);
        return byNode == 0 ? Integer.compare(incarnation, other.incarnation) : byNode;
    }

    @Override
    public String toString() {
        return node + "." + incarnation;
    }
}
