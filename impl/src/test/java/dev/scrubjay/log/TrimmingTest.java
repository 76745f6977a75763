package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/// Which segments may go, alone and with a log that drops them.
final class TrimmingTest {
    private static final ReplicaId B = new ReplicaId("b", 1);
    private static final Ballot BALLOT = new Ballot(3, B);

    private final Trimming trimming = new Trimming();

    private static RecordName accept(long group, long slot) {
        return new RecordName.Accept(group, BALLOT, slot);
    }

    private static RecordName promise(long group) {
        return new RecordName.Promise(group, BALLOT);
    }

    private static RecordName trim(long group, long slot) {
        return new RecordName.Trim(group, BALLOT, slot, 0);
    }

    @Test
    void aSegmentIsNeededUntilEachOfItsGroupsHasTrimmedInALaterOne() {
        trimming.synced(1, accept(7, 4));
        trimming.synced(1, promise(8));
        assertThat(trimming.needed(1)).as("it is written to").isEqualTo(1);
        assertThat(trimming.needed(2)).isEqualTo(1);
        assertThat(trimming.holding(1)).isEqualTo(Map.of(7L, 4L, 8L, 0L));

        trimming.synced(2, trim(7, 4));
        assertThat(trimming.needed(3)).isEqualTo(1);
        assertThat(trimming.holding(1)).isEqualTo(Map.of(8L, 0L));

        trimming.synced(2, trim(8, 0));
        assertThat(trimming.needed(3)).isEqualTo(2);
        assertThat(trimming.holding(2)).as("both promises stand there now").containsOnlyKeys(7L, 8L);
    }

    @Test
    void aTrimInTheSameSegmentOrOfFewerSlotsIsNotEnough() {
        trimming.synced(1, accept(7, 4));
        trimming.synced(1, trim(7, 4));
        assertThat(trimming.needed(2)).isEqualTo(1);

        trimming.synced(2, trim(7, 3));
        assertThat(trimming.needed(3)).isEqualTo(1);
    }

    @Test
    void onlyTheFirstSegmentsGo() {
        trimming.synced(1, accept(7, 1));
        trimming.synced(2, accept(8, 1));
        trimming.synced(3, trim(8, 1));
        assertThat(trimming.needed(4)).isEqualTo(1);

        trimming.synced(4, trim(7, 1));
        assertThat(trimming.needed(4)).isEqualTo(3);
    }

    /// What a group does, one after the other: writes a slot, promises a ballot, or trims a part of its
    /// slots.
    record Step(int group, int kind, int part) {}

    /// Each step is synced, and whatever may go is dropped at once. A recovery finds of each group the
    /// highest ballot, each slot above the last trim, and that trim.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsNotTrimmedIsFoundAgain(@ForAll("steps") List<Step> steps) {
        var segments = new Trimming();
        var device = new MemoryDevice();
        var listed = new ArrayList<Logged>();
        var waiting = new ArrayDeque<RecordName>();
        var segment = new long[] {1};
        var log = new WriteAheadLog(device, new WriteAheadLog.Sizes(12, 4), Logs.fresh(), new WriteAheadLog.Listener() {
            @Override
            public void synced(long records, long last) {
                segment[0] = last;
                while (!waiting.isEmpty()) {
                    segments.synced(last, waiting.remove());
                }
            }

            @Override
            public void failed(String what) {
                throw new AssertionError(what);
            }
        });
        device.settle();
        for (var step : steps) {
            var logged = new Logged(step.group(), record(step, listed));
            listed.add(logged);
            waiting.add(RecordName.of(logged.group(), logged.record()));
            log.append(logged.group(), logged.record());
            log.sync();
            device.settle();
            log.trim(segments.needed(segment[0]));
        }

        var found = ((Recovery.Whole) Logs.recover(device))
                .records().stream()
                        .map(one -> ((Recovered.Intact) one).logged())
                        .toList();

        assertThat(listed).endsWith(found.toArray(Logged[]::new));
        for (long group = 1; group <= 3; group++) {
            assertThat(needed(group, found)).isEqualTo(needed(group, listed));
        }
        Statistics.label("something was dropped").collect(found.size() < listed.size());
        Statistics.label("something was dropped")
                .coverage(coverage -> coverage.check(true).percentage(p -> p > 20));
    }

    private static LogRecord record(Step step, List<Logged> before) {
        var own =
                before.stream().filter(logged -> logged.group() == step.group()).toList();
        long slots = own.stream()
                .filter(logged -> logged.record() instanceof LogRecord.Accept)
                .count();
        var ballot = own.isEmpty()
                ? new Ballot(1, B)
                : own.stream()
                        .map(logged -> logged.record().ballot())
                        .max(Ballot::compareTo)
                        .orElseThrow();
        return switch (step.kind()) {
            case 0 -> new LogRecord.Promise(new Ballot(ballot.round() + 1, B));
            case 1 -> new LogRecord.Trim(ballot, slots * step.part() / 4, own.size());
            default -> new LogRecord.Accept(ballot, 1, slots + 1, new Entry.Begin("n".repeat(200)));
        };
    }

    /// The highest ballot, and what was accepted above the last trim.
    private static List<Object> needed(long group, List<Logged> records) {
        var own = records.stream()
                .filter(logged -> logged.group() == group)
                .map(Logged::record)
                .toList();
        long trimmed = own.stream()
                .mapToLong(record -> record instanceof LogRecord.Trim trim ? trim.slot() : 0)
                .max()
                .orElse(0);
        var needed = new ArrayList<Object>();
        own.stream().map(LogRecord::ballot).max(Ballot::compareTo).ifPresent(needed::add);
        own.stream()
                .filter(record -> record instanceof LogRecord.Accept accept && accept.slot() > trimmed)
                .forEach(needed::add);
        return needed;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(2, 4))
                .as(Step::new)
                .list()
                .ofMinSize(80)
                .ofMaxSize(160);
    }
}
