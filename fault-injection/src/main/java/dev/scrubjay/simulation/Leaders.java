package dev.scrubjay.simulation;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Who led each group last, by what the nodes trace, and since when in true time.
final class Leaders implements TraceSink {
    private record Reign(String node, long since) {}

    private final Timeline timeline;
    private final Exercised exercised;
    private final Map<Long, Reign> reigns = new HashMap<>();

    /// When a group had its first leader, after all others had had theirs.
    private long lastFirst;

    Leaders(Timeline timeline, Exercised exercised) {
        this.timeline = timeline;
        this.exercised = exercised;
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        if (event instanceof TraceEvent.Lead) {
            var before = reigns.put(group, new Reign(replica.node(), timeline.now()));
            if (before == null) {
                lastFirst = timeline.now();
            }
            if (before != null && !before.node().equals(replica.node())) {
                exercised.count("leader changes");
            }
        }
    }

    Optional<String> of(long group) {
        return Optional.ofNullable(reigns.get(group)).map(Reign::node);
    }

    /// Since when so many groups have had a leader each, the same one or others; if they all have.
    Optional<Long> ledFrom(int groups) {
        return Optional.of(lastFirst).filter(_ -> reigns.size() == groups);
    }

    /// Whether so many groups have a leader, and each of them for so long.
    boolean haveLed(int groups, long nanos) {
        return reigns.size() == groups
                && reigns.values().stream().allMatch(reign -> reign.since() + nanos <= timeline.now());
    }
}
