package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;

/// What a node wants done. Nothing of it has happened when the call returns.
public interface Effects {
    void send(long group, long order, ReplicaId from, ReplicaId to, Message message);

    void append(long group, LogRecord record);

    /// Begins a sync of all that was appended; one is under way at a time.
    void sync();

    void reply(long group, long order, String client, long id, ClientReply reply);

    /// Something happened that a group does not survive for certain, and that a person has to know.
    void alarm(long group, ReplicaId replica, String what);

    void trace(long group, long order, ReplicaId replica, TraceEvent event);
}
