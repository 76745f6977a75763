package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Message;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Reference;
import dev.scrubjay.value.ReplicaId;
import java.util.List;

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

    /// The archive has so many slots of a group. The order is the archive's.
    record Archived(long group, long order, long slots) implements Input {}

    /// The archive gave these, behind the first so many slots.
    record Fetched(long group, long order, long after, List<Entry> entries) implements Input {
        public Fetched {
            entries = List.copyOf(entries);
        }
    }

    /// This is what the archived log comes to.
    record Referred(long group, long order, Reference reference) implements Input {}

    /// The log could do without its oldest part, were it not for this group, which has slots up to this one
    /// there.
    record Free(long group, long slot) implements Input {}

    /// This node is about to stop; its leaders hand over.
    record Leave() implements Input {}
}
