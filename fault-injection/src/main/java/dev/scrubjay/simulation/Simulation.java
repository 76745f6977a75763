package dev.scrubjay.simulation;

import dev.scrubjay.history.Recorder;
import dev.scrubjay.node.Host;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Run;
import dev.scrubjay.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One run of the simulated world: three nodes, their clients, and what goes wrong, all from one seed.
///
/// Clients work while faults come. Then the faults end, and the groups must heal: answer again, agree, and
/// hold every write that was acknowledged. Invariants are looked at after every step; the first that does not
/// hold ends the run.
public final class Simulation {
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final long LOOK_NANOS = 100_000_000;

    private final Plan plan;
    private final Timeline timeline = new Timeline();
    private final Exercised exercised = new Exercised();
    private final Recorder recorder = new Recorder();
    private final Disks disks = new Disks(NODES.size());
    private final SimulatedClient.Sessions sessions = new SimulatedClient.Sessions();
    private final SortedMap<Long, List<ReplicaId>> groups = new TreeMap<>();
    private final SortedMap<String, SimulatedNode> nodes = new TreeMap<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final SimulatedClient reader;
    private final Randomness faults;
    private final Randomness clientsRandomness;
    private final Links links;
    private final TraceLog traces;

    private Simulation(long seed, Plan plan, String build, boolean watched) {
        this.plan = plan;
        var randomness = Randomness.of(seed);
        var replicas = NODES.stream().map(node -> new ReplicaId(node, 1)).toList();
        for (long group = 1; group <= plan.groups(); group++) {
            groups.put(group, replicas);
        }
        List<Invariant> invariants = watched ? invariants() : List.of();
        disks.watchedBy(invariants);
        this.traces = new TraceLog(build, groups, exercised);
        this.links = new Links(timeline, randomness.split(), exercised, invariants);
        for (var self : replicas) {
            var member = new Host.Member(self, groups, Settings.STANDARD);
            nodes.put(
                    self.node(),
                    new SimulatedNode(member, timeline, randomness.split(), links, traces, disks, invariants));
        }
        this.clientsRandomness = randomness.split();
        this.faults = randomness.split();
        for (int i = 1; i <= plan.workload().clients(); i++) {
            clients.add(client("client-" + i, plan.workload()));
        }
        this.reader = client("reader", plan.workload());
    }

    private List<Invariant> invariants() {
        return List.of(
                new AgreementInv(disks),
                new OneValuePerBallotInv(),
                new ValidityInv(),
                new SyncedBeforeSentInv(disks),
                new DurableBeforeAcknowledgedInv(disks),
                new KnownIsChosenInv(disks),
                new AppliedIsSyncedInv(disks));
    }

    /// Runs to the end, or to the first finding.
    ///
    /// @param build what the trace says about what wrote it
    public static Run run(long seed, Plan plan, String build) {
        return new Simulation(seed, plan, build, true).run();
    }

    /// Runs to the end without looking at any invariant on the way, so that another check can show what it
    /// finds alone.
    public static Run runUnwatched(long seed, Plan plan, String build) {
        return new Simulation(seed, plan, build, false).run();
    }

    private SimulatedClient client(String name, Workload workload) {
        return new SimulatedClient(
                name,
                List.copyOf(groups.keySet()),
                NODES,
                workload,
                timeline,
                clientsRandomness.split(),
                links,
                recorder,
                sessions,
                exercised);
    }

    private Run run() {
        var findings = new ArrayList<Finding>();
        try {
            nodes.values().forEach(SimulatedNode::powerOn);
            clients.forEach(SimulatedClient::begin);
            planFault();
            timeline.runUntil(plan.busyNanos());
            heal().ifPresent(findings::add);
        } catch (Invariant.Violation e) {
            findings.add(new Finding(e.invariant(), String.valueOf(e.getMessage()), when()));
        }
        exercised.count("steps", timeline.steps());
        exercised.count("virtual milliseconds", timeline.now() / 1_000_000);
        return new Run(recorder.history(), traces::lines, exercised.counts(), findings);
    }

    private String when() {
        return String.format(
                Locale.ROOT, "step %,d, virtual time %.3f s", timeline.steps(), timeline.now() / 1_000_000_000.0);
    }

    // ---------------------------------------------------------------- faults

    private void planFault() {
        if (plan.faultEveryNanos() > plan.busyNanos()) {
            return;
        }
        timeline.after(1 + faults.below(2 * plan.faultEveryNanos()), () -> {
            if (timeline.now() < plan.busyNanos()) {
                var drawn = plan.draw(faults);
                if (drawn.fault().begin(acts)) {
                    exercised.count("fault " + drawn.fault().word());
                    timeline.after(drawn.nanos(), () -> drawn.fault().end(acts));
                }
                planFault();
            }
        });
    }

    private final World acts = new Acts();

    /// What a nemesis can do here.
    private final class Acts implements World {
        @Override
        public SortedSet<String> nodes() {
            return new TreeSet<>(nodes.keySet());
        }

        @Override
        public Optional<String> leader() {
            return nodes.entrySet().stream()
                    .filter(node -> groups.keySet().stream().anyMatch(node.getValue()::leads))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        @Override
        public boolean powerOff(String node) {
            int lost = node(node).powerOff();
            if (lost >= 0) {
                exercised.count("power-offs");
            }
            if (lost > 0) {
                exercised.count("power-offs with loss");
                exercised.count("records lost", lost);
            }
            return lost >= 0;
        }

        @Override
        public void powerOn(String node) {
            node(node).powerOn();
        }

        @Override
        public boolean cut(Set<String> side) {
            links.cut(side);
            return !side.isEmpty() && side.size() < nodes.size();
        }

        @Override
        public void join() {
            links.cut(Set.of());
        }

        @Override
        public boolean weather(World.Weather weather) {
            links.weather(weather);
            return true;
        }

        @Override
        public void calm() {
            links.weather(Links.CALM);
        }
    }

    private SimulatedNode node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name + "; there are " + nodes.keySet());
        }
        return node;
    }

    // ---------------------------------------------------------------- healing

    /// Ends all faults and waits until the groups work again; says what is not as it should be then.
    private Optional<Finding> heal() {
        acts.join();
        acts.calm();
        nodes.keySet().forEach(acts::powerOn);
        clients.forEach(SimulatedClient::rest);
        reader.readBack(everyKey());
        long end = timeline.now() + plan.healNanos();
        var unhealed = "";
        while (timeline.now() < end) {
            timeline.runUntil(timeline.now() + LOOK_NANOS);
            unhealed = unhealed();
            if (unhealed.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Finding(
                "healing", "after " + plan.healNanos() / 1_000_000_000 + " s without faults " + unhealed, when()));
    }

    /// What is read at the end, and judged with the rest of the history: so whatever was acknowledged must be
    /// there.
    private List<SimulatedClient.Read> everyKey() {
        var keys = new ArrayList<SimulatedClient.Read>();
        for (long group : groups.keySet()) {
            for (int key = 0; key < plan.workload().keys(); key++) {
                keys.add(new SimulatedClient.Read(group, SimulatedClient.key(group, key)));
            }
        }
        return keys;
    }

    /// What keeps the groups from being healed; empty when they are.
    private String unhealed() {
        if (!clients.stream().allMatch(SimulatedClient::isDone)) {
            return "a client still waits for an answer";
        }
        for (var node : nodes.entrySet()) {
            if (!node.getValue().isOn()) {
                return "node " + node.getKey() + " is off";
            }
        }
        for (long group : groups.keySet()) {
            var views = nodes.values().stream().map(node -> node.view(group)).toList();
            long length = disks.chosenLog(group).size();
            if (nodes.values().stream().noneMatch(node -> node.leads(group))) {
                return "group " + group + " has no leader";
            }
            for (ReplicaView view : views) {
                if (view.applied() != length) {
                    return "a replica of group " + group + " has applied " + view.applied() + " of " + length
                            + " chosen slots";
                }
                if (!view.state().equals(views.getFirst().state())) {
                    return "replicas of group " + group + " hold different states: " + view.state() + " and "
                            + views.getFirst().state();
                }
            }
        }
        return reader.isDone() ? "" : "not every key could be read";
    }
}
