package dev.scrubjay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What was never there was never checked. Each action happens in a behaviour of the specification in which
/// two replicas led and a power-off took something: those of these traces that TLC accepts are such
/// behaviours.
final class CoverageTest {
    private static final int SEEDS = 500;

    @Test
    void everyActionHappensInABehaviourWithTwoLeadersAndALoss() throws Exception {
        var missing = Arrays.stream(TraceEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        var traces = new ArrayList<TraceFile>();
        for (long seed = 1; seed <= SEEDS && !missing.isEmpty(); seed++) {
            var run = Simulation.run(seed, Plan.TRACE, "test");
            var lines = run.trace().get();
            boolean lost = run.exercised().getOrDefault("power-offs with loss", 0L) > 0;
            if (lost && leaders(lines) >= 2 && missing.removeAll(actions(lines))) {
                traces.add(TraceFile.of("seed " + seed, lines));
            }
        }

        assertThat(missing).as("actions in none of them").isEmpty();
        assertThat(Traces.judge(traces))
                .allSatisfy(judged -> assertThat(judged.verdict()).isEqualTo(new Judged.Verdict.Accepted()));
    }

    private static long leaders(List<String> lines) {
        return lines.stream()
                .filter(line -> Traces.action(line).equals("Lead"))
                .map(Traces::replica)
                .distinct()
                .count();
    }

    private static Set<String> actions(List<String> lines) {
        return lines.stream().map(Traces::action).collect(Collectors.toSet());
    }
}
