package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.port.ObjectStore.Got;
import dev.scrubjay.port.ObjectStore.Put;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.World.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What may be wrong with what keeps the archive.
final class SimulatedObjectsTest {
    private static final Bytes BYTES = Bytes.of(new byte[] {1, 2, 3, 4});
    private static final String NAME = "0000000000000001/segments/a";

    private final Timeline timeline = new Timeline();
    private final Disks disks = new Disks(List.of(new ReplicaId("a", 1)), true);
    private final SimulatedObjects objects = new SimulatedObjects(timeline, disks, Randomness.of(7), new Exercised());
    private final ObjectStore store = objects.of(Inbox.Step::take);

    private Optional<Put> put(String name, long millis) {
        var answers = new ArrayList<Put>();
        store.put(name, BYTES, answers::add);
        timeline.runUntil(timeline.now() + millis * 1_000_000);
        return answers.stream().findFirst();
    }

    private Optional<Got> get(String name) {
        var answers = new ArrayList<Got>();
        store.get(name, answers::add);
        timeline.runUntil(timeline.now() + 100_000_000);
        return answers.stream().findFirst();
    }

    @Test
    void whatIsPutIsThere() {
        assertThat(put(NAME, 100)).contains(new Put.Stored());
        assertThat(put(NAME, 100)).contains(new Put.Taken());
        assertThat(get(NAME)).contains(new Got.Found(BYTES));
        assertThat(get(NAME + "b")).contains(new Got.Absent());
    }

    @Test
    void whatIsAwaySaysThatItCannot() {
        var away = objects.begin(Trouble.AWAY).orElseThrow();
        assertThat(put(NAME, 100)).contains(new Put.Failed("away"));
        assertThat(get(NAME)).contains(new Got.Failed("away"));

        away.end();
        assertThat(get(NAME)).contains(new Got.Absent());
    }

    @Test
    void whatIsSilentSaysNothingAndTakesNothing() {
        var silent = objects.begin(Trouble.SILENT).orElseThrow();
        assertThat(put(NAME, 10_000)).isEmpty();

        silent.end();
        assertThat(get(NAME)).contains(new Got.Absent());
    }

    @Test
    void whatIsSlowAnswersInTheEnd() {
        assertThat(objects.begin(Trouble.SLOW)).isPresent();
        assertThat(put(NAME, 50)).isEmpty();
        assertThat(put(NAME, 5_000)).contains(new Put.Taken());
    }

    @Test
    void whatIsFullTakesNothingMore() {
        put(NAME, 100);
        objects.begin(Trouble.FULL);
        assertThat(put(NAME + "b", 100)).contains(new Put.Failed("full"));
        assertThat(get(NAME)).contains(new Got.Found(BYTES));
    }

    @Test
    void whatLiesHasSomeObjectsAndNotOthers() {
        objects.begin(Trouble.LYING);
        int there = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(put(NAME + i, 100)).contains(new Put.Stored());
            there += get(NAME + i).orElseThrow() instanceof Got.Found ? 1 : 0;
        }
        assertThat(there).isBetween(30, 90);
    }

    @Test
    void whatRotsIsBroughtBack() {
        assertThat(objects.begin(Trouble.ROTTEN)).as("there is nothing yet").isEmpty();
        put(NAME, 100);

        var rot = objects.begin(Trouble.ROTTEN).orElseThrow();
        assertThat(get(NAME)).contains(new Got.Found(Bytes.of(new byte[] {1, 2, 7, 4})));

        rot.end();
        assertThat(get(NAME)).contains(new Got.Found(BYTES));
    }

    /// Read from the objects, and not from what anybody says of them.
    @Test
    void itIsKnownWhatTheArchiveHas() {
        var archive = new SegmentedArchive(store, alarm -> {
            throw new AssertionError(alarm);
        });
        archive.put(1, 1, 0, List.of(Entry.NO_OP, Entry.NO_OP), (_, _) -> {});
        timeline.runUntil(1_000_000_000);

        assertThat(disks.archived(1)).isEqualTo(2);
        assertThat(disks.archived(2)).isZero();
    }
}
