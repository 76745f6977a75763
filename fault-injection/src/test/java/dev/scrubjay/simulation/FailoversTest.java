package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.world.World.Way;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who leads and who answers is told by hand; the nodes themselves are not listened to.
final class FailoversTest {
    private static final long MILLI = 1_000_000;

    private final SmallWorld small = new SmallWorld("a", "b", "c", "d", "e");

    private void lead(String node) {
        var replica = new ReplicaId(node, 1);
        var lead = new TraceEvent.Lead(new Ballot(1, replica), List.of());
        small.leaders.event(1, replica, 0, 0, lead);
        small.failovers.event(1, replica, 0, 0, lead);
    }

    private void answer(String node) {
        var answer = new TraceEvent.Acknowledge(1, new Reply.Done());
        small.failovers.event(1, new ReplicaId(node, 1), 0, 0, answer);
    }

    private List<Long> millis() {
        return small.failovers.nanos().stream().map(nanos -> nanos / MILLI).toList();
    }

    @Test
    void aFailoverLastsFromTheFaultToTheFirstAnswerOfAnother() {
        lead("a");
        small.pass(5);
        var off = small.world.powerOff("a").orElseThrow();
        small.pass(7);
        lead("b");
        off.end();
        assertThat(millis()).as("to lead is not to answer").isEmpty();

        small.pass(3);
        answer("b");
        small.pass(3);
        answer("b");
        assertThat(millis()).containsExactly(10L);
    }

    @Test
    void aPausedLeaderIsTakenAwayAndSoIsOneThatCannotSend() {
        lead("a");
        small.world.pause("a");
        small.pass(2);
        lead("b");
        answer("b");
        small.world.cut(Set.of(new Way("b", "a"), new Way("b", "c"), new Way("b", "d")));
        small.pass(4);
        answer("c");

        assertThat(millis()).containsExactly(2L, 4L);
    }

    /// What reaches three of five is still there.
    @Test
    void aLeaderThatReachesAQuorumIsNotTakenAway() {
        lead("a");
        small.world.cut(Set.of(new Way("a", "b"), new Way("c", "a")));
        answer("d");
        small.world.powerOff("e");
        answer("d");

        assertThat(millis()).isEmpty();
    }

    @Test
    void whereTheSameLeaderIsBackFirstNothingFailedOver() {
        lead("a");
        var pause = small.world.pause("a").orElseThrow();
        small.pass(2);
        pause.end();
        answer("a");
        answer("b");

        assertThat(millis()).isEmpty();
    }

    /// Two of five are left: they could not lead if they were ever so quick.
    @Test
    void whereNobodyElseCouldLeadNothingIsMeasured() {
        lead("a");
        small.world.powerOff("b");
        small.world.pause("c");
        small.world.powerOff("a");
        answer("d");

        assertThat(millis()).isEmpty();
    }
}
