package dev.scrubjay.simulation;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceForm;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The trace of all nodes: numbers each replica's events and puts them into one order, in which nothing is
/// received before it was sent.
final class TraceLog implements TraceSink {
    private record Member(long group, ReplicaId replica) {}

    private record Line(long group, ReplicaId replica, long count, long order, long now, TraceEvent event) {
        static final Comparator<Line> ORDER =
                Comparator.comparingLong(Line::order).thenComparing(Line::replica);

        String json() {
            return TraceForm.line(group, replica, count, order, now, event);
        }
    }

    private final String build;
    private final SortedMap<Long, List<ReplicaId>> groups;
    private final Exercised exercised;
    private final TreeMap<String, Long> orders = new TreeMap<>();
    private final HashMap<Member, Long> counts = new HashMap<>();
    private final HashMap<Long, ReplicaId> leaders = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    TraceLog(String build, SortedMap<Long, List<ReplicaId>> groups, Exercised exercised) {
        this.build = build;
        this.groups = groups;
        this.exercised = exercised;
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        orders.merge(replica.node(), order, Math::max);
        long count = counts.merge(new Member(group, replica), 1L, Long::sum);
        lines.add(new Line(group, replica, count, order, now, event));
        exercised.count("action " + event.action());
        if (event instanceof TraceEvent.Lead(var ballot, var _)) {
            var before = leaders.put(group, ballot.replica());
            if (before != null && !before.equals(ballot.replica())) {
                exercised.count("leader changes");
            }
        }
    }

    /// The Lamport count of a node's last event.
    long order(String node) {
        return orders.getOrDefault(node, 0L);
    }

    List<String> lines() {
        var all = new ArrayList<String>();
        groups.values().stream()
                .flatMap(List::stream)
                .map(ReplicaId::node)
                .distinct()
                .sorted()
                .forEach(node -> all.add(TraceForm.header(node, build, groups)));
        lines.stream().sorted(Line.ORDER).map(Line::json).forEach(all::add);
        return all;
    }
}
