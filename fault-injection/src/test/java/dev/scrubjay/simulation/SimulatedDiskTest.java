package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.log.Records;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.log.WriteAheadLog;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// A disk under a real log that a real recovery reads.
final class SimulatedDiskTest {
    private static final long MILLI = 1_000_000;
    private static final long LOG = 7;

    private final Timeline timeline = new Timeline();
    private final Exercised exercised = new Exercised();
    private final Disks disks =
            new Disks(List.of(new ReplicaId("a", 1), new ReplicaId("b", 1), new ReplicaId("c", 1)), true);
    private int made;

    SimulatedDiskTest() {
        disks.watchedBy(List.of(new SyncedStaysInv(disks)));
    }

    /// A process that writes to a disk, and comes back on it.
    private final class Machine implements WriteAheadLog.Listener {
        private final String name = "node-" + ++made;
        private final SimulatedDisk disk;
        private final List<Long> returned = new ArrayList<>();
        private List<Long> found = List.of();
        private WriteAheadLog log;

        Machine(long seed, boolean losses) {
            var links = new Links(timeline, Randomness.of(seed), exercised, List.of());
            var traces = new TraceLog("test", new TreeMap<>(), Layout.of(List.of()), exercised);
            var objects = new SimulatedObjects(timeline, disks, Randomness.of(seed), exercised);
            var ground = new Ground(
                    timeline,
                    links,
                    disks,
                    objects,
                    traces,
                    new Wrongs(timeline, exercised),
                    List.of(),
                    exercised,
                    losses);
            disk = new SimulatedDisk(name, LOG, ground, Randomness.of(seed));
            log = new WriteAheadLog(disk, SimulatedDisk.SIZES, start().end(), this);
            pass(100);
        }

        /// Reads the log to the end.
        Recovery.Whole start() {
            var recovery = new ArrayList<Recovery>();
            disk.recover(Records.CURRENT, Inbox.Step::take, recovery::add);
            pass(100);
            var whole = (Recovery.Whole) recovery.getFirst();
            disks.left(name, disk.trimmed(whole), whole.records());
            found = rounds(whole);
            return whole;
        }

        void goOn() {
            log = new WriteAheadLog(disk, SimulatedDisk.SIZES, start().end(), this);
            returned.clear();
            pass(100);
        }

        Machine append(long... rounds) {
            for (long round : rounds) {
                log.append(1, new LogRecord.Promise(new Ballot(round, new ReplicaId("a", 1))));
            }
            return this;
        }

        Machine sync() {
            log.sync();
            return this;
        }

        /// Says what is left.
        List<Long> powerOff() {
            var whole = (Recovery.Whole) disk.powerOff();
            disks.left(name, disk.trimmed(whole), whole.records());
            return rounds(whole);
        }

        @Override
        public void synced(long records, long segment) {
            returned.add(records);
        }

        @Override
        public void failed(String what) {
            throw new AssertionError(what);
        }
    }

    private Machine machine(long seed) {
        return new Machine(seed, true);
    }

    private void pass(long millis) {
        timeline.runUntil(timeline.now() + millis * MILLI);
    }

    private static List<Long> rounds(Recovery.Whole whole) {
        return whole.records().stream()
                .map(record -> switch (record) {
                    case Recovered.Intact(var _, var logged) ->
                        logged.record().ballot().round();
                    case Recovered.Corrupt corrupt -> throw new AssertionError(corrupt);
                })
                .toList();
    }

    @Test
    void aSyncCoversWhatWasAppendedBeforeItBegan() {
        var machine = machine(1).append(1, 2).sync().append(3);
        assertThat(machine.returned).as("it takes a while").isEmpty();
        assertThat(disks.written(machine.name)).hasSize(2);
        assertThat(disks.synced(machine.name)).isZero();

        pass(100);

        assertThat(machine.returned).containsExactly(2L);
        assertThat(disks.synced(machine.name)).isEqualTo(2);
    }

    /// Once, at another moment each time, and never when it has returned. Where nothing of the log is
    /// pending, as when a segment is begun, there is nothing to hear of.
    @Test
    void aSyncIsHeardOfWhileItIsUnderWay() {
        var heard = new ArrayList<Long>();
        disks.syncsHeardBy(_ -> heard.add(timeline.now()));
        var moments = new TreeSet<Long>();
        for (long seed = 0; seed < 20; seed++) {
            var machine = machine(seed);
            assertThat(heard).isEmpty();
            long begun = timeline.now();
            machine.append(1).sync();
            while (machine.returned.isEmpty()) {
                timeline.runUntil(timeline.now() + MILLI / 100);
            }

            assertThat(heard).hasSize(1);
            moments.add(heard.removeFirst() - begun);
            pass(100);
            assertThat(heard).isEmpty();
        }
        assertThat(moments).hasSize(20);
    }

    @Test
    void aSyncThatThePowerOffInterruptedNeverReturns() {
        var machine = machine(1).append(1).sync();
        machine.powerOff();
        pass(100);

        assertThat(machine.returned).isEmpty();
    }

    /// A batch is there or it is not, whatever is left of its sectors; and each kind of image comes.
    @Test
    void aPowerOffLeavesABatchOrNone() {
        var left = new TreeSet<Integer>();
        for (long seed = 0; seed < 60; seed++) {
            var machine = machine(seed).append(1).sync();
            pass(100);
            machine.append(2, 3, 4).sync().append(5);

            var rounds = machine.powerOff();

            left.add(rounds.size());
            assertThat(rounds).isEqualTo(List.of(1L, 2L, 3L, 4L).subList(0, rounds.size()));
            machine.goOn();
            assertThat(machine.found).isEqualTo(rounds);
        }
        assertThat(left).containsExactly(1, 4);
        for (var kind : List.of("everything", "nothing", "prefix", "subset", "torn")) {
            assertThat(exercised.counts().get("crash image " + kind)).as(kind).isGreaterThan(4);
        }
    }

    @Test
    void whereNothingIsLostAllThatWasWrittenIsLeft() {
        for (long seed = 0; seed < 20; seed++) {
            var machine = new Machine(seed, false).append(1, 2).sync().append(3);

            assertThat(machine.powerOff()).containsExactly(1L, 2L);
        }
        assertThat(exercised.counts()).containsEntry("crash image everything", 20L);
    }

    /// It is in the memory of the system, until the process that comes next has synced what it read.
    @Test
    void whatAKilledProcessWroteMayBeLostUntilItWasFoundAgain() {
        var left = new TreeSet<Integer>();
        for (long seed = 0; seed < 20; seed++) {
            var lost = machine(seed).append(1).sync();
            lost.disk.kill();
            left.add(lost.powerOff().size());

            var found = machine(seed).append(1).sync();
            found.disk.kill();
            assertThat(rounds(found.start())).containsExactly(1L);
            assertThat(found.powerOff()).containsExactly(1L);
        }
        assertThat(left).containsExactly(0, 1);
    }

    /// What is there after a power-off is on the disk for good: nobody can take it for lost later.
    @Test
    void whatSurvivedOnePowerOffSurvivesTheNext() {
        for (long seed = 0; seed < 20; seed++) {
            var machine = machine(seed).append(1, 2).sync();
            var kept = machine.powerOff();

            assertThat(machine.powerOff()).isEqualTo(kept);
        }
    }

    @Test
    void segmentsChangeOften() {
        var machine = machine(1);
        for (int i = 1; i <= 200; i++) {
            machine.append(i).sync();
            pass(50);
        }

        assertThat(exercised.counts().get("segments begun")).isEqualTo(4);
        assertThat(machine.powerOff()).hasSize(200);
    }

    /// A log that lies is found out.
    @Test
    void aRecordThatWasSyncedAndIsGoneIsAViolation() {
        var machine = machine(1).append(1).sync();
        pass(100);
        disks.wrote(
                machine.name, disks.written(machine.name).subList(0, 1).stream().toList());
        disks.sync(machine.name, 2);

        assertThatThrownBy(machine::powerOff)
                .isInstanceOf(Invariant.Violation.class)
                .hasMessage(machine.name + " had synced 2 records, and recovery finds 1");
    }

    /// Each step is one of: append, sync, let some time pass, power off, kill. What a sync that returned
    /// covered is there for ever, and what is there is what was appended, without a gap.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void onlyAnUnsyncedSuffixIsEverLost(@ForAll long seed, @ForAll @Size(max = 60) List<Byte> steps) {
        var machine = machine(seed);
        var appended = new ArrayList<Long>();
        int safe = 0;
        for (int i = 0; i < steps.size(); i++) {
            switch (Math.floorMod(steps.get(i), 9)) {
                case 0, 1, 2, 3 -> {
                    appended.add((long) i);
                    machine.append(i);
                }
                case 4, 5 -> machine.sync();
                case 6 -> pass(3);
                case 7 -> {
                    safe += machine.returned.isEmpty()
                            ? 0
                            : machine.returned.getLast().intValue();
                    var left = machine.powerOff();
                    assertThat(left.size()).isGreaterThanOrEqualTo(safe);
                    machine.goOn();
                    assertThat(machine.found).isEqualTo(left);
                    safe = left.size();
                }
                default -> {
                    machine.disk.kill();
                    machine.goOn();
                    safe = machine.found.size();
                }
            }
            if (machine.returned.isEmpty() && Math.floorMod(steps.get(i), 9) > 6) {
                assertThat(machine.found).isEqualTo(appended.subList(0, safe));
                appended.subList(safe, appended.size()).clear();
            }
        }
    }
}
