package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.value.Entry;
import dev.scrubjay.value.ReplicaId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BacklogInvTest {
    private final Disks disks = new Disks(List.of(new ReplicaId("a", 1)), true);
    private final BacklogInv invariant = new BacklogInv(disks, 100);

    @Test
    void whatIsNotArchivedHasABound() {
        assertThatCode(() -> invariant.quorate(1, 150)).doesNotThrowAnyException();
        assertThatThrownBy(() -> invariant.quorate(1, 151))
                .isInstanceOf(Invariant.Violation.class)
                .hasMessageContaining("group 1 has 151 slots that are not archived");

        disks.archived(1, 1, Entry.NO_OP);
        assertThatCode(() -> invariant.quorate(1, 151)).doesNotThrowAnyException();
    }
}
