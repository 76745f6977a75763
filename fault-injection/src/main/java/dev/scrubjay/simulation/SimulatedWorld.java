package dev.scrubjay.simulation;

import dev.scrubjay.node.Host;
import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What a nemesis can do to the simulated world.
final class SimulatedWorld implements World {
    /// What is to be done when a moment comes.
    private record Waiting(Moment moment, Supplier<String> node, Runnable then) {
        boolean isFor(Moment came, String at) {
            return moment == came && node.get().equals(at);
        }
    }

    private final Cluster cluster;
    private final Links links;
    private final SimulatedObjects objects;
    private final Wrongs wrongs;
    private final Failovers failovers;
    private final Randomness randomness;
    private final Exercised exercised;
    private final Build build;
    private final List<Waiting> waiting = new ArrayList<>();

    SimulatedWorld(
            Cluster cluster,
            Links links,
            SimulatedObjects objects,
            Wrongs wrongs,
            Failovers failovers,
            Randomness randomness,
            Exercised exercised,
            Build build) {
        this.cluster = cluster;
        this.links = links;
        this.objects = objects;
        this.wrongs = wrongs;
        this.randomness = randomness;
        this.failovers = failovers;
        this.exercised = exercised;
        this.build = build;
    }

    @Override
    public SortedSet<String> nodes() {
        return new TreeSet<>(cluster.names());
    }

    @Override
    public SortedSet<String> originals() {
        return cluster.nodes().stream()
                .filter(node -> node.self().incarnation() == 1 && !node.isLost())
                .map(SimulatedNode::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String zone(String node) {
        return cluster.zone(node);
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
    public Optional<Ongoing> failSync(String node) {
        return cluster.node(node).disk().flatMap(SimulatedDisk::failSync);
    }

    @Override
    public Optional<Ongoing> slowDisk(String node, int times) {
        return cluster.node(node).disk().map(disk -> disk.slow(times));
    }

    @Override
    public Optional<Ongoing> stuckDisk(String node) {
        return cluster.node(node).disk().map(SimulatedDisk::stick);
    }

    @Override
    public Optional<Ongoing> fullDisk(String node) {
        return cluster.node(node).disk().map(SimulatedDisk::fill);
    }

    @Override
    public Optional<Ongoing> readErrors(String node) {
        return cluster.node(node).disk().map(SimulatedDisk::refuseReads);
    }

    @Override
    public Optional<Ongoing> rot(String node, Rot rot) {
        return cluster.node(node).disk().filter(disk -> disk.rot(rot)).map(_ -> () -> {});
    }

    @Override
    public Optional<Ongoing> rotState(String node) {
        return cluster.node(node).rotState().map(ended -> () -> {
            ended.end();
            failovers.look();
        });
    }

    /// Not again before all is right: so one copy stays so, and says it.
    @Override
    public Optional<Ongoing> decay(List<String> nodes, boolean isWritten) {
        long group = randomness.oneOf(cluster.groups());
        if (wrongs.in(group).isPresent()) {
            return Optional.empty();
        }
        long decayed = nodes.stream()
                .filter(node -> cluster.node(node).decay(group, SimulatedClient.coldKey(group), isWritten))
                .count();
        return decayed > 0 ? Optional.of(() -> {}) : Optional.empty();
    }

    @Override
    public Optional<Ongoing> troubleArchive(Trouble trouble) {
        return objects.begin(trouble);
    }

    @Override
    public Optional<Ongoing> dropSyncs(String node) {
        return cluster.node(node).disk().map(SimulatedDisk::dropSyncs);
    }

    @Override
    public Optional<Ongoing> wipe(String node) {
        if (cluster.node(node).isLost() || !cluster.couldSpare(node)) {
            return Optional.empty();
        }
        cluster.node(node).wipe();
        return began(Optional.of(() -> cluster.join(node)));
    }

    @Override
    public Optional<Ongoing> upgrade(String node) {
        return build.next().flatMap(next -> become(node, next));
    }

    @Override
    public Optional<Ongoing> downgrade(String node) {
        return become(node, Host.Forms.CURRENT);
    }

    private Optional<Ongoing> become(String node, Host.Forms version) {
        return cluster.node(node).become(version, failovers::look) ? Optional.of(() -> {}) : Optional.empty();
    }

    @Override
    public void when(Moment moment, Supplier<String> node, Runnable then) {
        if (moment == Moment.AT_ONCE) {
            then.run();
        } else {
            waiting.add(new Waiting(moment, node, then));
        }
    }

    /// A client's request has arrived at a node, which did not take it yet.
    void asked(String node) {
        came(Moment.AT_A_REQUEST, node);
    }

    /// A node's disk is in the middle of a sync.
    void syncing(String node) {
        came(Moment.DURING_A_SYNC, node);
    }

    /// A leader has just proposed other voters.
    void votersChange(String node) {
        came(Moment.WHILE_VOTERS_CHANGE, node);
    }

    /// A part of a snapshot arrives, which this node gave or takes.
    void travelling(String node) {
        came(Moment.WHILE_A_SNAPSHOT_TRAVELS, node);
    }

    /// One at a time: what one does may be what takes the moment from the next.
    private void came(Moment moment, String node) {
        if (waiting.isEmpty()) {
            return;
        }
        var first = waiting.stream().filter(each -> each.isFor(moment, node)).findFirst();
        first.ifPresent(each -> {
            waiting.remove(each);
            each.then().run();
        });
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
