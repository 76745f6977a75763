package dev.scrubjay.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.object.KeyValueStore;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.Simulation;
import org.junit.jupiter.api.Test;

/// What a history that clients of the simulated world recorded is found to be.
final class HistoryCheckTest {
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
}
