package dev.scrubjay.simulation;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.ReplicaId;
import java.util.function.Consumer;

/// Tells of each leader that proposed other voters, within the time that it takes to have them chosen.
record Reconfigurations(Timeline timeline, Randomness randomness, Exercised exercised, Consumer<String> listener)
        implements TraceSink {
    private static final long WITHIN_NANOS = 10_000_000;

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        if (event instanceof TraceEvent.Propose(var _, var _, Entry.Reconfigure _)) {
            exercised.count("other voters proposed");
            timeline.after(randomness.below(WITHIN_NANOS), () -> listener.accept(replica.node()));
        }
    }
}
