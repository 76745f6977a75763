package dev.scrubjay.message;

import dev.scrubjay.value.ReplicaId;

/// What travels: a message between two replicas, a client's request, or the reply to it.
///
/// Each carries the sender's `order`, a Lamport count, so that what happened on several nodes can be put into
/// an order in which nothing is received before it was sent.
public sealed interface Frame {
    long group();

    long order();

    /// From one replica of a group to another.
    record Between(long group, long order, ReplicaId from, ReplicaId to, Message message) implements Frame {}

    /// From a client to a node.
    record Asked(long group, long order, String client, ClientRequest request) implements Frame {}

    /// From a node to a client, about its request of this id.
    record Told(long group, long order, String client, long id, ClientReply reply) implements Frame {}
}
