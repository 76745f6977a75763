package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.ballot;
import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Message.Accept;
import dev.scrubjay.message.Message.Accepted;
import dev.scrubjay.message.Message.Answer;
import dev.scrubjay.message.Message.CatchUp;
import dev.scrubjay.message.Message.Chosen;
import dev.scrubjay.message.Message.Granted;
import dev.scrubjay.message.Message.Heartbeat;
import dev.scrubjay.message.Message.Prepare;
import dev.scrubjay.message.Message.Promised;
import dev.scrubjay.message.Message.Question;
import dev.scrubjay.message.Message.Refused;
import dev.scrubjay.message.Operation;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a leader comes to be, and what becomes of what an earlier one began.
final class ElectionTest {
    @Test
    void aCandidateAsksNobodyBeforeItsBallotIsSynced() {
        var group = Steps.ofThree().stands("a");

        assertThat(group.view("a").role()).isEqualTo(Role.CANDIDATE);
        assertThat(group.written("a")).containsExactly(new LogRecord.Promise(ballot(1, "a")));
        assertThat(group.tick("a", 10).underWay(Prepare.class)).isEmpty();

        group.sync("a");

        assertThat(group.underWay(Prepare.class))
                .extracting(Steps.Sent::to)
                .containsExactly(replica("b"), replica("c"));
    }

    @Test
    void aPromiseIsNotAnsweredBeforeItsSync() {
        var group = Steps.ofThree().stands("a").sync("a").deliver(Prepare.class, "a", "b");
        assertThat(group.underWay(Promised.class)).isEmpty();

        group.tick("a", 10).deliver(Prepare.class, "a", "b");
        assertThat(group.underWay(Promised.class)).as("asked again").isEmpty();

        group.sync("b");
        assertThat(group.underWay(Promised.class, "b", "a"))
                .containsExactly(new Promised(ballot(1, "a"), 0, List.of()));
    }

    /// What was not synced may be forgotten, and so it was not said.
    @Test
    void aBallotThatWasLostWithThePowerMayBeUsedAgain() {
        var group = Steps.ofThree().stands("a").powerOff("a", 0);
        assertThat(group.underWay(Prepare.class)).isEmpty();

        group.powerOn("a").elect("a");

        assertThat(group.view("a").promisedBallot()).isEqualTo(ballot(1, "a"));
    }

    @Test
    void aBallotThatThePowerOffSparedIsNotUsedAgain() {
        var group = Steps.ofThree().stands("a").powerOff("a", 1).powerOn("a").elect("a");

        assertThat(group.view("a").promisedBallot()).isEqualTo(ballot(2, "a"));
    }

    @Test
    void onePromiseOfThreeIsNoQuorum() {
        var group = Steps.ofThree().stands("a").sync("a");
        assertThat(group.view("a").role()).as("with its own promise").isEqualTo(Role.CANDIDATE);

        group.deliver(Prepare.class, "a", "c").sync("c").deliver(Promised.class, "c", "a");
        assertThat(group.view("a").role()).as("with one more").isEqualTo(Role.LEADER);
    }

    @Test
    void aRepeatedPromiseCountsOnce() {
        var group = Steps.of("a", "b", "c", "d", "e").stands("a").sync("a");
        group.deliver(Prepare.class, "a", "b").sync("b");
        group.deliverCopy(Promised.class, "b", "a").deliver(Promised.class, "b", "a");
        assertThat(group.view("a").role()).isEqualTo(Role.CANDIDATE);

        group.deliver(Prepare.class, "a", "e").sync("e").deliver(Promised.class, "e", "a");
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
    }

    @Test
    void aPromiseOfAnOlderBallotIsNotCounted() {
        var group = Steps.ofThree()
                .stands("a")
                .sync("a")
                .deliver(Prepare.class, "a", "b")
                .sync("b");
        group.stands("a").sync("a").deliver(Promised.class, "b", "a");

        assertThat(group.view("a").role()).isEqualTo(Role.CANDIDATE);
        assertThat(group.view("a").promisedBallot()).isEqualTo(ballot(2, "a"));
    }

    @Test
    void aPromiseBelowAnotherIsRefused() {
        var group = Steps.ofThree().elect("c");
        group.stands("a").sync("a").deliver(Prepare.class, "a", "b").settle();
        assertThat(group.view("b").promisedBallot()).as("2.a is above 1.c").isEqualTo(ballot(2, "a"));

        group.receive("b", replica("c"), replica("b"), new Prepare(ballot(1, "c"), ballot(0, "a")));

        assertThat(group.underWay(Refused.class, "b", "c")).containsExactly(new Refused(ballot(2, "a")));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(2, "a"));
    }

    /// Without this a candidate that was away for long would ask round after round in vain.
    @Test
    void whoIsRefusedStandsAboveWhatWasPromised() {
        var group = Steps.ofThree().elect("b");
        group.receive("a", replica("c"), replica("a"), new Refused(ballot(9, "c")))
                .stands("a");

        assertThat(group.view("a").promisedBallot()).isEqualTo(ballot(10, "a"));
    }

    /// Spec test: ReplicationGroup!Lead
    @Test
    void aNewLeaderProposesAgainWhatAQuorumReports() {
        var group = Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue");
        group.deliver(Accept.class, "a", "b").sync("b").loseAll().powerOff("a", 0);

        group.elect("c");

        assertThat(group.view("c").known()).isEqualTo(2);
        assertThat(group.view("c").state()).isEqualTo(Map.of("colour", "blue"));
        assertThat(group.view("b").state()).isEqualTo(Map.of("colour", "blue"));
        assertThat(group.written("b").getLast().ballot()).isEqualTo(ballot(2, "c"));
    }

    @Test
    void whatNoQuorumReportsIsForgotten() {
        var group = Steps.ofThree()
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .loseAll()
                .sync("a")
                .powerOff("a", 0);

        group.elect("c").put("c", "colour", "red").settle();

        assertThat(group.view("c").state()).isEqualTo(Map.of("colour", "red"));
        group.powerOn("a").tick("c", 10).settle();
        assertThat(group.view("a").state()).as("what a held was never chosen").isEqualTo(Map.of("colour", "red"));
    }

    /// The promise is synced after it, and so is never answered before the accept is synced too.
    @Test
    void aPromiseReportsWhatWasAcceptedBeforeIt() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").deliver(Accept.class, "a", "b");
        // The sync that returns began before c asked, and so does not cover the promise.
        group.stands("c").sync("c").deliver(Prepare.class, "c", "b").sync("b");
        assertThat(group.underWay(Promised.class)).isEmpty();

        group.sync("b");

        assertThat(((Promised) group.underWay(Promised.class, "b", "c").getFirst()).accepted())
                .extracting(Message.Report::ballot)
                .containsExactly(ballot(1, "a"), ballot(1, "a"));
    }

    /// Both have an entry in slot 2 that no other has: blue of ballot 1.a, red of ballot 2.b. Whoever leads
    /// next must take the red one, whether the report or its own log has it: it is the one that may be
    /// chosen.
    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void ofTwoReportsTheHigherBallotCounts(String next) {
        var group = Steps.ofThree()
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .loseAll()
                .sync("a");
        group.electWith("b", "c")
                .put("b", "colour", "red")
                .loseAll()
                .sync("b")
                .powerOff("c", 0)
                .loseAll();
        group.powerOff("a", 0).powerOff("b", 0).powerOn("a").powerOn("b");

        group.elect(next);

        assertThat(group.view("a").state()).isEqualTo(Map.of("colour", "red"));
        assertThat(group.view("b").state()).isEqualTo(Map.of("colour", "red"));
    }

    /// A heartbeat says the prepare again: who missed that takes it for one.
    @Test
    void whoMissedThePrepareHearsOfTheLeaderAllTheSame() {
        var group = Steps.ofThree().electWith("a", "b").lose(Prepare.class, "a", "c");
        assertThat(group.view("c").promisedBallot().round()).isZero();

        group.settle();

        assertThat(group.view("c").promisedBallot()).isEqualTo(ballot(1, "a"));
    }

    @Test
    void aHeartbeatOfAnOlderLeaderIsRefused() {
        var group = Steps.ofThree().elect("a");
        group.stands("b").sync("b").deliver(Prepare.class, "b", "c").settle();

        group.receive(
                "c", replica("a"), replica("c"), new Heartbeat(ballot(1, "a"), ballot(0, "a"), 0, 0, true, 0, false));

        assertThat(group.underWay(Refused.class, "c", "a")).hasSize(1);
    }

    /// It is no leader that anybody can follow, so who hears no other stands.
    @Test
    void aHeartbeatOfAnOlderLeaderKeepsNobodyWaiting() {
        var group = Steps.ofThree().elect("b").pass(50);

        group.receive(
                "c", replica("a"), replica("c"), new Heartbeat(ballot(0, "c"), ballot(0, "a"), 0, 0, true, 0, false));

        assertThat(group.tick("c", 51).underWay(Question.class, "c", "a")).hasSize(1);
    }

    /// It lost its state, and what it knows of who votes may be long over: whoever follows another would have
    /// to promise it something. As soon as nothing more comes, it stands.
    @Test
    void whoIsFarBehindLearnsFirst() {
        var group = Steps.ofThree().elect("a").begin("a");
        for (int i = 0; i < 8; i++) {
            group.put("a", "k", "v" + i).settle();
        }
        group.powerOff("c", 0).powerOn("c").cutOff("a").pass(Steps.LEASE);
        assertThat(group.view("c").known()).isZero();

        group.asksPeers("c").deliver(Question.class, "c", "b").deliver(Answer.class, "b", "c");
        assertThat(group.view("c").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.underWay(CatchUp.class, "c", "b")).hasSize(1);

        group.loseAll().asksPeers("c").deliver(Question.class, "c", "b").deliver(Answer.class, "b", "c");
        assertThat(group.view("c").role()).as("nothing came").isEqualTo(Role.CANDIDATE);
    }

    @Test
    void whoHearsOfALeaderDoesNotStand() {
        var group = Steps.ofThree().elect("a");

        for (int beat = 0; beat < 30; beat++) {
            group.tick("a", 10).tick("b", 0).settle();
        }
        assertThat(group.view("b").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);

        assertThat(group.stands("b").view("b").role()).isEqualTo(Role.CANDIDATE);
    }

    /// Its slots at that ballot may be in use: in one of them it would propose something else.
    @Test
    void aRestartedLeaderFollows() {
        var group = Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue");
        group.powerOff("a", 1).powerOn("a");
        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.view("a").promisedBallot()).isEqualTo(ballot(1, "a"));

        group.deliver(Accept.class, "a", "b").sync("b").deliver(Accepted.class, "b", "a");
        assertThat(group.view("a").known()).isZero();

        group.put("a", "colour", "red").tick("a", 10);
        assertThat(group.lastTold()).isEqualTo(new ClientReply.NotLeader(Optional.empty()));
        assertThat(group.underWay(Heartbeat.class)).isEmpty();
    }

    /// Spec test: ReplicationGroup!Learn
    ///
    /// A candidate that learns a slot may have to write down a ballot above its own. It must not lead at that
    /// one, which is another's, whatever it is promised.
    @Test
    void aCandidateThatLearnsDoesNotLeadAtTheBallotThatItLearnedOf() {
        var group = Steps.ofThree().stands("a").sync("a").loseAll().electWith("b", "c");
        group.request("b", new Operation.Begin("nonce"))
                .deliver(Accept.class, "b", "c")
                .sync("b")
                .sync("c");
        group.deliver(Accepted.class, "c", "b").deliver(Chosen.class, "b", "a").sync("a");
        assertThat(group.view("a").role()).isEqualTo(Role.CANDIDATE);
        assertThat(group.view("a").promisedBallot()).isEqualTo(group.view("b").promisedBallot());

        var own = group.view("a").promisedBallot();
        group.receive("a", replica("c"), replica("a"), new Promised(ballot(1, "a"), 0, List.of()));

        assertThat(group.view("a").role()).isEqualTo(Role.CANDIDATE);
        assertThat(own.replica()).isEqualTo(replica("b"));
        assertThat(group.settle().view("a").role()).isNotEqualTo(Role.LEADER);
    }

    /// Two leaders proposed the same there. Held at the lower ballot, it would be told to others at that one,
    /// and one of them may hold something of a ballot between.
    @Test
    void whoHoldsItAtALowerBallotWritesItDownOnceMore() {
        var entry = new Entry.Begin("nonce");
        var group = Steps.ofThree();
        group.receive("b", replica("a"), replica("b"), new Accept(ballot(1, "a"), 1, 1, entry))
                .sync("b");

        group.receive("b", replica("c"), replica("b"), new Chosen(ballot(3, "c"), 1, 1, entry));

        assertThat(group.written("b").getLast()).isEqualTo(new LogRecord.Accept(ballot(3, "c"), 1, 1, entry));
        assertThat(group.view("b").applied()).as("not before that is synced").isZero();
        group.sync("b").receive("b", replica("a"), replica("b"), new Message.CatchUp(0, 1));
        assertThat(group.view("b").applied()).isEqualTo(1);
        assertThat(group.underWay(Chosen.class, "b", "a")).containsExactly(new Chosen(ballot(3, "c"), 1, 1, entry));
    }

    // ---------------------------------------------------------------- the question before

    /// It may be that only this replica does not hear the leader.
    ///
    /// Spec test: ReplicationGroup!Stand
    @Test
    void aReplicaAsksItsPeersBeforeItStands() {
        var group = Steps.of("a", "b", "c", "d", "e").asksPeers("a");

        assertThat(group.underWay(Question.class)).hasSize(4);
        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.written("a")).isEmpty();

        says(group, "b", false);
        says(group, "b", false);
        assertThat(group.view("a").role()).as("one said so, twice").isEqualTo(Role.FOLLOWER);
        says(group, "c", false);
        assertThat(group.view("a").role()).as("with itself, three of five").isEqualTo(Role.CANDIDATE);
    }

    private static void says(Steps group, String peer, boolean hears) {
        group.receive("a", replica(peer), replica("a"), new Answer(ballot(0, "a"), hears, 0));
    }

    @Test
    void aReplicaThatNobodyAnswersAsksAgainAndDoesNotStand() {
        var group = Steps.ofThree().cutOff("a").asksPeers("a");
        for (int beat = 0; beat < 50; beat++) {
            group.tick("a", 10);
        }
        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);
        assertThat(group.written("a")).isEmpty();

        assertThat(group.reconnect("a").tick("a", 10).settle().view("a").role()).isEqualTo(Role.LEADER);
    }

    @Test
    void oneThatHearsALeaderKeepsAReplicaFromStanding() {
        var group = Steps.of("a", "b", "c", "d", "e").asksPeers("a");

        says(group, "b", true);
        says(group, "c", false);
        says(group, "d", false);
        says(group, "e", false);
        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);

        group.tick("a", 99);
        assertThat(group.underWay(Question.class)).as("of the first time").hasSize(4);
        assertThat(group.tick("a", 1).underWay(Question.class))
                .as("after as long again")
                .hasSize(8);
    }

    /// The leader's messages do not reach it; those of a peer that hears the leader do.
    @Test
    void aReplicaThatDoesNotHearTheLeaderCatchesUpWithWhoDoes() {
        var group = Steps.ofThree()
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .cutOff("b")
                .settle();
        for (int beat = 0; beat < 11; beat++) {
            group.tick("a", 10).settle();
        }
        group.reconnect("b").tick("b", 0).deliver(Question.class, "b", "c").deliver(Answer.class, "c", "b");
        assertThat(group.underWay(CatchUp.class, "b", "c"))
                .containsExactly(new CatchUp(1, Steps.SETTINGS.catchUpMax()));

        group.settle();

        assertThat(group.view("b").state()).isEqualTo(Map.of("colour", "blue"));
        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
    }

    /// It may be the word of a leader that nobody else hears.
    @Test
    void aPeerWhoseGrantIsNotConfirmedHearsNobody() {
        var group = Steps.ofThree().elect("a");
        assertThat(heardBy("b", group)).as("granted, not confirmed").isFalse();

        group.tick("a", 10).settle();
        assertThat(heardBy("b", group)).as("confirmed by the next heartbeat").isTrue();

        group.pass(Steps.LEASE);
        assertThat(heardBy("b", group)).as("run out").isFalse();
    }

    private static boolean heardBy(String peer, Steps group) {
        var missed = ballot(1, "a");
        group.receive(peer, replica("c"), replica(peer), new Question(missed));
        var answer = (Answer) group.underWay(Answer.class, peer, "c").getLast();
        group.lose(Answer.class, peer, "c");
        assertThat(answer.ballot()).isEqualTo(missed);
        return answer.hears();
    }

    /// It restarted, and what it sits out is longer than what it granted since. That is over now.
    @Test
    void aPeerThatSitsOutHearsNobodyWhenItsGrantHasRunOut() {
        var group = Steps.ofThree(StepSettings.with(new Settings.Lease(40, Steps.LEASE, 0)))
                .elect("a");
        group.powerOff("b", 0).powerOn("b").tick("a", 10).settle().tick("a", 10).settle();
        assertThat(heardBy("b", group)).isTrue();

        assertThat(heardBy("b", group.pass(40))).isFalse();
    }

    /// Replica b hears it, and is heard; but two of five are no quorum.
    @Test
    void aLeaderWithoutLeaseConfirmsNoGrant() {
        var group = Steps.of("a", "b", "c", "d", "e").stands("a").sync("a");
        group.deliver(Prepare.class, "a", "b")
                .deliver(Prepare.class, "a", "c")
                .sync("b")
                .sync("c");
        group.deliver(Promised.class, "b", "a").deliver(Promised.class, "c", "a");
        group.deliver(Heartbeat.class, "a", "b")
                .deliver(Granted.class, "b", "a")
                .loseAll();
        assertThat(group.traced("a")).contains(new TraceEvent.Hold(ballot(1, "a"), replica("b")));

        group.tick("a", 10).deliver(Heartbeat.class, "a", "b");

        assertThat(heardBy("b", group)).isFalse();
    }

    @Test
    void aLeaderHearsItselfWhileItHoldsALease() {
        var group = Steps.ofThree().elect("a");
        assertThat(heardBy("a", group)).isTrue();

        group.pass(Steps.LEASE);
        assertThat(heardBy("a", group)).isFalse();
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
    }

    /// The answer is about another leader than the one that is missed now.
    @Test
    void anAnswerToAnEarlierQuestionDoesNotCount() {
        var group = Steps.ofThree().elect("c").asksPeers("a");

        says(group, "b", false);
        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);

        group.settle();
        assertThat(group.view("a").role()).as("by the answers to this one").isEqualTo(Role.LEADER);
    }

    /// It asked a second time while it waited for promises. What is answered comes after those, and after a
    /// pause.
    @Test
    void anAnswerThatComesAfterAnElectionDeposesNobody() {
        var group = Steps.ofThree().stands("a").sync("a").asksPeers("a");
        group.deliver(Prepare.class, "a", "b").sync("b").deliver(Promised.class, "b", "a");
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);

        group.pass(Steps.LEASE).deliver(Question.class, "a", "c").deliver(Answer.class, "c", "a");

        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
    }

    // ---------------------------------------------------------------- strangers

    @Test
    void aReplicaOfAnotherIncarnationIsIgnored() {
        var another = new ReplicaId("b", 2);
        var group = Steps.ofThree().stands("a").sync("a").loseAll();

        group.receive("a", another, replica("a"), new Promised(ballot(1, "a"), 0, List.of()));
        assertThat(group.view("a").role()).as("a promise of a stranger").isEqualTo(Role.CANDIDATE);

        group.receive("b", replica("a"), another, new Prepare(ballot(1, "a"), ballot(0, "a")));
        assertThat(group.written("b"))
                .as("a prepare for an earlier life of its disk")
                .isEmpty();

        group.receive("a", replica("b"), replica("a"), new Promised(ballot(1, "a"), 0, List.of()));
        assertThat(group.view("a").role()).as("the same of a voter").isEqualTo(Role.LEADER);
    }
}
