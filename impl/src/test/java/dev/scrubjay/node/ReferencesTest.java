package dev.scrubjay.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.archive.MemoryObjectStore;
import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.value.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ReferencesTest {
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final SegmentedArchive archive = new SegmentedArchive(new MemoryObjectStore(answers::add), alarm -> {
        throw new AssertionError(alarm);
    });
    private final References references = new References(archive);

    /// The slots of the references that were given, in their order.
    private final List<Long> given = new ArrayList<>();

    private void answerAll() {
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
    }

    private void archive(long group, long after, int slots) {
        List<Entry> entries = LongStream.rangeClosed(after + 1, after + slots)
                .<Entry>mapToObj(slot -> new Entry.Begin("nonce " + slot))
                .toList();
        archive.put(group, 17, after, entries, (_, _) -> {});
        answerAll();
    }

    private void refer(long group, long slot) {
        references.refer(group, slot, (order, reference) -> {
            assertThat(order).isEqualTo(17);
            given.add(reference.slot());
        });
    }

    @Test
    void whatTheArchiveHasIsReadAcrossSegments() {
        archive(1, 0, 3);
        archive(1, 3, 4);
        refer(1, 5);
        answerAll();
        refer(1, 7);
        answerAll();
        assertThat(given).containsExactly(5L, 7L);
    }

    @Test
    void askedTwiceItAppliesEachSlotOnce() {
        archive(1, 0, 3);
        refer(1, 3);
        refer(1, 3);
        answerAll();
        assertThat(given).isNotEmpty().containsOnly(3L);
    }

    @Test
    void whatIsNotArchivedIsToldToNobodyUntilItIs() {
        archive(1, 0, 3);
        refer(1, 5);
        answerAll();
        assertThat(given).isEmpty();

        archive(1, 3, 2);
        refer(1, 5);
        answerAll();
        assertThat(given).containsExactly(5L);
    }

    /// One that was let go begins again, and comes to the same.
    @Test
    void moreGroupsThanAreKeptAreReadAllTheSame() {
        for (int turn = 0; turn < 2; turn++) {
            for (long group = 1; group <= 6; group++) {
                if (turn == 0) {
                    archive(group, 0, 2);
                }
                refer(group, 2);
                answerAll();
            }
        }
        assertThat(given).hasSize(12).containsOnly(2L);
    }
}
