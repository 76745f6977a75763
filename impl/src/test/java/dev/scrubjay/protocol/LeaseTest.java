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
import dev.scrubjay.message.Message.Question;
import dev.scrubjay.message.Message.Refused;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may answer clients, for how long, and what a replica that gave its word for it does not do meanwhile.
final class LeaseTest {
    /// How long a leader counts a grant, from before it asked.
    private static final long HOLDS = Steps.SETTINGS.lease().holdNanos(LEASE);

    private static final ClientReply NOT_NOW = new ClientReply.Throttled(Steps.SETTINGS.resendNanos());

    /// Replica a leads, and has no grant but its own. Its first heartbeats are under way.
    private static Steps ledWithoutLease() {
        var group = Steps.ofThree().stands("a").sync("a").deliver(Prepare.class, "a", "b");
        group.sync("b").deliver(Promised.class, "b", "a");
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
        assertThat(group.holdsLease("a")).isFalse();
        return group;
    }

    // ---------------------------------------------------------------- what a leader counts

    /// The grant comes late. Its own grant, which is younger, does not make up for that.
    ///
    /// Spec test: ReplicationGroup!Hold
    @Test
    void aLeaderCountsFromBeforeItAsked() {
        var group = ledWithoutLease().tick("a", 30);

        group.deliver(Heartbeat.class, "a", "b").deliver(Granted.class, "b", "a");

        assertThat(group.holdsLease("a")).isTrue();
        assertThat(group.pass(HOLDS - 31).holdsLease("a"))
                .as("a moment before it is over")
                .isTrue();
        assertThat(group.pass(1).holdsLease("a")).as("so long after it asked").isFalse();
    }

    @Test
    void aGrantThatComesTooLateIsNotCounted() {
        var group = ledWithoutLease().deliver(Heartbeat.class, "a", "b").pass(HOLDS);

        group.deliver(Granted.class, "b", "a");

        assertThat(group.traced("a")).doesNotContain(new TraceEvent.Hold(ballot(1, "a"), replica("b")));
    }

    @Test
    void aGrantForAnotherBallotIsNotCounted() {
        var group = ledWithoutLease();

        group.receive("a", replica("b"), replica("a"), new Granted(ballot(0, "a"), group.clock("a"), LEASE));
        assertThat(group.holdsLease("a")).isFalse();

        group.receive("a", replica("b"), replica("a"), new Granted(ballot(1, "a"), group.clock("a"), LEASE));
        assertThat(group.holdsLease("a")).as("the same for its own").isTrue();
    }

    /// The grantor alone knows how long it minds it: it may be set to less than the leader.
    @Test
    void aGrantIsCountedForAsLongAsItsGrantorMindsIt() {
        var group = ledWithoutLease();

        group.receive("a", replica("b"), replica("a"), new Granted(ballot(1, "a"), group.clock("a"), 20));

        assertThat(group.holdsLease("a")).isTrue();
        assertThat(group.pass(20).holdsLease("a")).isFalse();
    }

    /// Spec test: ReplicationGroup!AskLease
    @Test
    void aLeaderThatGetsGrantsKeepsItsLease() {
        var group = Steps.ofThree().elect("a");

        for (int beat = 0; beat < 20; beat++) {
            group.tick("a", 10);
            assertThat(group.underWay(Heartbeat.class))
                    .extracting(Steps.Sent::to)
                    .hasSize(2);
            group.settle();
            assertThat(group.holdsLease("a")).isTrue();
        }
    }

    // ---------------------------------------------------------------- what a grantor minds

    /// After a power-off it must not promise what it refused before.
    ///
    /// Spec test: ReplicationGroup!Grant
    @Test
    void aGrantWaitsForTheSyncOfItsBallot() {
        var group = ledWithoutLease().deliver(Prepare.class, "a", "c");

        group.deliver(Heartbeat.class, "a", "c");
        assertThat(group.underWay(Granted.class)).isEmpty();

        group.sync("c").tick("a", 10).deliver(Heartbeat.class, "a", "c");
        assertThat(group.underWay(Granted.class, "c", "a"))
                .containsExactly(new Granted(ballot(1, "a"), group.clock("a"), LEASE));
    }

    /// Its synced ballot is still the leader's, its promised one is above: it has written down its own.
    @Test
    void aReplicaThatHasPromisedAnotherGrantsNothing() {
        var group = ledWithoutLease().stands("b");

        group.deliver(Heartbeat.class, "a", "b");

        assertThat(group.underWay(Granted.class)).isEmpty();
        assertThat(group.underWay(Refused.class, "b", "a")).containsExactly(new Refused(ballot(2, "b")));
    }

    /// Replica b granted a lease to 1.a; now comes what is above that: of another candidate, or of one that
    /// leads already by the word of the third.
    ///
    /// Spec test: ReplicationGroup!RunOut
    @ParameterizedTest
    @ValueSource(strings = {"prepare", "heartbeat", "accept"})
    void aGrantorPromisesNoOtherBallot(String what) {
        var group = Steps.ofThree().elect("a");
        var before = group.written("b");

        group.pass(LEASE - 1).receive("b", replica("c"), replica("b"), ofAnother(what));
        assertThat(group.written("b")).isEqualTo(before);
        assertThat(group.underWay(Message.class)).as("it keeps silent").isEmpty();

        group.pass(1).receive("b", replica("c"), replica("b"), ofAnother(what));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));
        assertThat(group.traced("b")).contains(new TraceEvent.RunOut());
    }

    private static Message ofAnother(String what) {
        var none = ballot(0, "a");
        return switch (what) {
            case "prepare" -> new Prepare(ballot(2, "c"), none);
            case "heartbeat" -> new Heartbeat(ballot(2, "c"), none, 0, 0, true, 0, false);
            default -> new Accept(ballot(2, "c"), 1, 1, new Entry.Begin("nonce"));
        };
    }

    /// Its lease is longer than it waits for a leader.
    @Test
    void aGrantorDoesNotStand() {
        var group = Steps.ofThree(StepSettings.with(new Settings.Lease(300, 300, 0)))
                .elect("a");

        group.asksPeers("b").tick("b", 198);
        assertThat(group.underWay(Question.class)).isEmpty();

        assertThat(group.tick("b", 1).underWay(Question.class)).isNotEmpty();
    }

    /// The leader asked again, and the grantor minds that from then on.
    @Test
    void aGrantThatIsRenewedIsMindedForLonger() {
        var group = Steps.ofThree().elect("a").tick("a", 50).settle().pass(LEASE - 1);

        group.receive("b", replica("c"), replica("b"), ofAnother("prepare"));

        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));
    }

    // ---------------------------------------------------------------- restarts

    /// Once leases were longer here than they are now.
    ///
    /// Spec test: ReplicationGroup!Restart
    @Test
    void aReplicaThatRestartsSitsOutTheLongestLease() {
        var group = Steps.ofThree(StepSettings.with(new Settings.Lease(40, LEASE, 0)))
                .elect("a");
        group.powerOff("b", 0).powerOn("b");

        group.pass(LEASE - 1).receive("b", replica("c"), replica("b"), ofAnother("prepare"));
        group.receive("b", replica("c"), replica("b"), ofAnother("accept"));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));

        group.pass(1).receive("b", replica("c"), replica("b"), ofAnother("prepare"));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));
    }

    /// There is nobody that it could have promised this ballot against.
    @Test
    void aReplicaThatRestartsGoesOnAtItsOwnBallot() {
        var group = Steps.ofThree().elect("a").cutOff("c").powerOff("b", 0).powerOn("b");

        group.begin("a").put("a", "colour", "blue").tick("a", 10).settle();

        assertThat(group.answers()).containsExactly(Reply.DONE);
        assertThat(group.pass(LEASE - 10 - 1).holdsLease("a"))
                .as("by a grant of b's that is younger")
                .isTrue();
    }

    /// What it granted since it came back ends later than what it sits out: both are minded.
    @Test
    void whatIsGrantedSinceARestartIsMindedToo() {
        var group = Steps.ofThree().elect("a").powerOff("b", 0).powerOn("b");
        group.tick("a", 50).settle().pass(LEASE - 1);

        group.receive("b", replica("c"), replica("b"), ofAnother("prepare"));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));

        group.pass(1).receive("b", replica("c"), replica("b"), ofAnother("prepare"));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));
    }

    /// The leader of that ballot leads no more, and what this replica forgot it can only have granted to it.
    @Test
    void aReplicaThatSitsOutLetsPassWhoTakesOverFromItsOwnBallot() {
        var group = Steps.ofThree().elect("a").powerOff("b", 0).powerOn("b");

        group.receive("b", replica("c"), replica("b"), new Prepare(ballot(2, "c"), ballot(1, "a")));

        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));
    }

    /// It knows ballot 2.c promised, and may have granted that a lease. That the leader of 1.a is gone is no
    /// news.
    @Test
    void aReplicaThatSitsOutLetsNobodyPassWhoTakesOverFromAnEarlierBallot() {
        var group = Steps.ofThree().elect("a").elect("c").powerOff("b", 0).powerOn("b");
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));

        group.receive("b", replica("a"), replica("b"), new Prepare(ballot(3, "a"), ballot(1, "a")));

        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));
    }

    /// It has forgotten a grant for 1.a, and since then written down 2.c, which it learned from a chosen
    /// entry. That is not synced. A power-off could bring it back to where it was when it granted.
    @Test
    void aReplicaThatSitsOutLetsPassByItsSyncedBallotOnly() {
        var group = Steps.ofThree().elect("a").powerOff("b", 0).powerOn("b");
        var chosen = new Message.Chosen(ballot(2, "c"), 1, 1, new Entry.Begin("nonce"));
        group.receive("b", replica("c"), replica("b"), chosen);
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "c"));

        group.receive("b", replica("a"), replica("b"), new Prepare(ballot(3, "a"), ballot(2, "c")));
        assertThat(group.written("b")).doesNotContain(new LogRecord.Promise(ballot(3, "a")));

        group.receive("b", replica("a"), replica("b"), new Prepare(ballot(3, "a"), ballot(1, "a")));
        assertThat(group.written("b")).contains(new LogRecord.Promise(ballot(3, "a")));
    }

    // ---------------------------------------------------------------- without a lease

    @Test
    void aLeaderWithoutLeaseTakesNothingAndAnswersNoRead() {
        var group = Steps.ofThree().elect("a").begin("a").pass(HOLDS);

        group.put("a", "colour", "blue");
        assertThat(group.lastTold()).isEqualTo(NOT_NOW);
        assertThat(group.read("a", "colour").lastTold()).isEqualTo(NOT_NOW);
        assertThat(group.underWay(Accept.class)).isEmpty();
        assertThat(group.told()).hasSize(2);
    }

    /// It was chosen, and will be told when a quorum has granted again. Another may lead by now, of whom a
    /// client may have read.
    ///
    /// Spec test: ReplicationGroup!Acknowledge
    @Test
    void whatWasAppliedWithoutLeaseIsAcknowledgedWhenTheLeaseIsBack() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").sync("a");
        group.deliver(Accept.class, "a", "b").sync("b").tick("a", 10).pass(HOLDS - 5);
        assertThat(group.holdsLease("a")).isFalse();

        group.deliver(Accepted.class, "b", "a");
        assertThat(group.view("a").applied()).isEqualTo(2);
        assertThat(group.told()).isEmpty();

        group.loseAll().tick("a", 0).deliver(Heartbeat.class, "a", "b").deliver(Granted.class, "b", "a");
        assertThat(group.answers()).containsExactly(Reply.DONE);
    }

    /// A write that was done before is no reason to tell of it: another may have ended its session since.
    @Test
    void aLeaderWithoutLeaseRepeatsNoAnswer() {
        var group = Steps.ofThree()
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .settle()
                .pass(HOLDS);

        assertThat(group.again("a").lastTold()).isEqualTo(NOT_NOW);
    }

    /// Spec test: ReplicationGroup!StepDown
    @Test
    void aLeaderWithoutLeaseFallsSilentAfterATerm() {
        var group = Steps.ofThree().elect("a").tick("a", 5).loseAll();

        assertThat(group.tick("a", HOLDS - 1).view("a").role()).isEqualTo(Role.LEADER);
        group.loseAll().tick("a", 1);

        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.traced("a")).last().isEqualTo(new TraceEvent.StepDown(ballot(1, "a")));
        assertThat(group.tick("a", 10).underWay(Message.class)).isEmpty();
        assertThat(group.put("a", "x", "1").lastTold()).isEqualTo(new ClientReply.NotLeader(Optional.empty()));
    }

    /// It leads no more at that ballot, whoever still says so.
    @Test
    void aGrantThatComesAfterALeaderFellSilentIsNotCounted() {
        var group = Steps.ofThree().elect("a").tick("a", HOLDS);
        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);

        group.receive("a", replica("b"), replica("a"), new Granted(ballot(1, "a"), group.clock("a"), LEASE));

        assertThat(group.holdsLease("a")).isFalse();
        assertThat(group.traced("a")).last().isEqualTo(new TraceEvent.StepDown(ballot(1, "a")));
    }

    /// The clock is read after the input is taken: between two messages of one client, anything may have
    /// passed.
    @Test
    void aLeaderWhoseClockHasJumpedAheadServesNothing() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").settle();
        assertThat(group.read("a", "colour").lastTold()).isInstanceOf(ClientReply.Answered.class);

        group.jump("a", HOLDS);

        assertThat(group.read("a", "colour").lastTold()).isEqualTo(NOT_NOW);
        assertThat(group.put("a", "colour", "red").lastTold()).isEqualTo(NOT_NOW);
    }

    // ---------------------------------------------------------------- clocks that drift

    /// What is set here is one part of ten: far more than any clock does. The leader's clock is as slow as
    /// may be, the grantor's as fast, and both are wrong by much.
    @Test
    void aLeaderStopsBeforeItsGrantorPromisesAnother() {
        var lease = new Settings.Lease(110, 110, 100);
        var group = Steps.ofThree(StepSettings.with(lease)).drift("a", -100).drift("b", 100);
        group.jump("a", 5_000).jump("b", 9_000).elect("a").cutOff("a");

        int moments = 0;
        while (group.holdsLease("a")) {
            group.receive("b", replica("c"), replica("b"), ofAnother("prepare"));
            assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));
            group.pass(1);
            moments++;
        }
        group.pass(2).receive("b", replica("c"), replica("b"), ofAnother("prepare"));

        assertThat(moments).as("it serves for as long as it may").isBetween(98, 100);
        assertThat(group.view("b").promisedBallot())
                .as("and the other waits no longer than it must")
                .isEqualTo(ballot(2, "c"));
    }
}
