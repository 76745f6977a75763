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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

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
    private final Layout layout;
    private final Exercised exercised;
    private final Map<ReplicaId, Long> orders = new HashMap<>();
    private final Map<Member, Long> counts = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<TraceSink> listeners = new ArrayList<>();

    TraceLog(String build, SortedMap<Long, List<ReplicaId>> groups, Layout layout, Exercised exercised) {
        this.build = build;
        this.layout = layout;
        this.groups = groups;
        this.exercised = exercised;
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        orders.merge(replica, order, Math::max);
        long count = counts.merge(new Member(group, replica), 1L, Long::sum);
        lines.add(new Line(group, replica, count, order, now, event));
        exercised.count("action " + event.action());
        listeners.forEach(listener -> listener.event(group, replica, order, now, event));
    }

    /// From now on, this one hears of each event too.
    void heardBy(TraceSink listener) {
        listeners.add(listener);
    }

    /// The Lamport count of the last event of a replica, in whichever group.
    long order(ReplicaId replica) {
        return orders.getOrDefault(replica, 0L);
    }

    private String header(String node) {
        return TraceForm.header(node, build, groups, replicas(_ -> true), replicas(this::isLog));
    }

    /// Those of the replicas of each group that took part.
    private SortedMap<Long, List<ReplicaId>> replicas(Predicate<ReplicaId> which) {
        var replicas = new TreeMap<Long, List<ReplicaId>>();
        groups.forEach((group, voters) -> {
            var all = new TreeSet<>(voters);
            counts.keySet().stream()
                    .filter(member -> member.group() == group)
                    .forEach(member -> all.add(member.replica()));
            replicas.put(group, all.stream().filter(which).toList());
        });
        return replicas;
    }

    private boolean isLog(ReplicaId replica) {
        return layout.logs().contains(replica.node());
    }

    List<String> lines() {
        var all = new ArrayList<String>();
        layout.nodes().forEach(node -> all.add(header(node)));
        lines.stream().map(Line::json).forEach(all::add);
        return all;
    }
}
