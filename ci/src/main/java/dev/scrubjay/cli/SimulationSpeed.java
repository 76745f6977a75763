package dev.scrubjay.cli;

import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.world.HistoryCheck;
import dev.scrubjay.world.Run;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How fast the simulated world goes on one core, with everything checked that can be, at stated loads.
///
/// Counted is the time that the thread had a core, so that it makes no difference what else the machine does.
final class SimulationSpeed {
    /// A program is faster when it has run for a while, and campaigns run for long.
    private static final int UNCOUNTED = 3;

    private static final int TIMES = 3;
    private static final Duration SIMULATED = Duration.ofSeconds(60);

    /// Of so many clients that pause for so long, two thirds write.
    ///
    /// @param isIdle whether there are so many groups that most of them do nothing: then the run ends before
    /// they are read back, which would take longer than all else, and one run is enough to see how it goes
    private record Load(String name, int clients, int groups, String pause, Duration simulated, boolean isIdle) {
        Run run() {
            return isIdle ? Simulation.runBusy(scenario(), "bench") : Simulation.run(scenario(), "bench");
        }

        /// Thousands of groups that stand at once, again and again, are more than a disk can sync, and never
        /// have leaders; so they take their time.
        private String settings() {
            return isIdle ? "election.spread=4s" : "scrub.every=5s scrub.patience=3s";
        }

        int uncounted() {
            return isIdle ? 0 : UNCOUNTED;
        }

        int times() {
            return isIdle ? 1 : TIMES;
        }

        private Scenario scenario() {
            return ScenarioForm.read(
                    """
                    scenario 1
                    groups %d
                    node a
                    node b
                    node c
                    node d spare
                    node e spare keeps=log
                    set %s
                    workload clients=%d keys=20 pause=%s
                    run %ds heal=%ds
                    """.formatted(groups, settings(), clients, pause, simulated.toSeconds(), isIdle ? 200 : 60));
        }
    }

    private static final List<Load> LOADS = List.of(
            new Load("1 a second", 1, 1, "800ms", SIMULATED, false),
            new Load("100 a second", 11, 1, "100ms", SIMULATED, false),
            new Load("1,000 a second", 60, 4, "50ms", SIMULATED, false),
            new Load("10,000 groups", 11, 10_000, "100ms", Duration.ofSeconds(5), true));

    /// What a load came to.
    ///
    /// @param nanos how long a core was at work for it, the median of the runs that count
    record Speed(String load, long operations, long steps, double simulatedSeconds, long nanos) {
        double seconds() {
            return nanos / 1e9;
        }

        Map<String, Object> facts() {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("load", load);
            facts.put("operations", operations);
            facts.put("steps", steps);
            facts.put("simulatedSeconds", simulatedSeconds);
            facts.put("seconds", seconds());
            return facts;
        }
    }

    private SimulationSpeed() {}

    static List<Speed> measure(PrintStream people, Progress progress) {
        var table = new Table(
                people,
                List.of("load", "operations", "of true time", "operations/s", "steps/s"),
                List.of("1,000 a second ", "1,000,000", "10,000 times", "operations/s", "10,000,000"));
        return LOADS.stream()
                .map(load -> {
                    progress.begin("simulating " + load.simulated().toSeconds() + " s, " + load.name());
                    var speed = measure(load);
                    progress.clear();
                    table.row(List.of(
                            load.name(),
                            Words.number(speed.operations()),
                            String.format(Locale.ROOT, "%,.1f times", speed.simulatedSeconds() / speed.seconds()),
                            Words.number(Math.round(speed.operations() / speed.seconds())),
                            Words.number(Math.round(speed.steps() / speed.seconds()))));
                    return speed;
                })
                .toList();
    }

    private static Speed measure(Load load) {
        var threads = ManagementFactory.getThreadMXBean();
        var speeds = new Speed[load.uncounted() + load.times()];
        for (int i = 0; i < speeds.length; i++) {
            long begin = threads.getCurrentThreadCpuTime();
            var run = load.run();
            var findings = Campaign.findings(run, List.of(HistoryCheck.onOneThread()));
            long nanos = threads.getCurrentThreadCpuTime() - begin;
            if (!findings.isEmpty()) {
                throw new IllegalStateException("with nothing wrong: " + findings);
            }
            speeds[i] = new Speed(
                    load.name(),
                    run.exercised().getOrDefault("operations answered", 0L),
                    run.exercised().getOrDefault("steps", 0L),
                    run.exercised().getOrDefault("virtual milliseconds", 0L) / 1_000.0,
                    nanos);
        }
        var sorted = List.of(speeds).subList(load.uncounted(), speeds.length).stream()
                .sorted((one, other) -> Long.compare(one.nanos(), other.nanos()))
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
