package dev.scrubjay.simulation;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceForm;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The trace of all nodes, in the order in which things happened, which no node of it knows. Numbers each
/// replica's events.
final class TraceLog implements TraceSink {
    private record Member(long group, ReplicaId replica) {}

    private record Line(long group, ReplicaId replica, long count, long order, long now, TraceEvent event) {
        String json() {
            return TraceForm.line(group, replica, count, order, now, event);
        }
    }

    private final String build;
    private final SortedMap<Long, List<ReplicaId>> groups;
    private final Exercised exercised;
    private final Map<String, Long> orders = new HashMap<>();
    private final Map<Member, Long> counts = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<TraceSink> listeners = new ArrayList<>();

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
        listeners.forEach(listener -> listener.event(group, replica, order, now, event));
    }

    /// From now on, this one hears of each event too.
    void heardBy(TraceSink listener) {
        listeners.add(listener);
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
        all.add(TraceForm.header(SimulatedArchive.SELF.node(), build, groups));
        lines.stream().map(Line::json).forEach(all::add);
        return all;
    }
}
