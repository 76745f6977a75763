package dev.scrubjay.simulation;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.Finding;
import java.util.ArrayList;
import java.util.List;

/// Where nothing happens that a leader does not survive, nobody stands any more once there is one, and nobody
/// is replaced.
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
            found("NeedlessElection", replica + " stood in group " + group + " at ballot " + ballot);
        } else if (watching && event instanceof TraceEvent.Propose(var _, var _, Entry.Reconfigure other)) {
            found("NeedlessReplacement", replica + " proposed the voters " + other.voters() + " in group " + group);
        }
    }

    private void found(String check, String what) {
        if (findings.isEmpty()) {
            findings.add(new Finding(check, what + ", and nothing went wrong but a link", timeline.when()));
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
