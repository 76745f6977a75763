package dev.scrubjay.trace;

import dev.scrubjay.value.ReplicaId;

/// Where a node says what it did. It numbers the events of each replica and group without gaps.
@FunctionalInterface
public interface TraceSink {
    void event(long group, ReplicaId replica, long order, long now, TraceEvent event);
}
