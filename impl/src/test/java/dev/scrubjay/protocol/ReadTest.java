package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.LEASE;
import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Message.Accept;
import dev.scrubjay.message.Message.Accepted;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a client is told that reads: at the leader what is there now, anywhere what was there at some time.
final class ReadTest {
    private static ClientReply found(String value, long slot) {
        return new ClientReply.Answered(new Reply.Found(MaybeValue.of(value)), slot);
    }

    private static ClientReply foundNothing(long slot) {
        return new ClientReply.Answered(new Reply.Found(MaybeValue.ABSENT), slot);
    }

    /// Spec test: ReplicationGroup!Read
    @Test
    void aReadTouchesNoLogAndAsksNobody() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").settle();
        var before = group.written("a");

        group.read("a", "colour");

        assertThat(group.lastTold()).isEqualTo(found("blue", 2));
        assertThat(group.written("a")).isEqualTo(before);
        assertThat(group.underWay(Message.class)).isEmpty();
    }

    @Test
    void aReadFindsWhatWasAcknowledgedBeforeAndNotWhatIsUnderWay() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").settle();

        group.put("a", "colour", "red").read("a", "colour");
        assertThat(group.lastTold()).isEqualTo(found("blue", 2));

        group.settle().read("a", "colour");
        assertThat(group.answers()).contains(Reply.DONE, new Reply.Found(MaybeValue.of("red")));
        assertThat(group.lastTold()).isEqualTo(found("red", 3));
    }

    /// It may be that the leader before acknowledged it. This one holds a lease already.
    @Test
    void aNewLeaderAnswersNoReadBeforeItHasAppliedWhatItFound() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").sync("a");
        group.deliver(Accept.class, "a", "b").sync("b").settle().loseAll();
        assertThat(group.answers()).containsExactly(Reply.DONE);
        group.powerOff("a", 0)
                .powerOff("b", 0)
                .powerOn("b")
                .powerOff("c", 0)
                .powerOn("c")
                .electWith("c", "b");
        assertThat(group.holdsLease("c")).isTrue();

        group.read("c", "colour");
        assertThat(group.lastTold()).isEqualTo(new ClientReply.Throttled(Steps.SETTINGS.resendNanos()));

        group.deliver(Accept.class, "c", "b").sync("b").read("c", "colour");
        assertThat(group.lastTold())
                .as("the first of two slots")
                .isEqualTo(new ClientReply.Throttled(Steps.SETTINGS.resendNanos()));

        group.settle().read("c", "colour");
        assertThat(group.lastTold()).isEqualTo(found("blue", 2));
    }

    /// The classic mistake: who slept through the end of its lease, and an election, must not answer from
    /// what it remembers. Nobody has told it yet.
    @Test
    void aLeaderThatWasPausedTellsNothingThatIsOver() {
        var group = Steps.ofThree()
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .settle()
                .cutOff("a");
        group.elect("b").put("b", "colour", "red").settle();
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
        assertThat(group.view("b").state()).containsEntry("colour", "red");

        group.read("a", "colour");

        assertThat(group.lastTold()).isEqualTo(new ClientReply.Throttled(Steps.SETTINGS.resendNanos()));
    }

    @Test
    void whoDoesNotLeadSaysWhoDoes() {
        var group = Steps.ofThree().elect("a").read("b", "colour");

        assertThat(group.lastTold()).isEqualTo(new ClientReply.NotLeader(Optional.of(replica("a"))));
    }

    @Test
    void whoKnowsOfNoLeaderNamesNone() {
        assertThat(Steps.ofThree().read("b", "colour").lastTold())
                .isEqualTo(new ClientReply.NotLeader(Optional.empty()));
    }

    /// Spec test: ReplicationGroup!ReadEventually
    ///
    /// Replica b has not heard yet that red is chosen.
    @Test
    void anEventualReadIsAnsweredAnywhereWithItsSlot() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").settle();
        group.put("a", "colour", "red")
                .sync("a")
                .deliver(Accept.class, "a", "c")
                .sync("c")
                .deliver(Accepted.class, "c", "a");

        group.readEventually("b", "colour", 0);
        assertThat(group.lastTold()).isEqualTo(found("blue", 2));
        group.readEventually("a", "colour", 0);
        assertThat(group.lastTold()).isEqualTo(found("red", 3));

        group.readEventually("b", "colour", 3);
        assertThat(group.lastTold()).as("the client has seen slot 3").isEqualTo(new ClientReply.Behind(2));
        group.settle().readEventually("b", "colour", 3);
        assertThat(group.lastTold()).isEqualTo(found("red", 3));
    }

    /// Who leads, and whether anybody does, is not asked.
    @Test
    void anEventualReadNeedsNoLeader() {
        var group = Steps.ofThree().elect("a").powerOff("a", 0).pass(LEASE);
        group.readEventually("b", "colour", 0);
        assertThat(group.lastTold()).isEqualTo(foundNothing(0));

        group.powerOn("a").readEventually("a", "colour", 0);
        assertThat(group.lastTold()).as("it knows nothing yet").isEqualTo(foundNothing(0));
    }
}
