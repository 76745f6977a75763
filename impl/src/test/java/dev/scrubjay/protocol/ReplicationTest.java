package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message.Accept;
import dev.scrubjay.message.Message.Accepted;
import dev.scrubjay.message.Message.CatchUp;
import dev.scrubjay.message.Message.Chosen;
import dev.scrubjay.message.Message.Heartbeat;
import dev.scrubjay.message.Message.Prepare;
import dev.scrubjay.message.Message.Promised;
import dev.scrubjay.message.Message.Refused;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The way of a write: proposed, accepted, synced, chosen, applied, acknowledged.
final class ReplicationTest {
    private static final Map<String, String> BLUE = Map.of("colour", "blue");

    @Test
    void aWriteIsAcknowledgedAndSeenByAll() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").settle();
        group.ask("a", new Request.Get("colour")).settle();

        assertThat(group.answers()).containsExactly(Reply.DONE, new Reply.Found(MaybeValue.of("blue")));
        for (var node : new String[] {"a", "b", "c"}) {
            assertThat(group.view(node).state()).as(node).isEqualTo(BLUE);
            assertThat(group.view(node).applied()).as(node).isEqualTo(3);
        }
    }

    /// Spec test: ReplicationGroup!Accepted
    @Test
    void anAcceptIsNotAnsweredBeforeItsSync() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").deliver(Accept.class, "a", "b");
        assertThat(group.written("b")).hasSize(3);
        assertThat(group.underWay(Accepted.class)).isEmpty();

        group.tick("a", 10).deliver(Accept.class, "a", "b");
        assertThat(group.underWay(Accepted.class)).as("asked again").isEmpty();
        assertThat(group.written("b")).as("and not written again").hasSize(3);

        group.sync("b");
        assertThat(group.underWay(Accepted.class, "b", "a")).hasSize(1);
    }

    /// A sync covers what was written when it began.
    @Test
    void whatWasWrittenDuringASyncWaitsForTheNext() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").put("a", "shape", "round");
        group.deliver(Accept.class, "a", "b").deliver(Accept.class, "a", "b").sync("b");

        assertThat(group.underWay(Accepted.class, "b", "a")).hasSize(1);
        assertThat(group.isSyncing("b")).isTrue();
        assertThat(group.sync("b").underWay(Accepted.class, "b", "a")).hasSize(2);
    }

    @Test
    void anAnswerThatWasLostIsGivenAgain() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").sync("a");
        group.deliver(Accept.class, "a", "b").sync("b").loseAll();

        group.tick("a", 10).deliver(Accept.class, "a", "b").deliver(Accepted.class, "b", "a");

        assertThat(group.answers()).containsExactly(Reply.DONE);
    }

    @Test
    void onlyWhoDidNotAnswerIsAskedAgain() {
        var group = Steps.of("a", "b", "c", "d", "e").elect("a").begin("a").put("a", "colour", "blue");
        group.deliver(Accept.class, "a", "b")
                .sync("b")
                .deliver(Accepted.class, "b", "a")
                .loseAll();

        group.tick("a", 10);

        assertThat(group.underWay(Accept.class))
                .extracting(sent -> sent.to().node())
                .containsExactly("c", "d", "e");
    }

    @Test
    void aRepeatedAnswerCountsOnce() {
        var group = Steps.of("a", "b", "c", "d", "e")
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .sync("a");
        group.deliver(Accept.class, "a", "b").sync("b");
        group.deliverCopy(Accepted.class, "b", "a").deliver(Accepted.class, "b", "a");
        assertThat(group.view("a").known()).isEqualTo(1);

        group.deliver(Accept.class, "a", "c").sync("c").deliver(Accepted.class, "c", "a");
        assertThat(group.view("a").known()).isEqualTo(2);
    }

    @Test
    void anAnswerOfAnOlderBallotIsNotCounted() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").sync("a");
        group.deliver(Accept.class, "a", "b").sync("b").loseAll(sent -> !(sent.message() instanceof Accepted));
        // Leads again, at another ballot, and proposes the same again.
        group.powerOff("a", 0)
                .powerOn("a")
                .stands("a")
                .sync("a")
                .deliver(Prepare.class, "a", "c")
                .sync("c");
        group.deliver(Promised.class, "c", "a").sync("a");
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
        group.deliver(Accept.class, "a", "c").sync("c").deliver(Accepted.class, "c", "a");

        group.deliver(Accepted.class, "b", "a");
        assertThat(group.view("a").known()).isEqualTo(1);

        group.deliver(Accept.class, "a", "c").sync("c").deliver(Accepted.class, "c", "a");
        assertThat(group.view("a").known()).isEqualTo(2);
    }

    /// The others are a quorum without it. It applies nothing that its own disk does not hold.
    @Test
    void aLeaderMayKnowBeforeItsOwnSyncButTellsNobodyBefore() {
        var group = Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue");
        group.deliver(Accept.class, "a", "b").sync("b").deliver(Accepted.class, "b", "a");
        assertThat(group.view("a").known()).as("one answer").isEqualTo(1);
        group.deliver(Accept.class, "a", "c").sync("c").deliver(Accepted.class, "c", "a");

        assertThat(group.view("a").known()).isEqualTo(2);
        assertThat(group.view("a").applied()).isEqualTo(1);
        assertThat(group.told()).isEmpty();

        group.sync("a");
        assertThat(group.view("a").applied()).isEqualTo(2);
        assertThat(group.answers()).containsExactly(Reply.DONE);
    }

    /// Spec test: ReplicationGroup!Apply
    @Test
    void aReplicaAppliesOnlyWhatItHasSynced() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").sync("a");
        group.deliver(Accept.class, "a", "c").sync("c").deliver(Accepted.class, "c", "a");
        group.deliver(Chosen.class, "a", "b");

        assertThat(group.view("b").known()).isEqualTo(2);
        assertThat(group.view("b").state()).isEmpty();
        assertThat(group.sync("b").view("b").state()).isEqualTo(BLUE);
    }

    @Test
    void acceptsThatOvertakeEachOtherAreTakenInOrder() {
        var group = Steps.ofThree().elect("a").begin("a");
        group.put("a", "x", "1").put("a", "x", "2").put("a", "x", "3").deliverLastFirst(Accept.class, "a", "b");

        assertThat(group.written("b"))
                .filteredOn(LogRecord.Accept.class::isInstance)
                .extracting(record -> ((LogRecord.Accept) record).slot())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(group.settle().view("b").state()).isEqualTo(Map.of("x", "3"));
    }

    @Test
    void anAcceptWhoseForerunnerIsLostIsNotTaken() {
        var group = Steps.ofThree().elect("a").begin("a").put("a", "x", "1").put("a", "x", "2");
        group.lose(Accept.class, "a", "b").deliver(Accept.class, "a", "b");
        assertThat(group.written("b"))
                .filteredOn(LogRecord.Accept.class::isInstance)
                .hasSize(1);

        group.loseAll().tick("a", 10).settle();
        assertThat(group.view("b").state()).isEqualTo(Map.of("x", "2"));
    }

    /// What b holds in slot 2 is of an older ballot. To accept slot 3 of a newer one would be to say that it
    /// holds what the newer leader proposed in slot 2.
    @Test
    void anOlderEntryIsNoForerunner() {
        var group = Steps.ofThree()
                .elect("a")
                .begin("a")
                .put("a", "x", "old")
                .deliver(Accept.class, "a", "b")
                .sync("b")
                .loseAll();
        group.powerOff("a", 0).stands("c").sync("c").receive("c", replica("b"), replica("c"), refusedBy("b"));
        var newer = new Ballot(2, replica("c"));
        var entry = ((LogRecord.Accept) group.written("b").getLast()).entry();

        group.receive("b", replica("c"), replica("b"), new Accept(newer, 1, 3, entry));
        assertThat(group.view("b").promisedBallot()).isEqualTo(new Ballot(1, replica("a")));

        group.receive("b", replica("c"), replica("b"), new Accept(newer, 1, 2, entry));
        assertThat(group.written("b").subList(3, 5))
                .containsExactly(new LogRecord.Accept(newer, 1, 2, entry), new LogRecord.Accept(newer, 1, 3, entry));
    }

    private static Refused refusedBy(String node) {
        return new Refused(new Ballot(1, replica(node)));
    }

    @Test
    void anAcceptBelowWhatWasPromisedIsRefused() {
        var group = Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue");
        group.stands("b").sync("b").deliver(Prepare.class, "b", "c").deliver(Accept.class, "a", "c");

        assertThat(group.underWay(Refused.class, "c", "a")).containsExactly(new Refused(new Ballot(2, replica("b"))));
        assertThat(group.written("c"))
                .filteredOn(LogRecord.Accept.class::isInstance)
                .hasSize(1);
    }

    /// One answer holds three slots (`Steps.SETTINGS`), so it takes two of them.
    @Test
    void aReplicaThatMissedSlotsCatchesUp() {
        var group = Steps.ofThree().elect("a").begin("a").powerOff("c", 0);
        for (int slot = 2; slot <= 5; slot++) {
            group.put("a", "x", "" + slot).settle();
        }
        group.powerOn("c");

        group.tick("a", 10).deliver(Heartbeat.class, "a", "c");
        assertThat(group.underWay(CatchUp.class, "c", "a"))
                .containsExactly(new CatchUp(0, Steps.SETTINGS.catchUpMax()));
        group.deliver(CatchUp.class, "c", "a");
        assertThat(group.underWay(Chosen.class, "a", "c")).hasSize(Steps.SETTINGS.catchUpMax());
        group.deliverLastFirst(Chosen.class, "a", "c").settle();
        assertThat(group.view("c").applied()).isEqualTo(3);

        group.tick("a", 10).settle();
        assertThat(group.view("c").applied()).isEqualTo(5);
        assertThat(group.view("c").state()).isEqualTo(Map.of("x", "5"));
    }

    @Test
    void acknowledgedWriteSurvivesPowerOffOfTheWholeGroup() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").sync("a");
        group.deliver(Accept.class, "a", "b").sync("b").deliver(Accepted.class, "b", "a");
        assertThat(group.answers()).containsExactly(Reply.DONE);
        group.deliver(Accept.class, "a", "c").loseAll();

        group.powerOff("a", 0).powerOff("b", 0).powerOff("c", 0);
        group.powerOn("a").powerOn("b").powerOn("c");
        assertThat(group.view("a").state()).isEmpty();
        group.elect("c").ask("c", new Request.Get("colour")).settle();

        assertThat(group.lastTold()).isEqualTo(new ClientReply.Answered(new Reply.Found(MaybeValue.of("blue")), 3));
    }

    /// Whoever deposed it may choose what it proposed, or may not: its client is told nothing rather than a
    /// guess.
    @Test
    void aDeposedLeaderAnswersNoClient() {
        var group =
                Steps.ofThree().elect("a").begin("a").put("a", "colour", "blue").sync("a");
        group.deliver(Accept.class, "a", "b").sync("b").loseAll();

        group.elect("b").tick("b", 10).settle();

        assertThat(group.view("a").state()).as("it was chosen after all").isEqualTo(BLUE);
        assertThat(group.told()).isEmpty();
        group.put("a", "colour", "red");
        assertThat(group.lastTold()).isEqualTo(new ClientReply.NotLeader(Optional.of(replica("b"))));
    }

    @Test
    void aRequestIsRefusedWhileTheWindowIsFull() {
        var group = Steps.ofThree().elect("a").begin("a");
        for (int slot = 1; slot <= Steps.SETTINGS.windowMax(); slot++) {
            group.put("a", "x", "" + slot);
        }
        assertThat(group.told()).isEmpty();

        group.put("a", "x", "one too many");
        assertThat(group.lastTold()).isEqualTo(new ClientReply.Throttled(Steps.SETTINGS.resendNanos()));
        assertThat(group.underWay(Accept.class, "a", "b")).hasSize(Steps.SETTINGS.windowMax());

        group.settle().put("a", "x", "again").settle();
        assertThat(group.view("c").state()).isEqualTo(Map.of("x", "again"));
    }

    /// A new leader first proposes again what it found; no client's entry may come between.
    @Test
    void aRequestIsRefusedWhileTheLeaderProposesAgain() {
        var group = Steps.ofThree().elect("a").begin("a");
        group.put("a", "x", "1").put("a", "x", "2").put("a", "x", "3").put("a", "x", "4");
        group.sync("a").sync("a").deliverLastFirst(Accept.class, "a", "b").sync("b");
        group.deliver(Accepted.class, "b", "a").put("a", "x", "5").sync("a").deliver(Accept.class, "a", "b");
        group.sync("b").loseAll().powerOff("a", 0).electWith("b", "c");
        assertThat(group.view("b").role()).isEqualTo(Role.LEADER);
        assertThat(group.underWay(Accept.class, "b", "c"))
                .as("five are found, four fit")
                .hasSize(4);

        group.put("b", "x", "6");
        assertThat(group.lastTold()).isEqualTo(new ClientReply.Throttled(Steps.SETTINGS.resendNanos()));

        assertThat(group.settle().view("c").state()).isEqualTo(Map.of("x", "5"));
        assertThat(group.put("b", "x", "6").settle().view("c").state()).isEqualTo(Map.of("x", "6"));
    }

    @Test
    void whatAReplicaDidIsTracedInTheOrderInWhichItDidIt() {
        var group = Steps.ofThree().elect("a").begin("a");

        assertThat(group.traced("a"))
                .extracting(TraceEvent::action)
                .containsExactly(
                        "Stand",
                        "Sync",
                        "Prepare",
                        "Promised",
                        "Lead",
                        "AskLease",
                        "Grant",
                        "Hold",
                        "Hold",
                        "Ask",
                        "Propose",
                        "Accept",
                        "Sync",
                        "Accepted",
                        "Choose",
                        "Apply",
                        "Acknowledge");
        assertThat(group.traced("b"))
                .extracting(TraceEvent::action)
                .containsExactly(
                        "Promise", "Sync", "Promised", "Grant", "Accept", "Sync", "Accepted", "Learn", "Apply");
    }
}
