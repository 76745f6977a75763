package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.WriteAheadLog.Sizes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every short sequence of appends and syncs, with the power gone at every moment, and every set of sectors
/// and of files that may be left then.
///
/// What is recovered is what was synced, and perhaps the batch that was under way, whole. Then the power goes
/// again, at every moment of the recovery and of what the log does next.
final class PowerOffTest {
    /// Room for a batch of 2 sectors and one of 3, so that most sequences change the segment.
    private static final Sizes SIZES = new Sizes(7, 4);

    private static final int STEPS_MAX = 3;

    /// What is done after a record was appended.
    private enum Then {
        NOTHING,
        SYNC_BEGINS,
        SYNC_RETURNS
    }

    private record Step(int length, Then then) {}

    /// A moment at which the power may go: what may be left, and how many records were safe.
    private record Moment(int synced, Set<MemoryDevice.Image> images) {}

    private long sequences;
    private long moments;
    private long images;
    private long kept;
    private long cut;
    private long again;
    private long kills;
    private long segments;

    @Test
    void nothingThatWasSyncedIsLost() {
        extend(List.of());
        var counts = String.format(
                Locale.ROOT,
                "power-off: %,d sequences, %,d moments, %,d images (%,d without and %,d with a batch under way), "
                        + "%,d images of power-offs after that, %,d kills, %,d segments at most",
                sequences,
                moments,
                images,
                cut,
                kept,
                again,
                kills,
                segments);
        System.out.println(counts);

        assertThat(List.of(kept, cut, again, kills)).as(counts).allMatch(count -> count > 500);
        assertThat(segments).isGreaterThanOrEqualTo(3);
    }

    /// Goes through all sequences that begin with these steps. The moments before the last step were looked
    /// at when the sequence was shorter.
    private void extend(List<Step> steps) {
        look(steps);
        if (steps.size() < STEPS_MAX) {
            for (int length : Logs.LENGTHS) {
                for (var then : Then.values()) {
                    var more = new ArrayList<>(steps);
                    more.add(new Step(length, then));
                    extend(more);
                }
            }
        }
    }

    private void look(List<Step> steps) {
        sequences++;
        var device = new MemoryDevice();
        var seen = new ArrayList<Moment>();
        var logs = new ArrayList<Logs>();
        var killed = new ArrayList<MemoryDevice>();
        Runnable see = () -> {
            seen.add(new Moment(synced(logs, 0), device.images()));
            killed.add(device.afterKill());
        };
        if (steps.isEmpty()) {
            device.atEachMoment(see);
        }
        var log = new Logs(device, SIZES, Logs.fresh(), List.of());
        logs.add(log);
        device.settle();
        for (int i = 0; i < steps.size(); i++) {
            if (i == steps.size() - 1) {
                device.atEachMoment(see);
            }
            log.append(steps.get(i).length());
            switch (steps.get(i).then()) {
                case NOTHING -> {}
                case SYNC_BEGINS -> log.sync();
                case SYNC_RETURNS -> {
                    log.sync();
                    device.settle();
                }
            }
        }
        device.atEachMoment(() -> {});
        device.settle();
        segments = Math.max(segments, device.names().size());
        var known = new HashSet<MemoryDevice.Image>();
        for (int i = 0; i < seen.size(); i++) {
            check(seen.get(i), killed.get(i), log, known);
        }
    }

    /// While a log is being made, it is not there to be asked.
    private static int synced(List<Logs> logs, int before) {
        return logs.isEmpty() ? before : logs.getFirst().synced();
    }

    /// @param known the images from which the log was already seen to go on
    private void check(Moment moment, MemoryDevice killed, Logs log, Set<MemoryDevice.Image> known) {
        moments++;
        int next = log.counts().stream()
                .filter(count -> count > moment.synced())
                .findFirst()
                .orElse(moment.synced());
        for (var image : moment.images()) {
            images++;
            int count = recovered(new MemoryDevice(image), log, moment.synced(), next);
            if (count > moment.synced()) {
                kept++;
            } else {
                cut++;
            }
            if (known.add(image)) {
                goOn(image, log.appended().subList(0, count));
            }
        }
        kill(killed, log, moment.synced(), next);
    }

    /// What was read once stays, whatever the process had that was killed.
    private void kill(MemoryDevice device, Logs log, int synced, int next) {
        kills++;
        int count = recovered(device, log, synced, next);
        for (var image : device.images()) {
            recovered(new MemoryDevice(image), log, count, count);
        }
    }

    /// Recovers again at every moment of what comes after a recovery: the log begins a segment, and takes a
    /// record more.
    private void goOn(MemoryDevice.Image image, List<Logged> before) {
        var device = new MemoryDevice(image);
        var end = ((Recovery.Whole) Logs.recover(device)).end();
        var later = new ArrayList<Moment>();
        var logs = new ArrayList<Logs>();
        device.atEachMoment(() -> later.add(new Moment(synced(logs, before.size()), device.images())));
        var log = new Logs(device, SIZES, end, before);
        logs.add(log);
        log.append(Logs.LENGTHS.getFirst()).sync();
        device.settle();
        for (var moment : later) {
            for (var left : moment.images()) {
                again++;
                recovered(new MemoryDevice(left), log, moment.synced(), before.size() + 1);
            }
        }
        recovered(device, log, before.size() + 1, before.size() + 1);
    }

    /// Recovers, and says how many records there were: one of these two counts.
    private static int recovered(MemoryDevice device, Logs log, int synced, int next) {
        var recovery = Logs.recover(device);
        if (!(recovery instanceof Recovery.Whole whole)) {
            throw new AssertionError("of " + log.appended() + ": " + recovery);
        }
        int count = whole.records().size();
        if (count != synced && count != next) {
            throw new AssertionError(count + " records, and not " + synced + " or " + next);
        }
        var found = whole.records().stream().map(PowerOffTest::logged).toList();
        if (!found.equals(log.appended().subList(0, count))) {
            throw new AssertionError(found + " where there was " + log.appended());
        }
        return count;
    }

    private static Logged logged(Recovered record) {
        return switch (record) {
            case Recovered.Intact(var _, var logged) -> logged;
            case Recovered.Corrupt corrupt -> throw new AssertionError("without damage: " + corrupt);
        };
    }
}
