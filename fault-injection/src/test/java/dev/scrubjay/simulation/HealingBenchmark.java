package dev.scrubjay.simulation;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Measures, in simulated time and with the standard settings, how long a group that loses a voter for
/// good has one voter less, how long until all voters keep the state again, and what its clients notice
/// of that.
///
/// `ci/benchmark HealingBenchmark [SEEDS]`: the same for a state of a megabyte and of ten gigabytes, of
/// which a node gives a hundred megabytes in a second. The state is simulated: each of its bytes stands for
/// some thousands, and takes as long.
final class HealingBenchmark {
    private static final int SEEDS = 10;
    private static final long SECOND = 1_000_000_000;
    private static final long BYTES_IN_A_SECOND = 100_000_000;

    /// How large the state is that is there: fifty keys and some sessions.
    private static final long STATE_BYTES = 2_000;
    private static final Workload WORKLOAD = new Workload(8, 50, SECOND / 50, SECOND / 5, 10 * SECOND);

    private final SmallWorld small;
    private final Recorder recorder = new Recorder();

    private HealingBenchmark(long seed, long bytes) {
        // In a hundred parts, each of which takes a second at most.
        var snapshots = new Settings.Snapshots(
                (int) (STATE_BYTES / 100),
                STATE_BYTES * BYTES_IN_A_SECOND / bytes,
                100 * SECOND,
                Settings.STANDARD.snapshots().patienceNanos());
        var settings = SmallWorld.settings(Settings.STANDARD.archiving(), snapshots);
        var layout = Layout.of(List.of("a", "b", "c"), Map.of("d", ReplicaKind.LOG, "e", ReplicaKind.STORAGE));
        small = new SmallWorld(seed, settings, layout);
        var processes = new SimulatedClient.Processes();
        for (int i = 1; i <= WORKLOAD.clients(); i++) {
            new SimulatedClient(
                            "client-" + i,
                            small.cluster.groups(),
                            List.of("a", "b", "c", "e"),
                            WORKLOAD,
                            small.timeline,
                            Randomness.of(seed * 100 + i),
                            small.links,
                            recorder,
                            processes,
                            small.exercised)
                    .begin();
        }
    }

    /// What came of one loss: when the voters were complete, when all kept the state, and how long writes
    /// took before, in between and after.
    private record Healed(long voting, long keeping, List<Long> before, List<Long> during, List<Long> after) {}

    /// Prints a line for each size.
    public static void main(String[] arguments) {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : SEEDS;
        System.out.println("state        all vote again after        all keep it after     write p50/p99 before"
                + "     during     after");
        for (long bytes : new long[] {1_000_000, 10_000_000_000L}) {
            var voting = new TreeSet<Long>();
            var keeping = new TreeSet<Long>();
            var before = new ArrayList<Long>();
            var during = new ArrayList<Long>();
            var after = new ArrayList<Long>();
            for (long seed = 1; seed <= seeds; seed++) {
                var healed = new HealingBenchmark(seed, bytes).heal();
                voting.add(healed.voting());
                keeping.add(healed.keeping());
                before.addAll(healed.before());
                during.addAll(healed.during());
                after.addAll(healed.after());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,6d MB   %.2f to %.2f s   %.1f to %.1f s   %s   %s   %s%n",
                    bytes / 1_000_000,
                    seconds(voting.first()),
                    seconds(voting.last()),
                    seconds(keeping.first()),
                    seconds(keeping.last()),
                    spread(before),
                    spread(during),
                    spread(after));
        }
    }

    private static double seconds(long nanos) {
        return (double) nanos / SECOND;
    }

    private static String spread(List<Long> nanos) {
        var sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.1f/%.1f ms (%,d)",
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get((int) (sorted.size() * 0.99)) / 1e6,
                sorted.size());
    }

    private Healed heal() {
        var spare = small.world.powerOff("e").orElseThrow();
        var leader = small.elect();
        small.pass(10_000);
        spare.end();
        small.pass(1_000);
        long at = small.timeline.now();
        var lost = small.disks.members(1).voters().stream()
                .map(ReplicaId::node)
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
        if (small.world.wipe(lost).isEmpty()) {
            throw new IllegalStateException("nothing was lost");
        }
        long voting = until(() -> voters().allMatch(node -> !node.isLost()), at);
        long keeping = until(() -> voters().allMatch(node -> !node.isLost() && node.kind() == ReplicaKind.STORAGE), at);
        small.pass(5_000);
        return new Healed(
                voting,
                keeping,
                writes(at - 5 * SECOND, at),
                writes(at, at + keeping),
                writes(at + keeping, small.timeline.now()));
    }

    private Stream<SimulatedNode> voters() {
        return small.disks.members(1).voters().stream().map(voter -> small.cluster.node(voter.node()));
    }

    private long until(BooleanSupplier healed, long since) {
        while (!healed.getAsBoolean()) {
            small.pass(10);
        }
        return small.timeline.now() - since;
    }

    private List<Long> writes(long from, long to) {
        return recorder.history().operations().stream()
                .filter(operation -> !operation.f().equals("get") && operation.isCompleted())
                .filter(operation -> operation.invocation().time() >= from
                        && operation.invocation().time() < to)
                .map(HealingBenchmark::nanos)
                .toList();
    }

    private static long nanos(Operation operation) {
        return operation.completion().orElseThrow().time()
                - operation.invocation().time();
    }
}
