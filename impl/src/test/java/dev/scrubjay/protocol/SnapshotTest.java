package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.Message;
import dev.scrubjay.message.Message.AskPart;
import dev.scrubjay.message.Message.Part;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.Site;
import dev.scrubjay.value.SnapshotPart;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is missing more than it has takes the state of another, in parts of 40 bytes.
final class SnapshotTest {
    private static final Settings SLOW = StepSettings.with(new Settings.Snapshots(1, 1_000_000_000_000L, 1_000, 30));

    /// Replica a leads, and all have applied, archived and trimmed six slots. Then c loses its state, not its
    /// log, and is back.
    private static Steps lost(Settings settings) {
        var group = written(settings);
        return group.powerOff("c", 0).keepsWholeStates("c").powerOn("c").loseAll();
    }

    private static Steps written(Settings settings) {
        var group = Steps.ofThree(settings);
        for (var node : List.of("a", "b", "c")) {
            group.keepsWholeStates(node).powerOff(node, 0).powerOn(node);
        }
        group.elect("a").begin("a");
        for (var colour : List.of("blue", "red", "green", "grey", "black")) {
            group.put("a", "colour of " + colour, colour).settle();
        }
        return tickAll(group, 6);
    }

    private static Steps tickAll(Steps group, int times) {
        for (int i = 0; i < times; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle().tick("c", 0).settle();
        }
        return group;
    }

    private static void assertSame(Steps group) {
        assertThat(group.view("c").state()).isEqualTo(group.view("a").state()).hasSize(5);
        assertThat(group.view("c").sessions()).isEqualTo(group.view("a").sessions());
    }

    private static TraceEvent.Install installed(Steps group) {
        return group.traced("c").stream()
                .filter(TraceEvent.Install.class::isInstance)
                .map(TraceEvent.Install.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /// Whoever is not the leader is asked first.
    ///
    /// Spec test: ReplicationGroup!Snapshot
    /// Spec test: ReplicationGroup!Install
    @Test
    void whoLostItsStateTakesThatOfAnother() {
        var group = lost(Steps.SETTINGS);
        assertThat(group.view("c").applied()).isZero();

        group.tick("c", 10);
        assertThat(group.underWay(AskPart.class, "c", "b")).containsExactly(new AskPart(0, 0, Bytes.NONE));
        tickAll(group, 10);

        assertSame(group);
        assertThat(group.traced("b"))
                .contains(new TraceEvent.Snapshot(installed(group).slot()));
        assertThat(group.traced("c")).noneMatch(TraceEvent.Fetch.class::isInstance);
    }

    @Test
    void whatWasAppliedMeanwhileIsNoPartOfASnapshot() {
        var group = lost(SLOW).tick("c", 10);
        group.deliver(AskPart.class, "c", "b").deliver(Part.class, "b", "c");

        group.put("a", "colour of blue", "red").put("a", "another", "one");
        deliverAllButParts(group);
        assertThat(group.view("b").state()).containsEntry("another", "one");
        tickAll(group, 10);

        assertThat(installed(group).slot()).isLessThan(group.view("b").applied());
        assertThat(group.traced("b").stream().filter(TraceEvent.Snapshot.class::isInstance))
                .hasSize(1);
        assertThat(group.view("c").state()).isEqualTo(group.view("a").state());
    }

    private static boolean installedIsEmpty(Steps group) {
        return group.traced("c").stream().noneMatch(TraceEvent.Install.class::isInstance);
    }

    private static void deliverAllButParts(Steps group) {
        var parts = group.underWay(AskPart.class, "c", "b");
        group.loseAll(sent -> parts.contains(sent.message()));
        group.settle();
    }

    /// All parts but the last that came are on its disk.
    @Test
    void whoLosesItsPowerGoesOnWhereItWas() {
        var group = lost(SLOW).tick("c", 10);
        for (int i = 0; i < 3; i++) {
            group.deliver(AskPart.class, "c", "b").deliver(Part.class, "b", "c");
        }
        var asked = group.underWay(AskPart.class, "c", "b");

        group.powerOff("c", 0).loseAll().powerOn("c").tick("c", 10);

        assertThat(group.underWay(AskPart.class, "c", "b")).isEqualTo(asked).hasSize(1);
        assertThat(((AskPart) asked.getFirst()).from()).isNotEqualTo(Bytes.NONE);
        tickAll(group, 10);
        assertSame(group);
        assertThat(group.traced("b").stream().filter(TraceEvent.Snapshot.class::isInstance))
                .hasSize(1);
    }

    @Test
    void whatIsLostOnItsWayIsAskedForAgain() {
        var group = lost(SLOW).tick("c", 10);
        group.deliver(AskPart.class, "c", "b").lose(Part.class, "b", "c").tick("c", 19);
        assertThat(group.underWay(AskPart.class)).isEmpty();

        group.tick("c", 1);
        assertThat(group.underWay(AskPart.class, "c", "b")).hasSize(1);
        tickAll(group, 10);
        assertSame(group);
    }

    /// It has another snapshot, and so the parts that came are of no use.
    @Test
    void whenTheGiverIsGoneAnotherGivesItsOwn() {
        var group = lost(SLOW).tick("c", 10);
        group.deliver(AskPart.class, "c", "b").deliver(Part.class, "b", "c");
        group.put("a", "another", "one").put("a", "a third", "one");
        deliverAllButParts(group);
        long first = ((AskPart) lastAsked(group)).slot();

        group.cutOff("b").tick("c", 10).settle();
        for (int i = 0; i < 10; i++) {
            group.tick("a", 10).settle().tick("c", 0).settle();
        }

        assertThat(first).isPositive().isLessThan(installed(group).slot());
        assertThat(group.view("c").state()).isEqualTo(group.view("a").state()).hasSize(7);
    }

    private static Message lastAsked(Steps group) {
        group.tick("c", 20);
        return group.underWay(AskPart.class).getLast().message();
    }

    /// Nobody answers, and the archive has it all.
    @Test
    void whoGetsNoSnapshotFetchesSlotBySlot() {
        var group = lost(Steps.SETTINGS);
        for (int i = 0; i < 3; i++) {
            assertThat(group.view("c").applied()).isZero();
            group.tick("c", 30)
                    .loseAll(sent -> sent.message() instanceof AskPart)
                    .settle();
        }
        tickAll(group, 10);

        assertSame(group);
        assertThat(installedIsEmpty(group)).isTrue();
    }

    @Test
    void aDamagedPartIsNotTaken() {
        var group = lost(SLOW).tick("c", 10);
        group.deliver(AskPart.class, "c", "b");
        var part = ((Part) group.underWay(Part.class, "b", "c").getFirst()).part();
        var row = part.rows().getFirst();
        var damaged = List.of(new Row(row.key(), Bytes.of(new byte[] {1})));

        group.loseAll()
                .receive(
                        "c",
                        replica("b"),
                        replica("c"),
                        new Part(new SnapshotPart(part.slot(), part.from(), damaged, part.isLast(), part.checksum())));

        assertThat(group.underWay(AskPart.class)).isEmpty();
        assertThat(group.alarms("c"))
                .containsExactly("c.1: a part of a snapshot of slot " + part.slot() + " that b.1 gave is damaged");
        tickAll(group, 10);
        assertSame(group);
    }

    /// A part that comes twice, or late, or was not asked for, is not put behind the others.
    @Test
    void onlyTheNextPartIsTaken() {
        var group = lost(SLOW).tick("c", 10);
        group.deliver(AskPart.class, "c", "b").deliverCopy(Part.class, "b", "c");
        var second = group.underWay(AskPart.class, "c", "b").getFirst();

        group.deliver(Part.class, "b", "c");
        assertThat(group.underWay(AskPart.class, "c", "b")).containsExactly(second);
        group.receive(
                "c",
                replica("a"),
                replica("c"),
                new Part(SnapshotPart.of(100, Bytes.NONE, List.of(new Row(Bytes.NONE, Bytes.NONE)), true)));
        assertThat(group.underWay(AskPart.class, "c", "b")).containsExactly(second);
        tickAll(group, 10);
        assertSame(group);
    }

    /// Its log would not say that it has nothing of those slots, and may say that it has something else.
    @Test
    void aSnapshotOfMoreThanTheArchiveHasWaits() {
        var group = written(Steps.SETTINGS);
        group.powerOff("c", 0).keepsWholeStates("c").powerOn("c").loseAll();
        long archived = group.archive.slots().size();
        group.put("a", "another", "one");
        group.loseAll(sent -> sent.to().equals(replica("c"))).settle();
        group.tick("c", 10);
        for (int part = 0; part < 20 && !group.underWay(AskPart.class).isEmpty(); part++) {
            group.deliver(AskPart.class, "c", "b").deliver(Part.class, "b", "c");
        }

        assertThat(installedIsEmpty(group)).isTrue();
        assertThat(group.view("b").applied()).isGreaterThan(archived);
        tickAll(group.put("a", "a third", "one").settle(), 10);
        assertThat(installed(group).slot()).isGreaterThan(archived);
        long slot = installed(group).slot();
        assertThat(group.traced("c").stream().takeWhile(event -> !event.equals(installed(group))))
                .anyMatch(event -> event instanceof TraceEvent.Trim trim && trim.slot() >= slot);
    }

    /// All that a node gives goes through one narrow place.
    @Test
    void aNodeGivesNoFasterThanItMay() {
        var group = lost(StepSettings.with(new Settings.Snapshots(1, 1_000_000, 100_000, 100_000)));
        group.tick("c", 10).deliver(AskPart.class, "c", "b");
        var part = ((Part) group.underWay(Part.class, "b", "c").getFirst()).part();
        group.deliver(Part.class, "b", "c").deliver(AskPart.class, "c", "b");
        assertThat(group.underWay(Part.class)).isEmpty();

        assertThat(group.underWay(Message.Here.class, "b", "c"))
                .as("it is busy, and says so")
                .hasSize(1);

        group.tick("b", part.bytes() * 1_000 - 1);
        assertThat(group.underWay(Part.class)).isEmpty();
        group.tick("b", 1);
        assertThat(group.underWay(Part.class, "b", "c")).hasSize(1);
    }

    @Test
    void aSnapshotThatNobodyReadsIsClosed() {
        var group = lost(SLOW).tick("c", 10);
        group.deliver(AskPart.class, "c", "b").loseAll();
        group.tick("b", 1_000);
        group.tick("c", 0).loseAll(sent -> sent.message() instanceof AskPart);

        group.receive(
                "b", replica("c"), replica("b"), new AskPart(0, group.view("b").applied(), Bytes.NONE));

        assertThat(group.traced("b").stream().filter(TraceEvent.Snapshot.class::isInstance))
                .hasSize(2);
    }

    @Test
    void whoHasNoMoreGivesNothing() {
        var group = written(Steps.SETTINGS);

        group.receive(
                "b", replica("c"), replica("b"), new AskPart(group.view("b").applied(), 0, Bytes.NONE));

        assertThat(group.underWay(Part.class)).isEmpty();
        assertThat(group.underWay(Message.Here.class, "b", "c")).hasSize(1);
        assertThat(group.traced("b")).noneMatch(TraceEvent.Snapshot.class::isInstance);
    }

    @Test
    void whoSaysThatItHasNothingIsNotWaitedFor() {
        var group = lost(Steps.SETTINGS).tick("c", 10).lose(AskPart.class, "c", "b");

        group.receive("c", replica("b"), replica("c"), new Message.Here(Site.ANYWHERE, 6, 0));

        assertThat(group.underWay(AskPart.class, "c", "a")).hasSize(1);
    }

    /// What it lacks is less than what it has.
    @Test
    void whoIsMissingLittleFetchesIt() {
        var group = written(Steps.SETTINGS).powerOff("c", 0);
        for (var colour : List.of("blue", "red", "green")) {
            group.put("a", "colour of " + colour, "none").settle();
        }
        for (int i = 0; i < 4; i++) {
            group.tick("a", 10).settle().tick("b", 0).settle();
        }
        group.powerOn("c");
        tickAll(group, 10);

        assertThat(group.view("c").state()).isEqualTo(group.view("a").state());
        assertThat(group.traced("c")).anyMatch(TraceEvent.Fetch.class::isInstance);
        assertThat(installedIsEmpty(group)).isTrue();
    }
}
