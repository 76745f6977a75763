package dev.scrubjay.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.archive.MemoryObjectStore;
import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.port.ObjectStore.Got;
import dev.scrubjay.port.ObjectStore.Listed;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ArchiveScrubTest {
    private static final int SEGMENTS = 5;

    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final MemoryObjectStore objects = new MemoryObjectStore(answers::add);
    private final List<String> alarms = new ArrayList<>();
    private final SegmentedArchive archive = new SegmentedArchive(objects, alarms::add);
    private final ArchiveScrub scrub = new ArchiveScrub(archive, Settings.STANDARD);
    private long now;

    @BeforeEach
    void put() {
        for (long group = 1; group <= 2; group++) {
            for (int slot = 0; slot < SEGMENTS; slot++) {
                archive.put(group, 1, slot, List.of(new Entry.Begin("nonce " + slot)), (_, _) -> {});
                answerAll();
            }
        }
    }

    private void answerAll() {
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
    }

    private void passes(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            now += 1_000_000;
            scrub.goOn(now);
            answerAll();
        }
    }

    /// One of the objects of a group is another now.
    private void rots(int group, String kind, int number) {
        var prefix = String.format("%016x/%s/", group, kind);
        var names = new ArrayList<String>();
        objects.list(prefix, "", 100, listed -> names.addAll(((Listed.Names) listed).names()));
        answerAll();
        var name = names.get(number);
        objects.get(name, got -> {
            var bytes = ((Got.Found) got).bytes().toArray();
            bytes[bytes.length / 2] ^= 1;
            objects.replace(name, Bytes.of(bytes));
        });
        answerAll();
    }

    @Test
    void allThatIsThereIsReadAfterEachScrub() {
        rots(1, "segments", 3);
        rots(2, "manifests", 1);
        passes(100);
        assertThat(alarms).as("nobody asked for it").isEmpty();

        scrub.begin(1);
        scrub.begin(2);
        passes(100);
        assertThat(alarms).hasSize(2);
        assertThat(alarms.getFirst()).startsWith("0000000000000001/segments/0000000000000000004");
        assertThat(alarms.getLast()).startsWith("0000000000000002/manifests/0000000000000000002");

        rots(1, "segments", 0);
        passes(100);
        assertThat(alarms).hasSize(2);
        scrub.begin(1);
        passes(100);
        assertThat(alarms).hasSize(3);
    }

    /// What it does not get an answer to it asks again, and goes on from there.
    @Test
    void anArchiveThatIsSilentForAWhileIsReadAllTheSame() {
        rots(1, "segments", SEGMENTS - 1);
        scrub.begin(1);
        for (int i = 0; i < 10; i++) {
            now += 1_000_000;
            scrub.goOn(now);
        }
        assertThat(answers).as("it asks once, and waits").hasSize(1);
        answers.clear();
        now += Settings.STANDARD.archiving().patienceNanos();
        passes(100);
        assertThat(alarms).hasSize(1);
    }

    @Test
    void itReadsNoFasterThanItMay() {
        scrub.begin(1);
        int asked = 0;
        for (int i = 0; i < 5; i++) {
            now += 1;
            scrub.goOn(now);
            asked += answers.isEmpty() ? 0 : 1;
            answerAll();
        }
        assertThat(asked).as("a segment has more than a hundred bytes").isEqualTo(1);
    }
}
