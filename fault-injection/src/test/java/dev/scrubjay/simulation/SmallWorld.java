package dev.scrubjay.simulation;

import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.ReplicaId;
import java.util.List;
import java.util.TreeMap;

/// Nodes with one group and without clients, for tests that bring faults by hand.
final class SmallWorld {
    /// Nothing is archived soon, and so nothing trimmed.
    static final Settings.Archiving LATE =
            new Settings.Archiving(1_000, 3_600_000_000_000L, 200_000_000, 1 << 20, 1 << 20);

    final Timeline timeline = new Timeline();
    final Exercised exercised = new Exercised();
    final List<ReplicaId> replicas;
    final Links links;
    final TraceLog traces;
    final Disks disks;
    final SimulatedObjects objects;
    final Wrongs wrongs = new Wrongs(timeline, exercised);
    final Cluster cluster;
    final Leaders leaders;
    final Failovers failovers;
    final SimulatedWorld world;

    SmallWorld(String... names) {
        this(3, names);
    }

    /// All nodes are on; nobody leads yet.
    SmallWorld(long seed, String... names) {
        this(seed, LATE, names);
    }

    SmallWorld(long seed, Settings.Archiving archiving, String... names) {
        this(seed, archiving, Layout.of(List.of(names)));
    }

    SmallWorld(long seed, Settings.Archiving archiving, Layout layout) {
        this(seed, settings(archiving, Settings.STANDARD.snapshots()), layout);
    }

    SmallWorld(long seed, Settings settings, Layout layout) {
        var randomness = Randomness.of(seed);
        replicas = layout.voters();
        var groups = new TreeMap<Long, List<ReplicaId>>();
        groups.put(1L, replicas);
        links = new Links(timeline, randomness.split(), exercised, List.of());
        traces = new TraceLog("test", groups, layout, exercised);
        disks = new Disks(replicas, true);
        List<Invariant> invariants = List.of(new SyncedStaysInv(disks));
        disks.watchedBy(invariants);
        objects = new SimulatedObjects(timeline, disks, randomness.split(), exercised);
        var ground = new Ground(timeline, links, disks, objects, traces, wrongs, invariants, exercised, true);
        cluster = new Cluster(layout, groups, settings, ground, randomness.split());
        leaders = new Leaders(timeline, exercised);
        failovers = new Failovers(timeline, leaders, cluster);
        world = new SimulatedWorld(
                cluster, links, objects, wrongs, failovers, randomness.split(), exercised, Build.of("test"));
        links.requestsHeardBy(world::asked);
        links.partsHeardBy(world::travelling);
        links.endsHeardBy(failovers::look);
        disks.syncsHeardBy(world::syncing);
        cluster.nodes().forEach(SimulatedNode::powerOn);
    }

    static Settings settings(Settings.Archiving archiving, Settings.Snapshots snapshots) {
        var standard = Settings.STANDARD;
        return new Settings(
                standard.heartbeatNanos(),
                standard.resendNanos(),
                standard.electionNanosMin(),
                standard.electionNanosSpread(),
                standard.windowMax(),
                standard.catchUpMax(),
                archiving,
                standard.lease(),
                standard.sessionsMax(),
                standard.sessionIdleNanos(),
                standard.healing(),
                snapshots,
                standard.scrub());
    }

    /// Runs until somebody leads, and says who.
    String elect() {
        while (cluster.leader().isEmpty()) {
            pass(10);
        }
        return cluster.leader().orElseThrow();
    }

    void pass(long millis) {
        timeline.runUntil(timeline.now() + millis * 1_000_000);
    }
}
