package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.RecordForm;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SimulatedDiskTest {
    private static final long LONG_ENOUGH = 1_000_000_000;

    private final Timeline timeline = new Timeline();
    private final Disks disks = new Disks(3);
    private final List<Long> returned = new ArrayList<>();
    private int made;

    /// A disk that nobody used before.
    private SimulatedDisk disk(long seed) {
        return new SimulatedDisk("node-" + ++made, timeline, Randomness.of(seed), disks, returned::add);
    }

    private static byte[] record(long round) {
        return RecordForm.encode(1, new LogRecord.Promise(new Ballot(round, new ReplicaId("a", 1))));
    }

    private static List<Long> rounds(SimulatedDisk disk) {
        return disk.read().stream()
                .map(bytes -> RecordForm.decode(bytes).record().ballot().round())
                .toList();
    }

    @Test
    void aSyncCoversWhatWasAppendedBeforeItBegan() {
        var disk = disk(1);
        disk.append(record(1));
        disk.append(record(2));
        disk.sync();
        disk.append(record(3));
        assertThat(returned).as("it takes a while").isEmpty();

        timeline.runUntil(LONG_ENOUGH);

        assertThat(returned).containsExactly(2L);
        assertThat(disk.recordsOf(1)).isEqualTo(3);
        assertThat(disk.recordsOf(2)).isZero();
    }

    /// Once, at another moment each time, and never when it has returned.
    @Test
    void aSyncIsHeardOfWhileItIsUnderWay() {
        var moments = new TreeSet<Long>();
        for (long seed = 0; seed < 20; seed++) {
            var disk = disk(seed);
            long begun = timeline.now();
            returned.clear();
            var heard = new ArrayList<Long>();
            disks.syncsHeardBy(_ -> {
                assertThat(returned).isEmpty();
                heard.add(timeline.now() - begun);
            });
            disk.append(record(1));
            disk.sync();
            assertThat(heard).isEmpty();
            timeline.runUntil(begun + LONG_ENOUGH);

            assertThat(heard).hasSize(1);
            moments.addAll(heard);
        }
        assertThat(moments).hasSize(20);
    }

    @Test
    void aSyncThatThePowerOffInterruptedNeverReturns() {
        var disk = disk(1);
        disk.append(record(1));
        disk.sync();
        disk.powerOff();
        disk.append(record(2));

        timeline.runUntil(LONG_ENOUGH);

        assertThat(returned).isEmpty();
    }

    /// Of three records that were not synced, each number from none to all is lost in some run.
    @Test
    void aPowerOffLosesAnySuffixOfWhatWasNotSynced() {
        var losses = new TreeSet<Integer>();
        for (long seed = 0; seed < 60; seed++) {
            var disk = disk(seed);
            disk.append(record(1));
            disk.sync();
            timeline.runUntil(timeline.now() + LONG_ENOUGH);
            for (long round = 2; round <= 4; round++) {
                disk.append(record(round));
            }

            int lost = disk.powerOff();

            losses.add(lost);
            assertThat(rounds(disk)).isEqualTo(List.of(1L, 2L, 3L, 4L).subList(0, 4 - lost));
        }
        assertThat(losses).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aDiskThatStopsKeepsAllThatWasWritten() {
        for (long seed = 0; seed < 20; seed++) {
            var disk = disk(seed);
            disk.append(record(1));
            disk.append(record(2));

            assertThat(disk.stop()).isZero();
            disk.powerOff();
            assertThat(rounds(disk)).containsExactly(1L, 2L);
        }
    }

    /// What is there after a power-off is on the disk for good: nobody can take it for lost later.
    @Test
    void whatSurvivedOncePowerOffSurvivesTheNext() {
        for (long seed = 0; seed < 20; seed++) {
            var disk = disk(seed);
            disk.append(record(1));
            disk.append(record(2));
            disk.powerOff();
            var kept = rounds(disk);
            disk.powerOff();

            assertThat(rounds(disk)).isEqualTo(kept);
        }
    }

    /// Each step is one of: append, sync unless one is under way, let some time pass, power off. What a sync
    /// that returned covered is there for ever, and what is there is what was appended, without a gap.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void onlyAnUnsyncedSuffixIsEverLost(@ForAll long seed, @ForAll @Size(max = 60) List<Byte> steps) {
        var disk = disk(seed);
        var appended = new ArrayList<Long>();
        returned.clear();
        long safe = 0;
        boolean syncing = false;
        for (int i = 0; i < steps.size(); i++) {
            switch (Math.floorMod(steps.get(i), 8)) {
                case 0, 1, 2, 3 -> {
                    appended.add((long) i);
                    disk.append(record(i));
                }
                case 4, 5 -> {
                    if (!syncing) {
                        disk.sync();
                        syncing = true;
                    }
                }
                case 6 -> timeline.runUntil(timeline.now() + 3_000_000);
                default -> {
                    int lost = disk.powerOff();
                    assertThat(appended.size() - lost).isGreaterThanOrEqualTo((int) safe);
                    appended.subList(appended.size() - lost, appended.size()).clear();
                    safe = appended.size();
                    syncing = false;
                }
            }
            if (!returned.isEmpty()) {
                safe = returned.removeLast();
                syncing = false;
            }
            assertThat(rounds(disk)).isEqualTo(appended);
        }
        timeline.runUntil(timeline.now() + LONG_ENOUGH);
    }
}
