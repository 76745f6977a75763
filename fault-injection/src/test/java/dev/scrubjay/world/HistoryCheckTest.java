package dev.scrubjay.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.history.Histories;
import dev.scrubjay.object.KeyValueStore;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a history that clients of the simulated world recorded is found to be.
final class HistoryCheckTest {
    @TempDir
    Path scratch;

    private final Run run = Simulation.run(1, Plan.TRACE, "test");

    @Test
    void aHistoryThatIsLinearizableIsNoFinding() {
        assertThat(run.history().size()).isPositive();
        assertThat(new HistoryCheck().judge(run)).isEmpty();
    }

    @Test
    void aHistoryThatLimitsLeftUndecidedIsCalledThat() {
        var hurried = new Checker(new KeyValueStore(), Limits.of(0)).with("breadth");

        assertThat(new HistoryCheck(hurried).judge(run)).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(Finding.UNDECIDED);
            assertThat(finding.text()).startsWith("history: unknown: ");
        });
    }

    /// What a stale read should have seen is said too, so that the story of the finding can follow it.
    @Test
    void aReadOfWhatIsOverIsToldWithWhatWasWrittenLast() throws IOException {
        var file = Files.writeString(scratch.resolve("stale.jsonl"), """
                {"index":0,"type":"invoke","process":1,"f":"put","value":{"key":"k","value":"client-1-1"},"time":1}
                {"index":1,"type":"ok","process":1,"f":"put","value":{"outcome":"done"},"time":2}
                {"index":2,"type":"invoke","process":1,"f":"put","value":{"key":"k","value":"client-1-2"},"time":3}
                {"index":3,"type":"ok","process":1,"f":"put","value":{"outcome":"done"},"time":4}
                {"index":4,"type":"invoke","process":1,"f":"put","value":{"key":"k","value":"client-1-1"},"time":5}
                {"index":5,"type":"ok","process":1,"f":"put","value":{"outcome":"done"},"time":6}
                {"index":6,"type":"invoke","process":2,"f":"get","value":{"key":"k"},"time":7}
                {"index":7,"type":"ok","process":2,"f":"get","value":{"outcome":"done","held":["client-1-2"]},"time":8}
                """);
        var stale = new Run(Histories.read(file), List::of, new TreeMap<>(), new TreeMap<>(), List.of(), List.of());

        assertThat(new HistoryCheck().judge(stale))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text())
                        .contains("process 2 get", "client-1-2", "fits into no order")
                        .endsWith("; what was written last before it, in one such order: process 1 put "
                                + "{:key \"k\", :value \"client-1-1\"} -> {:outcome \"done\"} (events 4 to 5)"));
    }
}
