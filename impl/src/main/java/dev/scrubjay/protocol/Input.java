package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Message;
import dev.scrubjay.value.ReplicaId;

/// What happens to a node.
public sealed interface Input {
    /// Some time has passed.
    record Tick() implements Input {}

    /// A message came. The order is the sender's.
    record Received(long group, long order, ReplicaId from, ReplicaId to, Message message) implements Input {}

    /// A sync returned. It covers so many records of the node, from the first on.
    record Synced(long records) implements Input {}

    /// A client asks.
    record Requested(long group, long order, String client, ClientRequest request) implements Input {}

    /// This node is about to stop; its leaders hand over.
    record Leave() implements Input {}
}
