package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.Finding;
import org.junit.jupiter.api.Test;

final class NeedlessElectionsTest {
    private static final String COUNTED = "elections by a single broken link";

    private final Exercised exercised = new Exercised();
    private final NeedlessElections needless = new NeedlessElections(new Timeline(), exercised);

    private void stand(String node, long round) {
        var replica = new ReplicaId(node, 1);
        needless.event(2, replica, 1, 1, new TraceEvent.Stand(new Ballot(round, replica), Ballot.none(replica)));
    }

    @Test
    void theFirstElectionAfterAGroupHasItsLeaderIsFound() {
        stand("a", 1);
        assertThat(needless.findings()).as("somebody has to begin").isEmpty();

        needless.watch();
        needless.event(2, new ReplicaId("c", 1), 1, 1, new TraceEvent.Restart());
        assertThat(needless.findings()).isEmpty();
        assertThat(exercised.counts()).as("none is told as well").containsEntry(COUNTED, 0L);

        stand("b", 2);
        stand("a", 3);
        assertThat(needless.findings())
                .containsExactly(new Finding(
                        "NeedlessElection",
                        "b.1 stood in group 2 at ballot 2.b.1, and nothing went wrong but a link",
                        "step 0, virtual time 0.000 s"));
        assertThat(exercised.counts()).containsEntry(COUNTED, 2L);
    }
}
