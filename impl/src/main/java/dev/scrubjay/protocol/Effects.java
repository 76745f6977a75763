package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.List;

/// What a node wants done. Nothing of it has happened when the call returns.
public interface Effects {
    void send(long group, long order, ReplicaId from, ReplicaId to, Message message);

    void append(long group, LogRecord record);

    /// Begins a sync of all that was appended; one is under way at a time.
    void sync();

    void reply(long group, long order, String client, long id, ClientReply reply);

    /// Puts what is chosen behind the first so many slots into the archive.
    void archive(long group, long order, long after, List<Entry> entries);

    /// Gets what is chosen behind the first so many slots from the archive, so many at most.
    void fetch(long group, long after, int most);

    /// Computes from the archive what the log comes to up to this slot.
    void refer(long group, long slot);

    /// Something happened that a group does not survive for certain, and that a person has to know.
    void alarm(long group, ReplicaId replica, String what);

    void trace(long group, long order, ReplicaId replica, TraceEvent event);
}
