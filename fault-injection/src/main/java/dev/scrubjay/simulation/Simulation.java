package dev.scrubjay.simulation;

import dev.scrubjay.history.Recorder;
import dev.scrubjay.picture.Picture;
import dev.scrubjay.scenario.Availability;
import dev.scrubjay.scenario.Availability.Struck;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/// One run of the simulated world: nodes, their clients, and what goes wrong, all from one seed.
///
/// Clients work while faults come. Then the faults end, and the groups must heal. Invariants are looked at
/// after every step; the first that does not hold ends the run.
public final class Simulation {
    private static final long LOOK_NANOS = 50_000_000;

    private final Scenario scenario;
    private final Timeline timeline = new Timeline();
    private final Exercised exercised = new Exercised();
    private final Recorder recorder = new Recorder();
    private final SimulatedClient.Processes processes = new SimulatedClient.Processes();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final TraceLog traces;
    private final Links links;
    private final Cluster cluster;
    private final Disks disks;
    private final Leaders leaders;
    private final Failovers failovers;
    private final NeedlessElections needless;
    private final Nemesis nemesis;
    private final Chronicle chronicle;
    private final Healing healing;

    private Simulation(Scenario scenario, Build build, boolean watched, boolean explains) {
        this.scenario = scenario;
        var randomness = Streams.of(scenario.seed());
        var layout = Layout.placed(scenario.nodes());
        var groups = groups(scenario, layout.voters());
        this.disks = new Disks(layout.voters(), scenario.losses());
        var wrongs = new Wrongs(timeline, exercised);
        var settings = scenario.settings();
        long refusedFrom = settings.archiving().refusedFrom();
        List<Invariant> invariants = watched ? invariants(timeline, disks, layout, wrongs, refusedFrom) : List.of();
        disks.watchedBy(invariants);
        this.traces = new TraceLog(build.name(), groups, layout, exercised);
        this.links = new Links(timeline, randomness.links(), exercised, invariants);
        var objects = new SimulatedObjects(timeline, disks, randomness.objects(), exercised);
        var ground =
                new Ground(timeline, links, disks, objects, traces, wrongs, invariants, exercised, scenario.losses());
        this.cluster = new Cluster(layout, groups, settings, ground, randomness.cluster());

        this.leaders = new Leaders(timeline, exercised);
        this.failovers = new Failovers(timeline, leaders, cluster);
        this.needless = new NeedlessElections(timeline, exercised);
        List.of(leaders, failovers, needless, wrongs).forEach(traces::heardBy);
        var world =
                new SimulatedWorld(cluster, links, objects, wrongs, failovers, randomness.world(), exercised, build);
        links.requestsHeardBy(world::asked);
        links.partsHeardBy(world::travelling);
        links.endsHeardBy(failovers::look);
        disks.syncsHeardBy(world::syncing);
        traces.heardBy(new Reconfigurations(timeline, randomness.voters(), exercised, world::votersChange));
        this.chronicle = new Chronicle(timeline, explains);
        traces.heardBy(chronicle);
        if (explains) {
            links.watchedBy(chronicle);
        }
        this.nemesis = new Nemesis(scenario, world, timeline, exercised, chronicle);
        traces.heardBy(nemesis);

        for (int i = 1; i <= scenario.workload().clients(); i++) {
            clients.add(client("client-" + i, randomness.clients().split()));
        }
        var reader = client("reader", randomness.clients().split());
        clients.getFirst().putFirst(cold(cluster.groups()));
        this.healing = new Healing(scenario, cluster, disks, wrongs, timeline, clients, reader);
    }

    private static SortedMap<Long, List<ReplicaId>> groups(Scenario scenario, List<ReplicaId> replicas) {
        var groups = new TreeMap<Long, List<ReplicaId>>();
        for (long group = 1; group <= scenario.groups(); group++) {
            groups.put(group, replicas);
        }
        return groups;
    }

    /// One key of each group that is written first of all and read at the very end.
    static List<SimulatedClient.Read> cold(List<Long> groups) {
        return groups.stream()
                .map(group -> new SimulatedClient.Read(group, SimulatedClient.coldKey(group)))
                .toList();
    }

    private static List<Invariant> invariants(
            Timeline timeline, Disks disks, Layout layout, Wrongs wrongs, long refusedFrom) {
        var states = new ChosenStates(disks);
        var questions = new Questions();
        return List.of(
                new AgreementInv(disks),
                new OneValuePerBallotInv(),
                new ValidityInv(),
                new OneHolderInv(),
                new FreshReadsInv(states, questions),
                new EventualPrefixInv(states, questions),
                new StateFollowsLogInv(states, wrongs),
                new SyncedBeforeSentInv(disks),
                new DurableBeforeAcknowledgedInv(disks, questions),
                new KnownIsChosenInv(disks),
                new ToldIsChosenInv(disks),
                new AppliedIsSyncedInv(disks),
                new SyncedStaysInv(disks),
                new ArchiveIsPrefixInv(disks),
                new TrimmedIsArchivedInv(disks),
                new BacklogInv(disks, refusedFrom),
                new OnEveryQuorumInv(disks, questions),
                new ScrubFindsInv(timeline, wrongs),
                new LogReplicasNeverLeadInv(layout.logs()));
    }

    private SimulatedClient client(String name, Randomness randomness) {
        return new SimulatedClient(
                name,
                cluster.groups(),
                cluster.names(),
                scenario.workload(),
                timeline,
                randomness,
                links,
                recorder,
                processes,
                exercised);
    }

    /// Runs to the end, or to the first finding.
    public static Run run(Scenario scenario, Build build) {
        return new Simulation(scenario, build, true, false).run();
    }

    /// The same, of a program that no later version is known of.
    public static Run run(Scenario scenario, String build) {
        return run(scenario, Build.of(build));
    }

    /// A run, and how a finding in it came about.
    public static final class Explained {
        private final Scenario scenario;
        private final LongFunction<String> clients;
        private final Run run;
        private final List<Chronicle.Happening> happenings;

        private Explained(
                Scenario scenario, Run run, LongFunction<String> clients, List<Chronicle.Happening> happenings) {
            this.scenario = scenario;
            this.clients = clients;
            this.run = run;
            this.happenings = happenings;
        }

        public Run run() {
            return run;
        }

        /// What led to a finding, line by line, in the order of time.
        public List<String> story(Finding finding) {
            return Story.of(finding, happenings).text();
        }

        /// The whole run as a picture, and in it the story of a finding, if there is one.
        ///
        /// @param summary a few lines about where it comes from
        public Picture picture(Optional<Finding> finding, List<String> summary) {
            return Drawing.of(scenario, run, clients, happenings, finding, summary);
        }
    }

    /// The same as `run`, and remembers what happened.
    public static Explained explain(Scenario scenario, Build build) {
        var simulation = new Simulation(scenario, build, true, true);
        var run = simulation.run();
        return new Explained(scenario, run, simulation.processes::client, simulation.chronicle.happenings());
    }

    /// Runs as long as clients work and faults come, watched all the time, and leaves no trace. Whether the
    /// groups heal is not asked: with thousands of them, to read every key back takes longer than all else.
    public static Run runBusy(Scenario scenario, String build) {
        var simulation = new Simulation(scenario, Build.of(build), true, false);
        simulation.traces.forget();
        return simulation.run(false);
    }

    /// The scenario that this seed draws.
    public static Run run(long seed, Plan plan, String build) {
        return run(Swarm.draw(seed, plan), Build.of(build));
    }

    /// Runs to the end without looking at any invariant on the way, so that another check can show what it
    /// finds alone.
    public static Run runUnwatched(Scenario scenario, String build) {
        return new Simulation(scenario, Build.of(build), false, false).run();
    }

    private Run run() {
        return run(true);
    }

    private Run run(boolean heals) {
        var findings = new ArrayList<Finding>();
        var undecided = new ArrayList<Finding>();
        try {
            cluster.nodes().forEach(SimulatedNode::powerOn);
            clients.forEach(SimulatedClient::begin);
            beginFaults();
            timeline.runUntil(scenario.busyNanos());
            nemesis.end();
            var unhealed = heals ? healing.unhealed() : "";
            if (!unhealed.isEmpty()) {
                findings.add(new Finding(Finding.HEALING, unhealed, timeline.when()));
            }
            available().forEach(each -> (each.check().equals(Finding.UNDECIDED) ? undecided : findings).add(each));
        } catch (Invariant.Violation e) {
            findings.add(new Finding(e.invariant(), String.valueOf(e.getMessage()), timeline.when()));
        }
        findings.addAll(needless.findings());
        if (findings.isEmpty()) {
            findings.addAll(nemesis.voids());
            findings.addAll(undecided);
        }
        cluster.groups()
                .forEach(group -> exercised.count(
                        "generations begun", disks.members(group).generation() - 1));
        exercised.count("steps", timeline.steps());
        exercised.count("virtual milliseconds", timeline.now() / 1_000_000);
        return new Run(
                recorder.history(), traces::lines, exercised.counts(), nemesis.covered(), failovers.nanos(), findings);
    }

    /// Whether clients were answered as it is expected. Asked when no operation is under way any more that
    /// counts.
    private List<Finding> available() {
        var struck = new ArrayList<>(nemesis.struck());
        struck.add(new Struck(0, leaders.ledFrom(scenario.groups()).orElse(Long.MAX_VALUE)));
        var findings = new ArrayList<Finding>();
        for (var expectation : scenario.expectations()) {
            if (expectation instanceof Expectation.Availability expected) {
                var available = Availability.of(expected, scenario, recorder.history(), struck);
                exercised.count(available.counted(), available.began());
                exercised.count(available.counted() + " and answered", available.answered());
                available.finding(scenario).ifPresent(findings::add);
            }
        }
        return findings;
    }

    /// Some faults are about groups that have leaders and keep them.
    private void beginFaults() {
        if (scenario.ledNanos()
                .filter(led -> !leaders.haveLed(scenario.groups(), led))
                .isPresent()) {
            timeline.after(LOOK_NANOS, this::beginFaults);
        } else {
            if (scenario.expectations().contains(new Expectation.NoElection())) {
                needless.watch();
            }
            nemesis.begin();
        }
    }
}
