package dev.scrubjay.message;

import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import java.util.Optional;

/// What a client is told. Whatever is not `Answered` had no effect by this try and never will: the request
/// may go elsewhere. A write that was sent before may still take effect; that it does so once is what
/// sessions are for.
public sealed interface ClientReply {
    /// This is what came of it.
    ///
    /// @param slot the place in the log that this tells of: of a write its own slot, of a read how many slots
    /// had been applied
    record Answered(Reply reply, long slot) implements ClientReply {}

    /// This replica does not lead.
    record NotLeader(Optional<ReplicaId> hint) implements ClientReply {}

    /// This node keeps no such key. The hint names a group, once there is somebody who knows.
    record WrongGroup(Optional<Long> hint) implements ClientReply {}

    /// Too much is under way; ask again later.
    record Throttled(long afterNanos) implements ClientReply {}

    /// This replica has applied only so many slots, and the client has seen more; ask elsewhere.
    record Behind(long slot) implements ClientReply {}
}
