package dev.scrubjay.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.port.ObjectStore.Got;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Segments and manifests in an object store that answers when a test says so.
final class SegmentedArchiveTest {
    private static final long GROUP = 7;

    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final List<String> alarms = new ArrayList<>();
    private final MemoryObjectStore objects = new MemoryObjectStore(answers::add);
    private final SegmentedArchive archive = archive();

    private SegmentedArchive archive() {
        return new SegmentedArchive(objects, alarms::add);
    }

    private static Entry entry(long slot) {
        return new Entry.Write(1, slot, new Request.Put("key", "value " + slot));
    }

    private static List<Entry> entries(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(SegmentedArchiveTest::entry)
                .toList();
    }

    private void answerAll() {
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
    }

    /// How many slots there are now, or -1 if nobody said so.
    private long put(SegmentedArchive archive, long after, List<Entry> entries) {
        var slots = new AtomicLong(-1);
        archive.put(GROUP, 1, after, entries, (_, has) -> slots.set(has));
        answerAll();
        return slots.get();
    }

    /// The entries, or nothing if nobody answered.
    private List<List<Entry>> get(SegmentedArchive archive, long after, int most) {
        var read = new ArrayList<List<Entry>>();
        archive.get(GROUP, after, most, (_, entries) -> read.add(List.copyOf(entries)));
        answerAll();
        return read;
    }

    @Test
    void whatIsPutCanBeReadByAnybody() {
        assertThat(put(archive, 0, entries(1, 3))).isEqualTo(3);
        assertThat(put(archive, 3, entries(4, 8))).isEqualTo(8);

        for (var reader : List.of(archive, archive())) {
            assertThat(get(reader, 0, 10)).containsExactly(entries(1, 3));
            assertThat(get(reader, 2, 10)).containsExactly(entries(3, 3));
            assertThat(get(reader, 4, 2)).containsExactly(entries(5, 6));
            assertThat(get(reader, 8, 10)).containsExactly(List.of());
        }
        assertThat(alarms).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsLeftAsItIs() {
        put(archive, 0, entries(1, 3));

        assertThat(put(archive(), 0, entries(1, 2))).isEqualTo(3);
        assertThat(put(archive(), 1, entries(2, 5))).isEqualTo(5);
        assertThat(put(archive(), 7, entries(8, 9)))
                .as("slots 6 and 7 are not there")
                .isEqualTo(5);

        assertThat(get(archive, 3, 10)).containsExactly(entries(4, 5));
    }

    /// So whoever reads can say in its trace what came before.
    @Test
    void withWhatIsThereComesTheHighestOrderOfThoseWhoPutIt() {
        archive.put(GROUP, 17, 0, entries(1, 3), (_, _) -> {});
        answerAll();
        archive.put(GROUP, 12, 3, entries(4, 5), (_, _) -> {});
        answerAll();

        var orders = new ArrayList<Long>();
        var reader = archive();
        reader.get(GROUP, 3, 10, (order, _) -> orders.add(order));
        reader.put(GROUP, 1, 0, entries(1, 2), (order, _) -> orders.add(order));
        answerAll();
        assertThat(orders).containsExactly(17L, 17L);
    }

    /// Two leaders cut differently. Whose manifest is first decides, and nothing is lost or there twice.
    @Test
    void ofTwoWhoPutAtOnceOneDecidesWhereASegmentEnds() {
        var other = archive();
        var slots = new ArrayList<Long>();
        archive.put(GROUP, 1, 0, entries(1, 3), (_, has) -> slots.add(has));
        other.put(GROUP, 1, 0, entries(1, 5), (_, has) -> slots.add(has));
        answerAll();

        assertThat(slots).hasSize(2).allMatch(has -> has == 3 || has == 5);
        long there = slots.getFirst();
        assertThat(put(archive, there, entries((int) there + 1, 9))).isEqualTo(9);
        assertThat(all(archive())).isEqualTo(entries(1, 9));
        assertThat(alarms).isEmpty();
    }

    private List<Entry> all(SegmentedArchive archive) {
        var all = new ArrayList<Entry>();
        while (true) {
            var more = get(archive, all.size(), 4);
            if (more.isEmpty() || more.getFirst().isEmpty()) {
                return all;
            }
            all.addAll(more.getFirst());
        }
    }

    /// Whatever comes in between: writers, pieces, and answers that never come.
    @Property(tries = 200)
    void manyWritersMakeOneArchive(@ForAll long seed) {
        var random = new Random(seed);
        var writers = List.of(archive(), archive(), archive());
        for (int i = 0; i < 60; i++) {
            int after = random.nextInt(1 + i / 3);
            int last = after + 1 + random.nextInt(6);
            writers.get(random.nextInt(3)).put(GROUP, 1, after, entries(after + 1, last), (_, has) -> {});
            for (int answered = random.nextInt(6); answered > 0 && !answers.isEmpty(); answered--) {
                var answer = answers.remove();
                if (random.nextInt(10) > 0) {
                    answer.run();
                }
            }
        }
        answerAll();

        var all = all(archive());
        assertThat(all).isNotEmpty().isEqualTo(entries(1, all.size()));
        assertThat(alarms).isEmpty();
        answers.clear();
    }

    // ---------------------------------------------------------------- what is wrong

    private Bytes object(String name) {
        var found = new ArrayList<Got>();
        objects.get(name, found::add);
        answerAll();
        return ((Got.Found) found.getFirst()).bytes();
    }

    private void putTwoSegments() {
        put(archive, 0, entries(1, 3));
        put(archive, 3, entries(4, 6));
    }

    @Test
    void aSegmentThatIsGoneIsNamed() {
        putTwoSegments();
        objects.remove(Names.segment(GROUP, 4, 6));

        assertThat(get(archive(), 3, 10)).isEmpty();
        assertThat(alarms)
                .containsExactly(Names.segment(GROUP, 4, 6) + ": is named by " + Names.manifest(GROUP, 2)
                        + ", and is not there");
    }

    @Test
    void aSegmentThatIsAnotherIsNamed() {
        putTwoSegments();
        objects.replace(Names.segment(GROUP, 4, 6), object(Names.segment(GROUP, 1, 3)));

        assertThat(get(archive(), 3, 10)).isEmpty();
        assertThat(get(archive(), 0, 10)).hasSize(1);
        assertThat(alarms).containsExactly(Names.segment(GROUP, 4, 6) + ": holds " + Names.segment(GROUP, 1, 3));
    }

    /// Of the same slots, as somebody wrote them who chose something else.
    @Test
    void aSegmentWithOtherEntriesIsNamed() {
        putTwoSegments();
        var other = new ArchiveSegment(GROUP, 4, List.of(Entry.NO_OP, Entry.NO_OP, Entry.NO_OP));
        objects.replace(other.name(), other.encode());

        assertThat(get(archive(), 3, 10)).isEmpty();
        assertThat(alarms)
                .containsExactly(
                        other.name() + ": holds other entries than those whose hash is in " + Names.manifest(GROUP, 2));
    }

    @Test
    void aManifestThatIsCutOffIsNamed() {
        putTwoSegments();
        var bytes = object(Names.manifest(GROUP, 2)).toArray();
        objects.replace(Names.manifest(GROUP, 2), Bytes.of(Arrays.copyOf(bytes, bytes.length - 1)));

        assertThat(get(archive(), 3, 10)).isEmpty();
        assertThat(alarms).hasSize(1).first().asString().startsWith(Names.manifest(GROUP, 2) + ": is damaged: ");
    }

    @Test
    void aManifestOfAnotherPlaceIsNamed() {
        putTwoSegments();
        objects.replace(Names.manifest(GROUP, 2), object(Names.manifest(GROUP, 1)));

        assertThat(put(archive(), 6, entries(7, 8))).isEqualTo(-1);
        assertThat(alarms).containsExactly(Names.manifest(GROUP, 2) + ": holds " + Names.manifest(GROUP, 1));
    }

    @Test
    void aManifestThatFollowsAnotherChainIsNamed() {
        putTwoSegments();
        var other = new Manifest(GROUP, 2, 1, 4, 6, Bytes.NONE, Bytes.NONE);
        objects.replace(other.name(), other.encode());

        assertThat(get(archive(), 3, 10)).isEmpty();
        assertThat(alarms).hasSize(1).first().asString().startsWith(other.name() + ": does not follow the manifest");
    }

    /// Reads all of it once more, and says up to which slots it came.
    private List<Long> verifyAll() {
        var to = new ArrayList<Long>();
        do {
            long after = to.isEmpty() ? 0 : to.getLast();
            archive.verify(GROUP, after, (slots, bytes) -> {
                assertThat(bytes > 0).isEqualTo(slots > 0);
                to.add(slots);
            });
            answerAll();
        } while (to.getLast() > 0);
        return to;
    }

    @Test
    void whatIsThereIsReadOnceMore() {
        putTwoSegments();
        assertThat(verifyAll()).containsExactly(3L, 6L, 0L);
        assertThat(alarms).isEmpty();
    }

    /// It was read when it was put, and nobody has to read it again.
    @Test
    void whatRotsLaterIsNamedAndTheRestIsReadAllTheSame() {
        putTwoSegments();
        objects.replace(Names.segment(GROUP, 1, 3), object(Names.segment(GROUP, 4, 6)));
        var manifest = object(Names.manifest(GROUP, 2)).toArray();
        manifest[3] ^= 1;
        objects.replace(Names.manifest(GROUP, 2), Bytes.of(manifest));
        objects.remove(Names.segment(GROUP, 4, 6));

        assertThat(verifyAll()).containsExactly(3L, 6L, 0L);
        assertThat(alarms)
                .containsExactly(
                        Names.segment(GROUP, 1, 3) + ": holds " + Names.segment(GROUP, 4, 6),
                        Names.manifest(GROUP, 2) + ": is not any more what it was when it was read first",
                        Names.segment(GROUP, 4, 6) + ": was there, and is not there any more");
    }

    /// What was put by somebody who holds something else is never overwritten, and never believed.
    @Test
    void aSegmentOfOtherEntriesIsAnAlarm() {
        var other = new ArchiveSegment(GROUP, 1, List.of(Entry.NO_OP, Entry.NO_OP, Entry.NO_OP));
        objects.replace(other.name(), other.encode());

        assertThat(put(archive, 0, entries(1, 3))).isEqualTo(-1);
        assertThat(alarms).containsExactly(other.name() + ": was put by another and holds something else");
        assertThat(object(other.name())).isEqualTo(other.encode());
    }
}
