package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.Message;
import dev.scrubjay.message.Message.Report;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Stories of records that were synced and can be read no more. Slot 1 begins the session; slot 2 is the
/// write.
final class RotTest {
    /// A write that is chosen on a and b, and c has not heard of; then a and b lose their power.
    private static Steps chosenOnTwo() {
        var group = Steps.ofThree().elect("a").begin("a").cutOff("c");
        group.put("a", "colour", "blue").settle();
        assertThat(group.answers()).as("what the client was answered").hasSize(1);
        return group.powerOff("a", 0).powerOff("b", 0).reconnect("c");
    }

    /// Spec test: ReplicationGroup!Lead
    @Test
    void aQuorumThatKnowsOfWhatNobodyInItCanReadIsNotEnough() {
        var group = chosenOnTwo().rot("b", 2).powerOn("b").stands("c").settle();
        assertThat(group.view("c").role()).as("with c and b").isEqualTo(Role.CANDIDATE);

        group.powerOn("a").pass(Steps.LEASE).tick("c", 10).settle();

        assertThat(group.view("c").role()).as("with a, which can read it").isEqualTo(Role.LEADER);
        assertThat(group.view("c").state()).containsEntry("colour", "blue");
        assertThat(group.alarms("c")).isEmpty();
    }

    /// The other copy was accepted at the same ballot, so it is the same entry.
    @Test
    void aCopyOfTheSameBallotIsAsGood() {
        var group =
                chosenOnTwo().rot("b", 2).powerOn("a").powerOn("b").cutOff("c").elect("b");

        assertThat(group.view("b").state()).containsEntry("colour", "blue");
        assertThat(group.written("b"))
                .containsSubsequence(
                        new LogRecord.Corrupt(ballot(1, "a"), 2),
                        new LogRecord.Accept(
                                ballot(2, "b"), 1, 2, group.view("b").entryOf(2).orElseThrow()));
    }

    /// A quorum knows of nothing there, so it cannot be chosen.
    @Test
    void whatOnlyOneAcceptedAndCannotReadIsFilledWithNothing() {
        var group = Steps.ofThree().elect("a").begin("a").cutOff("a");
        group.put("a", "colour", "blue").sync("a");
        group.powerOff("a", 0).rot("a", 2).reconnect("a").powerOn("a").elect("a");

        assertThat(group.view("a").entryOf(2)).contains(Entry.NO_OP);
        assertThat(group.view("a").state()).isEmpty();
        assertThat(group.alarms("a")).isEmpty();
    }

    /// More than a group survives: whatever is done now may be wrong, and somebody has to know.
    @Test
    void whatNobodyCanReadIsGivenUpWhenEverybodyHasAnsweredAndSaidAloud() {
        var group =
                chosenOnTwo().rot("a", 2).rot("b", 2).powerOn("b").stands("c").settle();
        assertThat(group.view("c").role()).as("as long as a has not answered").isEqualTo(Role.CANDIDATE);

        group.powerOn("a").pass(Steps.LEASE).tick("c", 10).settle();

        assertThat(group.view("c").role()).isEqualTo(Role.LEADER);
        assertThat(group.view("c").entryOf(2)).contains(Entry.NO_OP);
        assertThat(group.alarms("c")).containsExactly("c.1: nobody can read what was accepted last in slots [2]");
    }

    /// Spec test: ReplicationGroup!Rot
    @Test
    void whoComesBackSaysWhatItCannotRead() {
        var group = chosenOnTwo().rot("b", 2).powerOn("b");

        assertThat(group.traced("b")).endsWith(new TraceEvent.Rot(3), new TraceEvent.Restart());

        group.stands("c").settle();
        assertThat(group.traced("b"))
                .contains(new TraceEvent.Promised(
                        ballot(2, "c"), 0, List.of(ballot(1, "a"), ballot(0, "a")), List.of(2L)));
    }

    /// Spec test: ReplicationGroup!Learn
    @Test
    void whatIsLearnedTakesThePlaceOfWhatRotted() {
        var group = chosenOnTwo().rot("b", 2).powerOn("a").elect("a").settle();
        var entry = group.view("a").entryOf(2).orElseThrow();

        group.powerOn("b").tick("a", 10).settle();

        assertThat(group.view("b").state()).containsEntry("colour", "blue");
        assertThat(group.written("b").getLast()).isEqualTo(new LogRecord.Accept(ballot(2, "a"), 1, 2, entry));
    }

    /// Its store has the slot, so it does not learn it again. Its log needs it all the same, for others.
    ///
    /// Spec test: ReplicationGroup!Repair Spec test: ReplicationGroup!Tell
    @Test
    void whatIsKnownChosenIsWrittenAnew() {
        var group = Steps.ofThree().keepsItsStores("b");
        group.powerOff("b", 0)
                .powerOn("b")
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .settle();
        group.tick("a", 10).settle().powerOff("b", 0).rot("b", 2);

        group.powerOn("b");
        assertThat(group.view("b").applied()).as("slots of its store").isEqualTo(2);
        group.tick("b", 10).settle();

        assertThat(group.traced("b"))
                .contains(new TraceEvent.Repair(
                        ballot(1, "a"), 1, 2, group.view("a").entryOf(2).orElseThrow()));
        assertThat(group.written("b").getLast())
                .isEqualTo(new LogRecord.Accept(
                        ballot(1, "a"), 1, 2, group.view("a").entryOf(2).orElseThrow()));
        group.tick("b", 10);
        assertThat(group.isSyncing("b")).as("whether it has more to mend").isFalse();
    }

    /// The others hold it and have forgotten that it is chosen, and the archive has not got it. Whoever of
    /// them leads finds it among what they accepted.
    @Test
    void aLeaderThatCannotReadWhatIsChosenMakesWay() {
        var group = Steps.ofThree().keepsItsStores("a");
        group.archive.isAway(true);
        group.powerOff("a", 0)
                .powerOn("a")
                .elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .settle();
        for (var node : List.of("a", "b", "c")) {
            group.powerOff(node, 0);
        }
        group.rot("a", 2)
                .powerOn("a")
                .powerOn("b")
                .powerOn("c")
                .pass(Steps.LEASE)
                .elect("a")
                .settle();
        assertThat(group.view("a").known()).isEqualTo(2);
        assertThat(group.view("a").entryOf(2)).isEmpty();
        for (int i = 0; i < 5; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle();
        }
        assertThat(group.view("a").role()).as("somebody may still tell it").isEqualTo(Role.LEADER);
        assertThat(group.view("b").known()).isEqualTo(1);

        for (int i = 0; i < 30; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle().tick("c", 0).settle();
        }

        assertThat(group.view("a").role()).isEqualTo(Role.FOLLOWER);
        for (var node : List.of("a", "b", "c")) {
            assertThat(group.view(node).state()).as(node).containsEntry("colour", "blue");
            assertThat(group.view(node).entryOf(2)).isPresent();
        }
    }

    /// Who has forgotten what it could read, and was told of by what it said before, is believed both times.
    @Test
    void whatWasReadableWhenItWasReportedIsNotForgotten() {
        var leadership = new Leadership(ballot(0, "a"));
        var write = new Entry.End(5);
        leadership.promised(Steps.replica("b"), promised(0, report(1, write, 0)));
        leadership.promised(Steps.replica("b"), promised(0, report(0, Entry.NO_OP, 1)));
        leadership.promised(Steps.replica("c"), promised(0));
        var members = Members.first(List.of(Steps.replica("a"), Steps.replica("b"), Steps.replica("c")));
        leadership.begin(0, members);

        assertThat(leadership.unclear(0, members)).isEmpty();
        assertThat(leadership.again()).isEqualTo(write);
    }

    private static Message.Promised promised(long trimmed, Report... reports) {
        return new Message.Promised(ballot(2, "c"), trimmed, List.of(reports));
    }

    private static Report report(long round, Entry entry, long corrupt) {
        return new Report(ballot(round, "a"), entry, ballot(corrupt, "a"));
    }
}
