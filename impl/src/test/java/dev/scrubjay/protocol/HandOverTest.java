package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.LEASE;
import static dev.scrubjay.protocol.Steps.ballot;
import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Message.Accept;
import dev.scrubjay.message.Message.Accepted;
import dev.scrubjay.message.Message.Granted;
import dev.scrubjay.message.Message.Heartbeat;
import dev.scrubjay.message.Message.Prepare;
import dev.scrubjay.message.Message.Promised;
import dev.scrubjay.message.Message.Refused;
import dev.scrubjay.message.Message.Release;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A leader that ends its leadership before its lease does, and names who need not wait for that.
final class HandOverTest {
    private static final ClientReply NOT_NOW = new ClientReply.Throttled(Steps.SETTINGS.resendNanos());

    /// Replica a leads, and all have granted it a lease just now.
    private static Steps ledByA() {
        var group = Steps.ofThree().elect("a").begin("a").tick("a", 10).settle();
        assertThat(group.traced("c")).contains(new TraceEvent.Grant(ballot(1, "a")));
        return group;
    }

    /// No time passes between one lease and the next.
    ///
    /// Spec test: ReplicationGroup!HandOver
    @Test
    void aSuccessorNeedNotWaitForTheLease() {
        var group = ledByA().put("a", "colour", "blue").settle();

        group.leave("a").tick("a", 0).settle();

        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "b"));
        assertThat(group.holdsLease("b")).isTrue();
        assertThat(group.traced("a")).contains(new TraceEvent.HandOver(ballot(1, "a"), replica("b")));
        assertThat(group.traced("b")).contains(new TraceEvent.Stand(ballot(2, "b"), ballot(1, "a")));
        assertThat(group.traced("c")).contains(new TraceEvent.Promise(ballot(2, "b"), ballot(1, "a")));
        assertThat(group.read("b", "colour").lastTold()).isInstanceOf(ClientReply.Answered.class);
    }

    /// Who granted last is there, and has promised this ballot.
    @Test
    void theSuccessorIsWhoGrantedLast() {
        var group = ledByA().cutOff("b").tick("a", 10).settle();

        group.leave("a").tick("a", 0);

        assertThat(group.underWay(Release.class, "a", "c")).containsExactly(new Release(ballot(1, "a")));
    }

    /// Its clients are answered, and no other takes their place.
    @Test
    void aLeaderFirstEndsWhatIsUnderWay() {
        var group = ledByA().put("a", "colour", "blue").sync("a").leave("a").tick("a", 0);
        assertThat(group.underWay(Release.class)).isEmpty();
        assertThat(group.put("a", "colour", "red").lastTold()).isEqualTo(NOT_NOW);

        group.deliver(Accept.class, "a", "b").sync("b").deliver(Accepted.class, "b", "a");
        assertThat(group.answers()).containsExactly(Reply.DONE);
        assertThat(group.read("a", "colour").lastTold())
                .as("it holds its lease")
                .isInstanceOf(ClientReply.Answered.class);

        group.tick("a", 0);
        assertThat(group.underWay(Release.class, "a", "b")).hasSize(1);
    }

    /// Nobody accepts what it proposed.
    @Test
    void aLeaderWaitsNoLongerThanATerm() {
        var group = ledByA().put("a", "colour", "blue").loseAll().leave("a");
        long term = Steps.SETTINGS.lease().termNanos();

        group.tick("a", term - 1);
        assertThat(group.underWay(Release.class)).isEmpty();

        group.tick("a", 1);
        assertThat(group.underWay(Release.class)).hasSize(1);
        assertThat(group.told()).as("what may be chosen yet, or not").isEmpty();
    }

    @Test
    void whoHandedOverTakesNothing() {
        var group = ledByA().leave("a").tick("a", 0);
        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);

        group.put("a", "colour", "blue");
        assertThat(group.lastTold()).isInstanceOf(ClientReply.NotLeader.class);
        assertThat(group.read("a", "colour").lastTold()).isInstanceOf(ClientReply.NotLeader.class);
        assertThat(group.tick("a", 10).underWay(Heartbeat.class)).isEmpty();
    }

    /// Whatever still comes for it: the successor may lead by now, and be read.
    @Test
    void whoHandedOverNeverLeadsAtThatBallotAgain() {
        var group = ledByA().leave("a").tick("a", 0).loseAll();

        group.receive("a", replica("b"), replica("a"), new Granted(ballot(1, "a"), group.clock("a"), LEASE));
        group.receive("a", replica("c"), replica("a"), new Granted(ballot(1, "a"), group.clock("a"), LEASE));
        group.receive("a", replica("b"), replica("a"), new Promised(ballot(1, "a"), 0, List.of()));
        group.receive("a", replica("c"), replica("a"), new Promised(ballot(1, "a"), 0, List.of()));

        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.holdsLease("a")).isFalse();
        assertThat(group.elect("a").view("a").promisedBallot()).isEqualTo(ballot(2, "a"));
    }

    /// The release is lost: then everybody waits as if the leader had lost its power.
    @Test
    void aHandOverThatIsLostCostsALease() {
        var group = ledByA().leave("a").tick("a", 0).loseAll();

        group.pass(LEASE - 1).receive("b", replica("c"), replica("b"), new Prepare(ballot(2, "c"), ballot(0, "a")));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));

        assertThat(group.elect("c").holdsLease("c")).isTrue();
    }

    // ---------------------------------------------------------------- to itself

    /// Replica c has promised its own ballot and was heard by nobody. It cannot follow a any more.
    private static Steps refusedByC() {
        var group = Steps.ofThree().elect("a").begin("a").cutOff("c");
        while (group.view("c").role() != Role.CANDIDATE) {
            group.tick("a", 10).settle().tick("c", 0).receive("c", replica("b"), replica("c"), noLeaderHere());
        }
        return group.sync("c").reconnect("c");
    }

    private static Message noLeaderHere() {
        return new Message.Answer(ballot(1, "a"), false, 0);
    }

    @Test
    void aLeaderThatOneReplicaCannotFollowHandsOverToItself() {
        var group = refusedByC().tick("a", 10).settle();
        assertThat(group.view("c").promisedBallot()).isEqualTo(ballot(2, "c"));

        group.tick("a", 10).settle();

        assertThat(group.traced("a"))
                .contains(
                        new TraceEvent.HandOver(ballot(1, "a"), replica("a")),
                        new TraceEvent.Stand(ballot(3, "a"), ballot(1, "a")));
        assertThat(group.holdsLease("a")).as("without a moment's wait").isTrue();
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(3, "a"));
        assertThat(group.view("c").promisedBallot()).isEqualTo(ballot(3, "a"));
    }

    /// Right after an election, a candidate that came too late may say so, and will follow by itself.
    @Test
    void aLeaderDoesNotHandOverToItselfRightAfterItsElection() {
        var group = ledByA();

        group.receive("a", replica("c"), replica("a"), new Refused(ballot(2, "c")))
                .tick("a", 0);

        assertThat(group.view("a").promisedBallot()).isEqualTo(ballot(1, "a"));
    }

    @Test
    void aRefusalByAnEarlierBallotMeansNothing() {
        var group = ledByA();
        for (int beat = 0; beat < 10; beat++) {
            group.tick("a", 10).settle();
        }

        group.receive("a", replica("c"), replica("a"), new Refused(ballot(1, "a")))
                .tick("a", 0);

        assertThat(group.traced("a")).doesNotContain(new TraceEvent.HandOver(ballot(1, "a"), replica("a")));
    }

    /// It is to go, and so does not stay on for the sake of one that refuses it.
    @Test
    void whoLeavesHandsOverToAnother() {
        var group = refusedByC();
        group.receive("a", replica("c"), replica("a"), new Refused(ballot(2, "c")))
                .leave("a");

        group.tick("a", 0).settle();

        assertThat(group.traced("a")).contains(new TraceEvent.HandOver(ballot(1, "a"), replica("b")));
        assertThat(group.holdsLease("b")).isTrue();
    }

    /// What is under way is accepted by nobody. It is refused again with every heartbeat, and its time is
    /// over all the same.
    @Test
    void aLeaderThatIsRefusedAgainAndAgainWaitsNoLonger() {
        var group = refusedByC().cutOff("c").put("a", "colour", "blue").loseAll();
        long end = group.clock("a") + Steps.SETTINGS.lease().termNanos();

        while (group.clock("a") + 10 < end) {
            group.receive("a", replica("c"), replica("a"), new Refused(ballot(2, "c")))
                    .tick("a", 10);
            group.deliver(Heartbeat.class, "a", "b")
                    .deliver(Granted.class, "b", "a")
                    .loseAll();
        }
        assertThat(group.holdsLease("a")).isTrue();
        group.tick("a", end - group.clock("a"));

        assertThat(group.traced("a")).contains(new TraceEvent.HandOver(ballot(1, "a"), replica("a")));
    }

    // ---------------------------------------------------------------- releases

    @Test
    void theReleaseOfAnEarlierBallotIsIgnored() {
        var group = Steps.ofThree().elect("a").elect("c");

        group.receive("b", replica("a"), replica("b"), new Release(ballot(1, "a")));

        assertThat(group.view("b").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));
    }

    /// It may not have promised that ballot at all; then it is not the one to go on from there.
    @Test
    void theReleaseOfABallotThatAReplicaDoesNotKnowIsIgnored() {
        var group = ledByA();

        group.receive("b", replica("c"), replica("b"), new Release(ballot(2, "c")));

        assertThat(group.written("b")).doesNotContain(new LogRecord.Promise(ballot(2, "b")));
        assertThat(group.view("b").role()).isEqualTo(Role.FOLLOWER);
    }

    /// A prepare says which leader is gone. Who granted to another minds that.
    @Test
    void aReleaseOfOneBallotDoesNotEndTheLeaseOfAnother() {
        var group = ledByA();

        group.receive("b", replica("c"), replica("b"), new Prepare(ballot(3, "c"), ballot(0, "c")));
        group.receive("b", replica("c"), replica("b"), new Prepare(ballot(3, "c"), ballot(2, "b")));

        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));
    }

    /// It leads nothing, and nobody minds that it goes.
    @Test
    void aFollowerThatLeavesDoesNothing() {
        var group = ledByA().leave("b").tick("b", 0);

        assertThat(group.underWay(Message.class)).allMatch(sent -> sent.message() instanceof Message.Here);
        assertThat(group.read("b", "x").lastTold()).isEqualTo(new ClientReply.NotLeader(Optional.of(replica("a"))));
    }
}
