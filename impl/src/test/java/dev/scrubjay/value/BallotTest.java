package dev.scrubjay.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BallotTest {
    /// Rounds count as numbers and incarnations too: the tenth comes after the second.
    @Test
    void aHigherRoundComesFirstAndThenTheLaterReplica() {
        var ordered = List.of(
                ballot(0, "z", 9),
                ballot(2, "a", 1),
                ballot(2, "a", 2),
                ballot(2, "a", 10),
                ballot(2, "b", 1),
                ballot(10, "a", 1));

        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(ordered.get(i).isBelow(ordered.get(j)))
                        .as(ordered.get(i) + " below " + ordered.get(j))
                        .isEqualTo(i < j);
            }
        }
    }

    @Test
    void aBallotIsReadAsRoundNodeAndIncarnation() {
        assertThat(ballot(3, "b", 1)).hasToString("3.b.1");
    }

    private static Ballot ballot(long round, String node, int incarnation) {
        return new Ballot(round, new ReplicaId(node, incarnation));
    }
}
