package dev.scrubjay.simulation;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.Finding;
import java.util.ArrayList;
import java.util.List;

/// Where nothing happens that a leader does not survive, nobody stands any more once there is one.
final class NeedlessElections implements TraceSink {
    private static final String COUNTED = "elections by a single broken link";

    private final Timeline timeline;
    private final Exercised exercised;
    private final List<Finding> findings = new ArrayList<>();
    private boolean watching;

    NeedlessElections(Timeline timeline, Exercised exercised) {
        this.timeline = timeline;
        this.exercised = exercised;
    }

    /// From now on every election is one too many.
    void watch() {
        watching = true;
        exercised.count(COUNTED, 0);
    }

    /// A run needs one to fail; the others tell of the same.
    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        if (watching && event instanceof TraceEvent.Stand(var ballot, var _)) {
            exercised.count(COUNTED);
            if (findings.isEmpty()) {
                var text = replica + " stood in group " + group + " at ballot " + ballot
                        + ", and nothing went wrong but a link";
                findings.add(new Finding("NeedlessElection", text, timeline.when()));
            }
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
