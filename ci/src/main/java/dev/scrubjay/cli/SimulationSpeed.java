package dev.scrubjay.cli;

import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.world.HistoryCheck;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How fast the simulated world goes on one core, with everything checked that can be, at stated loads.
final class SimulationSpeed {
    private static final int TIMES = 3;
    private static final Duration SIMULATED = Duration.ofSeconds(60);

    /// Of so many clients that pause for so long, two thirds write.
    private record Load(String name, int clients, int groups, String pause) {
        Scenario scenario() {
            return ScenarioForm.read("""
                    scenario 1
                    groups %d
                    node a
                    node b
                    node c
                    node d spare
                    node e spare keeps=log
                    set scrub.every=5s scrub.patience=3s
                    workload clients=%d keys=20 pause=%s
                    run %ds heal=60s
                    """.formatted(groups, clients, pause, SIMULATED.toSeconds()));
        }
    }

    private static final List<Load> LOADS = List.of(
            new Load("1 a second", 1, 1, "800ms"),
            new Load("100 a second", 11, 1, "100ms"),
            new Load("1,000 a second", 60, 4, "50ms"));

    /// What a load came to.
    ///
    /// @param nanos how long it took, the median of three runs
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
                    progress.begin("simulating " + SIMULATED.toSeconds() + " s, " + load.name());
                    var speed = measure(load);
                    progress.clear();
                    table.row(List.of(
                            load.name(),
                            Words.number(speed.operations()),
                            Words.number(Math.round(speed.simulatedSeconds() / speed.seconds())) + " times",
                            Words.number(Math.round(speed.operations() / speed.seconds())),
                            Words.number(Math.round(speed.steps() / speed.seconds()))));
                    return speed;
                })
                .toList();
    }

    /// Once more than it counts, so that the first is not the one that is measured.
    private static Speed measure(Load load) {
        var speeds = new Speed[TIMES + 1];
        for (int i = 0; i < speeds.length; i++) {
            long begin = System.nanoTime();
            var run = Simulation.run(load.scenario(), "bench");
            var findings = Campaign.findings(run, List.of(new HistoryCheck()));
            long nanos = System.nanoTime() - begin;
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
        var sorted = List.of(speeds).subList(1, speeds.length).stream()
                .sorted((one, other) -> Long.compare(one.nanos(), other.nanos()))
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
