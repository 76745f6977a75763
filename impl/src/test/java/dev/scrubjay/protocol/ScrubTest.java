package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.Message.AskHashes;
import dev.scrubjay.message.Message.AskPart;
import dev.scrubjay.message.Message.Quarantine;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.StateRow;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// States are compared every thousand nanoseconds, with each other and with what the archive comes to.
final class ScrubTest {
    private static final Settings SETTINGS = StepSettings.with(new Settings.Scrub(1_000, 500, 1_000, 1L << 40));

    private static Steps written() {
        var group = Steps.ofThree(SETTINGS);
        for (var node : List.of("a", "b", "c")) {
            group.keepsWholeStates(node).powerOff(node, 0).powerOn(node);
        }
        group.elect("a").begin("a");
        for (var colour : List.of("blue", "red", "green", "grey", "black")) {
            group.put("a", "colour of " + colour, colour).settle();
        }
        return tickAll(group, 4);
    }

    /// A value in the state of this node is another one all of a sudden.
    ///
    /// @param asWritten whether it is as if a program had written it
    private static Steps decays(Steps group, String node, boolean asWritten) {
        var key = new Encoder().put(StateRow.KEY).putLast("colour of red").bytes();
        var row = new Encoder().put((byte) 1).putLast("rose").bytes();
        if (asWritten) {
            group.states(node).alterAsWritten(Steps.GROUP, key, row);
        } else {
            group.states(node).alter(Steps.GROUP, key, row);
        }
        return group;
    }

    private static Steps tickAll(Steps group, int times) {
        for (int i = 0; i < times; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle().tick("c", 0).settle();
        }
        return group;
    }

    /// Until the leader has proposed a mark, and all have said what they came to.
    private static Steps scrubbed(Steps group) {
        return tickAll(group, 120);
    }

    private static long unverified(Steps group, String node) {
        return group.view(node)
                .status(group.clock(node))
                .orElseThrow()
                .unverifiedNanos()
                .orElseThrow();
    }

    private static boolean has(Steps group, String node, Class<? extends TraceEvent> kind) {
        return group.traced(node).stream().anyMatch(kind::isInstance);
    }

    /// Spec test: ReplicationGroup!Hash
    @Test
    void copiesThatAreRightAreFoundRight() {
        var group = scrubbed(written());

        for (var node : List.of("a", "b", "c")) {
            assertThat(has(group, node, TraceEvent.Hash.class)).as(node).isTrue();
            assertThat(has(group, node, TraceEvent.Quarantine.class)).isFalse();
            assertThat(group.alarms(node)).isEmpty();
        }
        assertThat(unverified(group, "a")).isLessThan(1_300);
    }

    /// A program did something else there, or the memory was damaged: it looks as if it were right.
    ///
    /// Spec test: ReplicationGroup!Quarantine
    @Test
    void aCopyThatIsWrongIsMadeAgain() {
        var group = scrubbed(decays(written(), "b", true));

        assertThat(group.traced("b")).anyMatch(TraceEvent.Quarantine.class::isInstance);
        assertThat(group.alarms("a")).singleElement().asString().contains("b.1 has [key 'colour of red'] other than");
        assertThat(has(group, "c", TraceEvent.Quarantine.class)).isFalse();
        assertThat(tickAll(group, 30).view("b").state())
                .isEqualTo(group.view("a").state())
                .containsEntry("colour of red", "red");
        assertThat(scrubbed(group).alarms("a")).hasSize(1);
        assertThat(unverified(group, "a")).isLessThan(1_300);
    }

    /// Spec test: ReplicationGroup!Discard
    @Test
    void aCopyThatRottedIsFoundByWhoKeepsIt() {
        var group = scrubbed(decays(written(), "b", false));

        assertThat(has(group, "b", TraceEvent.Discard.class)).isTrue();
        assertThat(has(group, "b", TraceEvent.Quarantine.class)).isFalse();
        assertThat(group.alarms("b"))
                .containsExactly(
                        "b.1: the state is not what was written: key 'colour of red'; it is thrown away, and made again");
        assertThat(tickAll(group, 30).view("b").state())
                .isEqualTo(group.view("a").state());
    }

    /// It must not lead with it for another moment.
    @Test
    void aLeaderWhoseCopyIsWrongBeginsAgainToo() {
        var group = scrubbed(decays(written(), "a", true));

        var after = group.traced("a").stream()
                .dropWhile(event -> !(event instanceof TraceEvent.Quarantine))
                .toList();
        assertThat(after)
                .as("it began again, and stood when it had made up for that")
                .isNotEmpty();
        assertThat(after.stream().map(TraceEvent::action).toList())
                .containsSubsequence("Quarantine", "Install", "Stand");
        assertThat(tickAll(group, 30).view("a").state())
                .isEqualTo(group.view("b").state())
                .containsEntry("colour of red", "red");
    }

    /// All copies are the same, and the archive comes to something else: nobody knows which of them is right.
    @Test
    void whereNobodyAgreesWithTheArchiveNobodyBeginsAgain() {
        var group = written();
        for (var node : List.of("a", "b", "c")) {
            decays(group, node, true);
        }
        scrubbed(group);

        assertThat(group.alarms("a")).hasSize(3).allMatch(alarm -> alarm.contains("nobody knows who is wrong"));
        assertThat(group.view("a").status(group.clock("a")).orElseThrow().isUndecided())
                .isTrue();
        for (var node : List.of("a", "b", "c")) {
            assertThat(has(group, node, TraceEvent.Quarantine.class)).isFalse();
        }
        long trims = trims(group);
        for (int i = 0; i < 6; i++) {
            group.put("a", "more", "of it").settle();
        }
        assertThat(trims(tickAll(group, 10))).as("nothing is trimmed").isEqualTo(trims);
    }

    private static long trims(Steps group) {
        return List.of("a", "b", "c").stream()
                .flatMap(node -> group.traced(node).stream())
                .filter(TraceEvent.Trim.class::isInstance)
                .count();
    }

    /// Most copies are wrong in the same way, and the one that is right is enough.
    @Test
    void mostCopiesProveNothing() {
        var group = scrubbed(decays(decays(written(), "b", true), "c", true));

        assertThat(has(group, "a", TraceEvent.Quarantine.class)).isFalse();
        assertThat(has(group, "b", TraceEvent.Quarantine.class)).isTrue();
        assertThat(has(group, "c", TraceEvent.Quarantine.class)).isTrue();
        assertThat(tickAll(group, 30).view("c").state())
                .isEqualTo(group.view("a").state());
    }

    /// What was wrong once may be right by now: the message may be an old one, and this the same slot again.
    @Test
    void whoHasSomethingElseByNowIsNotMadeAgain() {
        var group = decays(written(), "b", true);
        var wrong = root(group, "b");
        scrubbed(scrubbed(group));
        long slot = group.traced("b").stream()
                .filter(TraceEvent.Hash.class::isInstance)
                .mapToLong(event -> ((TraceEvent.Hash) event).slot())
                .max()
                .orElseThrow();
        int before = group.traced("b").size();

        group.receive("b", replica("a"), replica("b"), new Quarantine(slot, wrong, sound()));
        assertThat(group.traced("b")).hasSize(before);
        group.receive("b", replica("a"), replica("b"), new Quarantine(slot, root(group, "b"), sound()));
        assertThat(group.traced("b")).hasSize(before + 1);
    }

    private static SortedSet<ReplicaId> sound() {
        return new TreeSet<>(List.of(replica("a")));
    }

    /// What the state of a node comes to.
    private static Bytes root(Steps group, String node) {
        var rows = new HashTree.Builder();
        group.states(node).scan(Steps.GROUP, new byte[0], (key, value) -> {
            rows.add(new Row(Bytes.of(key), Bytes.of(value)));
            return true;
        });
        return rows.build().root();
    }

    /// Who has rotten rows gives them away as they are, since nobody looked; who takes them looks.
    @Test
    void whatRottedWhereItWasGivenDoesNotSpread() {
        var group = decays(written(), "b", false);
        group.powerOff("c", 0).keepsWholeStates("c").powerOn("c").loseAll();
        group.tick("c", 10);
        assertThat(group.underWay(AskPart.class, "c", "b")).hasSize(1);
        tickAll(group, 20);

        assertThat(group.alarms("c")).contains("c.1: a snapshot came that is not what was written; it is thrown away");
        assertThat(group.view("c").state())
                .containsEntry("colour of red", "red")
                .hasSize(5);
    }

    /// Nobody is asked what nobody can compare.
    @Test
    void withoutTheArchiveNothingIsSaid() {
        var group = written();
        group.archive.isAway(true);
        for (int i = 0; i < 100; i++) {
            group.tick("a", 10).settle();
        }
        assertThat(has(group, "a", TraceEvent.Hash.class)).isTrue();
        assertThat(group.underWay(AskHashes.class)).isEmpty();
        assertThat(group.alarms("a")).isEmpty();
        assertThat(group.written("a")).anyMatch(LogRecord.Accept.class::isInstance);
    }
}
