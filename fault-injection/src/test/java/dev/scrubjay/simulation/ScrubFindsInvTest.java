package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.value.ReplicaId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScrubFindsInvTest {
    private static final long SECOND = 1_000_000_000;

    private static final List<ReplicaId> VOTERS = List.of(new ReplicaId("a", 1), new ReplicaId("b", 1));

    private final Timeline timeline = new Timeline();
    private final Wrongs wrongs = new Wrongs(timeline, new Exercised());
    private final ScrubFindsInv invariant = new ScrubFindsInv(timeline, wrongs);

    @Test
    void whoCallsAllCopiesRightWhenOneIsNotBreaksIt() {
        timeline.after(
                5 * SECOND, () -> wrongs.add("b", 1, new Wrongs.Wrong("colour", "blue", "red", true, timeline.now())));
        timeline.runUntil(10 * SECOND);

        invariant.look("a", 1, VOTERS, 5 * SECOND); // It went wrong just then.
        invariant.look("a", 1, VOTERS.subList(0, 1), 2 * SECOND); // It knows of no other voter.
        invariant.look("a", 2, VOTERS, 2 * SECOND);
        assertThatThrownBy(() -> invariant.look("a", 1, VOTERS, 2 * SECOND))
                .isInstanceOf(Invariant.Violation.class)
                .hasMessage("a says that all copies of group 1 were right 2000 ms ago, and b.1 has red under colour "
                        + "instead of blue since 5000 ms");
    }
}
