package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Reply;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is chosen goes to the archive in pieces of two slots, and from the logs.
final class TrimTest {
    /// Replica a leads and has chosen a begin and three writes, which all but those that are off have
    /// applied.
    private static Steps chosen(Steps group) {
        return group.elect("a")
                .begin("a")
                .put("a", "colour", "blue")
                .settle()
                .put("a", "colour", "red")
                .settle()
                .put("a", "colour", "green")
                .settle()
                .tick("a", 10)
                .settle();
    }

    private static Steps withStores() {
        return Steps.ofThree()
                .keepsItsStores("a")
                .keepsItsStores("b")
                .keepsItsStores("c")
                .powerOff("a", 0)
                .powerOn("a")
                .powerOff("b", 0)
                .powerOn("b")
                .powerOff("c", 0)
                .powerOn("c");
    }

    private static Steps tickAll(Steps group, int times) {
        for (int i = 0; i < times; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle().tick("c", 0).settle();
        }
        return group;
    }

    private static LogRecord.Trim trimOf(Steps group, String node) {
        return (LogRecord.Trim) group.written(node).reversed().stream()
                .filter(LogRecord.Trim.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    /// Spec test: ReplicationGroup!Trim
    @Test
    void whatIsAppliedForGoodAndArchivedIsTrimmed() {
        var group = tickAll(chosen(withStores()), 4);

        assertThat(group.archive.slots()).hasSize(4);
        for (var node : List.of("a", "b", "c")) {
            var trim = trimOf(group, node);
            assertThat(trim.slot()).as(node).isEqualTo(4);
            assertThat(trim.ballot()).isEqualTo(ballot(1, "a"));
            assertThat(group.written(node).indexOf(trim)).isEqualTo((int) trim.before());
            assertThat(group.traced(node)).contains(new TraceEvent.Trim(4));
        }
    }

    /// The stores of these are gone with their process: what they applied is only in their logs.
    @Test
    void whatAPowerOffWouldTakeFromTheStoreIsNotTrimmed() {
        var group = tickAll(chosen(Steps.ofThree()), 4);

        assertThat(group.archive.slots()).hasSize(4);
        assertThat(group.written("b")).noneMatch(LogRecord.Trim.class::isInstance);
    }

    /// Who missed what the others trimmed is told where to find it, and its log says so before it applies
    /// any.
    ///
    /// Spec test: ReplicationGroup!Fetch
    @Test
    void whoMissedWhatWasTrimmedFetchesIt() {
        var group = tickAll(chosen(withStores().powerOff("c", 0)).tick("a", 10), 0);
        for (int i = 0; i < 4; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle();
        }
        assertThat(trimOf(group, "b").slot()).isEqualTo(4);

        // First it sits out what it may have granted, and then it follows.
        tickAll(group.powerOn("c"), 10);

        assertThat(group.view("c").state()).isEqualTo(group.view("a").state()).containsEntry("colour", "green");
        assertThat(group.traced("c"))
                .containsSubsequence(
                        new TraceEvent.Trim(4),
                        new TraceEvent.Fetch(2, Reply.DONE),
                        new TraceEvent.Fetch(4, Reply.DONE));
        assertThat(group.traced("c")).noneMatch(TraceEvent.Learn.class::isInstance);
    }

    /// What a candidate accepted of an earlier leader may be something else than what was chosen, and
    /// trimmed.
    @Test
    void aCandidateThatMissedWhatWasTrimmedFetchesItBeforeItLeads() {
        var group = chosen(withStores().powerOff("c", 0));
        for (int i = 0; i < 4; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle();
        }
        group.powerOff("a", 0).powerOn("c").pass(Steps.LEASE);

        group.stands("c");
        while (group.view("c").role() != Role.LEADER) {
            assertThat(group.view("c").applied()).isLessThan(4);
            group.settle();
        }

        assertThat(group.traced("c")).containsSubsequence(new TraceEvent.Trim(4), new TraceEvent.Fetch(4, Reply.DONE));
        assertThat(group.traced("c").indexOf(new TraceEvent.Fetch(4, Reply.DONE)))
                .isLessThan(group.traced("c")
                        .indexOf(group.traced("c").stream()
                                .filter(TraceEvent.Lead.class::isInstance)
                                .findFirst()
                                .orElseThrow()));
        assertThat(group.underWay(Message.Accept.class))
                .noneMatch(sent -> ((Message.Accept) sent.message()).slot() <= 4);
    }

    /// Its store was corrupt, and what made it is in its log no more.
    @Test
    void aStoreThatIsLostIsFetched() {
        var group = tickAll(chosen(withStores()), 4);

        group.powerOff("b", 0).keepsItsStores("b").powerOn("b");
        assertThat(group.view("b").applied()).isZero();
        group.tick("b", 10).settle();

        assertThat(group.view("b").state()).containsEntry("colour", "green");
        assertThat(group.view("b").sessions()).isEqualTo(group.view("a").sessions());
    }

    /// The trim stands for all that came before: nothing is promised or accepted again that was not to be.
    @Test
    void whatStoodBeforeATrimIsNotNeeded() {
        var group = tickAll(chosen(withStores()), 4);
        long before = trimOf(group, "b").before();

        group.powerOff("b", 0).forgets("b", (int) before).powerOn("b");

        assertThat(group.view("b").promisedBallot()).isEqualTo(ballot(1, "a"));
        assertThat(group.view("b").entryOf(4)).isEmpty();
        group.put("a", "colour", "grey").settle().tick("a", 10).settle();
        assertThat(group.view("b").state()).containsEntry("colour", "grey");
        long count = group.traced("b").stream()
                .filter(TraceEvent.Sync.class::isInstance)
                .mapToLong(sync -> ((TraceEvent.Sync) sync).count())
                .max()
                .orElseThrow();
        assertThat(count)
                .as("numbers go on from the first record ever")
                .isEqualTo(before + group.written("b").size());
    }

    /// A leader that was away proposes again what is chosen and trimmed elsewhere.
    @Test
    void whoIsToAcceptWhatItTrimmedSaysWhereItIs() {
        var group = tickAll(chosen(withStores()), 4);

        group.receive(
                "b", Steps.replica("a"), Steps.replica("b"), new Message.Accept(ballot(1, "a"), 1, 3, Entry.NO_OP));

        assertThat(group.underWay(Message.Archived.class, "b", "a")).containsExactly(new Message.Archived(4));
        assertThat(group.isSyncing("b")).isFalse();
    }

    /// Replica b is elected by c when d votes already in its place: with a, that chose so, and told b only
    /// that it proposes it. What a and d chose since, b has to hear of before it is read from.
    @Test
    void aLeaderThatFindsOtherVotersInTheArchiveAsksThemFirst() {
        var a = Steps.replica("a");
        var b = Steps.replica("b");
        var c = Steps.replica("c");
        var d = Steps.replica("d");
        var voters = new Entry.Reconfigure(1, new TreeSet<>(List.of(a, c, d)));
        var group = Steps.ofThree()
                .keepsItsStores("b")
                .powerOff("b", 0)
                .powerOn("b")
                .pass(Steps.LEASE);
        group.archive.hold(voters);
        group.receive("b", a, b, new Message.Accept(ballot(1, "a"), 1, 1, voters))
                .sync("b");
        group.stands("b").sync("b").cutOff("c");
        var ballot = group.view("b").promisedBallot();
        group.receive("b", c, b, new Message.Promised(ballot, 0, List.of()));
        assertThat(group.view("b").role()).isEqualTo(Role.LEADER);

        group.receive("b", c, b, new Message.Archived(1)).sync("b");
        group.archive.answer();

        assertThat(group.view("b").members().voters()).containsExactly(a, c, d);
        assertThat(group.view("b").role()).isEqualTo(Role.CANDIDATE);
        assertThat(group.underWay(Message.Prepare.class, "b", "d"))
                .containsExactly(new Message.Prepare(ballot, Ballot.none(a)));
        group.receive("b", c, b, new Message.Granted(ballot, group.clock("b"), Steps.LEASE))
                .receive("b", d, b, new Message.Granted(ballot, group.clock("b"), Steps.LEASE));
        assertThat(group.holdsLease("b")).isFalse();
        var report = new Message.Report(ballot(1, "a"), Entry.NO_OP, Ballot.none(a));
        group.receive("b", d, b, new Message.Promised(ballot, 1, List.of(report)));
        assertThat(group.view("b").role()).isEqualTo(Role.LEADER);
        assertThat(group.underWay(Message.Accept.class, "b", "d"))
                .contains(new Message.Accept(ballot, 2, 2, Entry.NO_OP));
    }

    /// A leader archived something else than was chosen: its memory was damaged, say.
    @Test
    void whoHoldsSomethingElseThanTheArchiveTrimsNothing() {
        var group = withStores().cutOff("c");
        group.archive.hold(Entry.NO_OP);
        tickAll(chosen(group), 4);

        assertThat(group.archive.slots()).hasSize(4);
        for (var node : List.of("a", "b")) {
            assertThat(group.written(node)).as(node).noneMatch(LogRecord.Trim.class::isInstance);
            assertThat(group.alarms(node))
                    .contains(node + ".1: the archive has another entry in slot 1 than was chosen there");
            assertThat(group.traced(node)).noneMatch(TraceEvent.Verify.class::isInstance);
        }
    }

    /// Spec test: ReplicationGroup!Archive
    @Test
    void everybodyComparesWhatIsArchivedWithItsOwnLog() {
        var group = tickAll(chosen(Steps.ofThree()), 4);

        for (var node : List.of("a", "b", "c")) {
            assertThat(group.traced(node)).as(node).contains(new TraceEvent.Verify(4));
        }
        assertThat(group.traced("a")).contains(new TraceEvent.Archive(4));
    }

    /// What is not archived may not be trimmed, and a log has an end.
    @Test
    void aLeaderWhoseArchiveIsBehindTakesWritesOneByOneAndThenNone() {
        var archiving = new Settings.Archiving(2, 100_000, 10, 3, 5);
        var group = Steps.ofThree(StepSettings.with(archiving)).elect("a").begin("a");
        group.archive.isAway(true);
        group.put("a", "k", "1").settle().put("a", "k", "2").settle();
        assertThat(group.view("a").known()).as("two of three that may wait").isEqualTo(3);

        group.put("a", "k", "3").put("a", "k", "too soon");
        assertThat(group.lastTold()).isInstanceOf(ClientReply.Throttled.class);
        group.settle().tick("a", 10).settle().again("a").settle();
        assertThat(group.view("a").known()).isEqualTo(5);
        group.tick("a", 10).settle().put("a", "k", "too many");

        assertThat(group.lastTold()).isInstanceOf(ClientReply.Throttled.class);
        assertThat(group.alarms("a")).containsExactly("a.1: the archive is 5 slots behind; writes are refused");
        group.archive.isAway(false);
        tickAll(group, 5).again("a").settle();
        assertThat(group.lastTold()).isInstanceOf(ClientReply.Answered.class);
    }

    /// A leader of a group in which little happens does not wait for a whole piece for ever.
    @Test
    void aSmallPieceIsArchivedAfterAWhile() {
        var group = Steps.ofThree(StepSettings.with(new Settings.Archiving(2, 60, 10, 1_000, 2_000)))
                .elect("a")
                .begin("a")
                .settle();
        tickAll(group, 2);
        assertThat(group.archive.slots()).isEmpty();

        tickAll(group, 5);

        assertThat(group.archive.slots())
                .containsExactly(group.view("a").entryOf(1).orElseThrow());
    }
}
