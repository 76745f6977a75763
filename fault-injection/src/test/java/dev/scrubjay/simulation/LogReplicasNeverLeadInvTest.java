package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class LogReplicasNeverLeadInvTest {
    @Test
    void whoKeepsTheLogAloneHasNoState() {
        var invariant = new LogReplicasNeverLeadInv(Set.of("b"));
        invariant.stepped("b", 1, InvariantsTest.view(3, 0));
        invariant.stepped("a", 1, InvariantsTest.view(3, 3));

        assertThatThrownBy(() -> invariant.stepped("b", 1, InvariantsTest.view(3, 3)))
                .isInstanceOf(Invariant.Violation.class)
                .hasMessage("b keeps the log alone, and has applied 3 slots of group 1");
    }
}
