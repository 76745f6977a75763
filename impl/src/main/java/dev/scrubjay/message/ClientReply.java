package dev.scrubjay.message;

import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import java.util.Optional;

/// What a client is told. Whatever is not `Answered` had no effect and never will: the request may go
/// elsewhere.
public sealed interface ClientReply {
    /// The request took effect, with this reply.
    record Answered(Reply reply) implements ClientReply {}

    /// This replica does not lead.
    record NotLeader(Optional<ReplicaId> hint) implements ClientReply {}

    /// This node keeps no such key. The hint names a group, once there is somebody who knows.
    record WrongGroup(Optional<Long> hint) implements ClientReply {}

    /// Too much is under way; ask again later.
    record Throttled(long afterNanos) implements ClientReply {}
}
