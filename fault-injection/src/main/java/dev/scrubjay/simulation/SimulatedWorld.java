package dev.scrubjay.simulation;

import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a nemesis can do to the simulated world.
final class SimulatedWorld implements World {
    private final Cluster cluster;
    private final Links links;
    private final Failovers failovers;
    private final Exercised exercised;
    private final ArrayDeque<Runnable> whenAsked = new ArrayDeque<>();

    SimulatedWorld(Cluster cluster, Links links, Failovers failovers, Exercised exercised) {
        this.cluster = cluster;
        this.links = links;
        this.failovers = failovers;
        this.exercised = exercised;
    }

    @Override
    public SortedSet<String> nodes() {
        return new TreeSet<>(cluster.names());
    }

    @Override
    public Optional<String> leader() {
        return cluster.leader();
    }

    @Override
    public Optional<Ongoing> powerOff(String node) {
        int lost = cluster.node(node).powerOff();
        if (lost < 0) {
            return Optional.empty();
        }
        exercised.count("power-offs");
        if (lost > 0) {
            exercised.count("power-offs with loss");
            exercised.count("records lost", lost);
        }
        return began(Optional.of(() -> cluster.node(node).powerOn()));
    }

    @Override
    public Optional<Ongoing> leave(String node) {
        return began(cluster.node(node).leave(failovers::look));
    }

    @Override
    public Optional<Ongoing> pause(String node) {
        return began(cluster.node(node).pause());
    }

    @Override
    public Optional<Ongoing> cut(Set<Way> ways) {
        return began(links.cut(ways));
    }

    @Override
    public Optional<Ongoing> weather(Set<Way> ways, Weather weather) {
        return Optional.of(links.weather(ways, weather));
    }

    @Override
    public Optional<Ongoing> drift(String node, int perMille) {
        return cluster.node(node).drift(perMille);
    }

    @Override
    public boolean jump(String node, long nanos) {
        return cluster.node(node).jump(nanos);
    }

    @Override
    public void whenLeaderIsAsked(Runnable then) {
        whenAsked.add(then);
    }

    /// A client's request has arrived at a node, which did not take it yet.
    void asked(String node) {
        if (!whenAsked.isEmpty() && leader().equals(Optional.of(node))) {
            whenAsked.remove().run();
        }
    }

    /// Leaders come and go with faults.
    private Optional<Ongoing> began(Optional<Ongoing> fault) {
        failovers.look();
        return fault.map(ongoing -> () -> {
            ongoing.end();
            failovers.look();
        });
    }
}
