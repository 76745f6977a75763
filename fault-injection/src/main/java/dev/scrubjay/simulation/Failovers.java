package dev.scrubjay.simulation;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How long a group is without a leader when a fault takes it away, in true time: from that moment to the
/// first answer that another leader gives.
///
/// Counted are leaders that lose their power, are paused, or are cut off from a quorum, if some other node
/// could lead then. Where the same leader is the next to answer, nothing failed over. A leader that leaves
/// and has handed over before it is switched off was not taken away by that, so it does not count.
final class Failovers implements TraceSink {
    /// A leader that was taken away, and whether it is back.
    private record Gap(String leader, long since, boolean isBack) {}

    private final Timeline timeline;
    private final Leaders leaders;
    private final Cluster cluster;
    private final Map<Long, Gap> gaps = new HashMap<>();
    private final List<Long> nanos = new ArrayList<>();

    Failovers(Timeline timeline, Leaders leaders, Cluster cluster) {
        this.timeline = timeline;
        this.leaders = leaders;
        this.cluster = cluster;
    }

    /// What shows that a leader is at work.
    private static boolean isAnswer(TraceEvent event) {
        return event instanceof TraceEvent.Acknowledge;
    }

    /// A fault began or ended.
    void look() {
        for (long group : cluster.groups()) {
            var gap = gaps.get(group);
            if (gap != null) {
                gaps.put(group, new Gap(gap.leader(), gap.since(), !cluster.isAway(gap.leader(), group)));
            } else {
                leaders.of(group)
                        .filter(leader -> cluster.isAway(leader, group) && anotherCouldLead(leader, group))
                        .ifPresent(leader -> gaps.put(group, new Gap(leader, timeline.now(), false)));
            }
        }
    }

    private boolean anotherCouldLead(String leader, long group) {
        return cluster.names().stream().anyMatch(node -> !node.equals(leader) && cluster.couldLead(node, group));
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        var gap = isAnswer(event) ? gaps.get(group) : null;
        if (gap == null) {
            return;
        }
        if (!gap.leader().equals(replica.node())) {
            nanos.add(timeline.now() - gap.since());
            gaps.remove(group);
        } else if (gap.isBack()) {
            gaps.remove(group);
        }
    }

    List<Long> nanos() {
        return List.copyOf(nanos);
    }
}
