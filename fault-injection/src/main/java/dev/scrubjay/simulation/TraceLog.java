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
    /// What one replica traced, in whichever group, and how much of each.
    private static final class Traced {
        private long order;
        private final Map<Long, Count> counts = new HashMap<>();
    }

    private static final class Count {
        private long events;
    }

    private record Line(long group, ReplicaId replica, long count, long order, long now, TraceEvent event) {
        String json() {
            return TraceForm.line(group, replica, count, order, now, event);
        }
    }

    private final String build;
    private final SortedMap<Long, List<ReplicaId>> groups;
    private final Layout layout;
    private final Exercised exercised;
    private final Map<ReplicaId, Traced> replicas = new HashMap<>();

    /// Under which name each kind of event is counted: to put it together each time was a fiftieth of a run.
    private final Map<Class<?>, String> names = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private boolean isForgetful;
    private final List<TraceSink> listeners = new ArrayList<>();

    TraceLog(String build, SortedMap<Long, List<ReplicaId>> groups, Layout layout, Exercised exercised) {
        this.build = build;
        this.layout = layout;
        this.groups = groups;
        this.exercised = exercised;
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        var traced = replicas.computeIfAbsent(replica, _ -> new Traced());
        traced.order = Math.max(traced.order, order);
        long count = ++traced.counts.computeIfAbsent(group, _ -> new Count()).events;
        if (!isForgetful) {
            lines.add(new Line(group, replica, count, order, now, event));
        }
        exercised.count(names.computeIfAbsent(event.getClass(), _ -> "action " + event.action()));
        for (var listener : listeners) {
            listener.event(group, replica, order, now, event);
        }
    }

    /// From now on no lines are kept: those of many groups take a lot of room, whether anything happens in
    /// them or not.
    void forget() {
        isForgetful = true;
    }

    /// From now on, this one hears of each event too.
    void heardBy(TraceSink listener) {
        listeners.add(listener);
    }

    /// The Lamport count of the last event of a replica, in whichever group.
    long order(ReplicaId replica) {
        var traced = replicas.get(replica);
        return traced == null ? 0 : traced.order;
    }

    private String header(String node) {
        return TraceForm.header(node, build, groups, replicas(_ -> true), replicas(this::isLog));
    }

    /// Those of the replicas of each group that took part.
    private SortedMap<Long, List<ReplicaId>> replicas(Predicate<ReplicaId> which) {
        var took = new TreeMap<Long, List<ReplicaId>>();
        groups.forEach((group, voters) -> {
            var all = new TreeSet<>(voters);
            replicas.forEach((replica, traced) -> {
                if (traced.counts.containsKey(group)) {
                    all.add(replica);
                }
            });
            took.put(group, all.stream().filter(which).toList());
        });
        return took;
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
