package dev.scrubjay.message;

import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Request;
import java.util.Optional;

/// What a client wants of a group.
public sealed interface Operation {
    /// What only the leader answers.
    sealed interface AtLeader extends Operation {}

    /// A session, for writes. The nonce is a text that no other request has.
    record Begin(String nonce) implements AtLeader {}

    /// This session is needed no more.
    record End(long session) implements AtLeader {}

    /// One request of a session, which does no more than one at a time.
    ///
    /// @param session in which sequence of requests this is
    /// @param number its place there, from 1 on
    record Write(long session, long number, Request request) implements AtLeader {}

    /// What is there now? The answer tells of every write that was answered before this was asked.
    record Read(String key) implements AtLeader {}

    /// What is there, or was a while ago? Any storage replica may say, if it has applied at least so many
    /// slots. Who asks for what it was told last sees time go forward.
    record EventualRead(String key, long atLeast) implements Operation {}

    /// What this puts into the log. Nothing, if it is a read.
    default Optional<Entry> entry() {
        return switch (this) {
            case Begin(var nonce) -> Optional.of(new Entry.Begin(nonce));
            case End(var session) -> Optional.of(new Entry.End(session));
            case Write(var session, var number, var request) -> Optional.of(new Entry.Write(session, number, request));
            case Read _, EventualRead _ -> Optional.empty();
        };
    }
}
