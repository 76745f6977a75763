package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.WriteAheadLog.Sizes;
import dev.scrubjay.value.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class WriteAheadLogTest {
    private static final Sizes SMALL = new Sizes(7, 4);
    private static final String FIRST = SegmentHeader.name(1);

    private final MemoryDevice device = new MemoryDevice();
    private final Logs logs = new Logs(device, SMALL, Logs.fresh(), List.of());

    /// Each in a batch of its own.
    private void write(int... lengths) {
        for (int length : lengths) {
            logs.append(length).sync();
            device.settle();
        }
    }

    private static Recovery.Whole whole(MemoryDevice device) {
        return (Recovery.Whole) Logs.recover(device);
    }

    private static List<Logged> records(Recovery.Whole whole) {
        return whole.records().stream()
                .map(record -> ((Recovered.Intact) record).logged())
                .toList();
    }

    @Test
    void whatWasSyncedIsRecoveredInOrderOverSegments() {
        write(8, 500, 1_000, 8, 8);

        assertThat(logs.counts()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(logs.segments()).containsExactly(1L, 1L, 2L, 3L, 3L);
        assertThat(records(whole(device))).isEqualTo(logs.appended());
        assertThat(whole(device).records()).extracting(Recovered::segment).isEqualTo(logs.segments());
    }

    @Test
    void anEmptyDiskIsANewLog() {
        assertThat(Logs.recover(new MemoryDevice())).isEqualTo(new Recovery.Whole(List.of(), Logs.fresh()));
        device.settle();
        assertThat(whole(device).end().isNew()).isFalse();
    }

    @Test
    void whatComesDuringASyncGathersForTheNext() {
        device.settle();
        logs.append(8).sync();
        logs.append(8).sync().append(8).sync().append(8).sync();

        assertThat(device.returnSync()).isTrue();
        assertThat(logs.counts()).containsExactly(0, 1);
        device.settle();
        assertThat(logs.counts()).containsExactly(0, 1, 4);
    }

    @Test
    void withoutASyncNothingIsWritten() {
        device.settle();
        logs.append(8);

        assertThat(device.returnSync()).isFalse();
        assertThat(whole(device).records()).isEmpty();
    }

    @Test
    void whatIsTooMuchForOneBatchGoesIntoSeveral() {
        IntStream.range(0, 20).forEach(_ -> logs.append(300));
        logs.sync();
        device.settle();

        assertThat(logs.counts()).hasSizeGreaterThan(5).endsWith(20).isSorted();
        assertThat(records(whole(device))).isEqualTo(logs.appended());
    }

    @Test
    void aRecordMayBeAsLargeAsASegmentAndNotLarger() {
        write(1_800);

        assertThat(records(whole(device))).isEqualTo(logs.appended());
        assertThatThrownBy(() -> logs.append(2_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a record of 2080 bytes, which takes 6 sectors; a segment has room for 5");
    }

    /// A system that could not write may forget that, and say yes to the next sync.
    @Test
    void aSyncThatFailedIsNotTriedAgainAndTheLogTakesNothingMore() {
        for (int syncs = 0; syncs < 8; syncs++) {
            var failing = new MemoryDevice();
            failing.failSyncAfter(syncs);
            var log = new Logs(failing, SMALL, Logs.fresh(), List.of());
            for (int i = 0; i < 4; i++) {
                log.append(1_000);
            }
            log.sync();
            failing.settle();

            assertThat(log.failures()).as("sync " + syncs).containsExactly("the disk said no");
            assertThat(log.log().failure()).contains("the disk said no");
            assertThat(failing.returnSync()).isFalse();
            for (var refused : List.<Runnable>of(
                    () -> log.append(8), log::sync, () -> log.log().trim(1))) {
                assertThatThrownBy(refused::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the log failed and takes nothing any more: the disk said no");
            }
        }
    }

    @Test
    void aRecoveryWhoseSyncFailsKnowsNothing() {
        write(8);
        var after = device.afterKill();
        after.failSyncAfter(0);

        assertThat(Logs.recover(after)).isEqualTo(new Recovery.Unknown("the disk said no"));
    }

    /// The process that comes after the one whose sync failed reads what only the system's memory has, and
    /// its own sync says yes. What it found must be there when the power goes all the same.
    @Test
    void whatIsFoundAfterASyncThatFailedIsOnTheDisk() {
        int found = 0;
        for (int syncs = 0; syncs < 16; syncs++) {
            var disk = new MemoryDevice();
            disk.failSyncAfter(syncs);
            var log = new Logs(disk, SMALL, Logs.fresh(), List.of());
            for (int i = 0; i < 4; i++) {
                log.append(1_000);
            }
            log.sync();
            disk.settle();
            disk.kill();
            var whole = whole(disk);
            found += whole.records().size() - log.synced();

            for (var image : disk.images()) {
                var after = whole(new MemoryDevice(image));
                assertThat(after.records()).as("sync " + syncs).isEqualTo(whole.records());
                assertThat(after.end().segment())
                        .isLessThanOrEqualTo(whole.end().segment());
            }
            var next = new Logs(
                    disk,
                    SMALL,
                    whole.end(),
                    log.appended().subList(0, whole.records().size()));
            next.append(8).sync();
            disk.settle();
            for (var image : disk.images()) {
                assertThat(records(whole(new MemoryDevice(image)))).isEqualTo(next.appended());
            }
        }
        assertThat(found).as("records that were read and had not been synced").isEqualTo(4);
    }

    /// All of it, at once or from some moment on: whether anything is lost will be known when it can be read.
    @Test
    void aDiskThatCannotBeReadIsNotALogThatIsLost() {
        write(8, 500);
        for (int sector = 0; sector < 7; sector++) {
            device.makeUnreadable(sector);
        }

        assertThat(Logs.recover(device))
                .isEqualTo(new Recovery.Unknown(FIRST + ": neither copy of its header can be read, and something was "
                        + "written to it; java.io.IOException: sector 0 of " + FIRST));
    }

    /// Until the next segment says on the disk that they are not needed, they would be missed.
    @Test
    void segmentsThatAreTrimmedGoWhenTheNextOneIsBegun() {
        write(1_000, 1_000, 1_000);
        logs.log().trim(3);

        assertThat(device.names()).hasSize(3);
        write(1_000);
        assertThat(device.names()).containsExactly("segment-000003", "segment-000004");
        assertThat(records(whole(device))).isEqualTo(logs.appended().subList(2, 4));
    }

    @Test
    void aTrimmedSegmentThatComesBackIsPassedOverAndGoesAgain() {
        write(1_000, 1_000, 1_000);
        logs.log().trim(3);
        write(1_000);

        for (var image : device.images()) {
            var after = new MemoryDevice(image);
            var whole = whole(after);
            assertThat(records(whole)).isEqualTo(logs.appended().subList(2, 4));
            new Logs(after, SMALL, whole.end(), List.of());
            after.settle();
            assertThat(after.names()).containsExactly("segment-000003", "segment-000004", "segment-000005");
        }
        assertThat(device.images()).hasSize(4);
    }

    @Test
    void aSegmentThatIsNotBegunCannotBeTheFirstNeeded() {
        assertThatThrownBy(() -> logs.log().trim(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segment 2 is not begun; the last one is 1");
    }

    @Test
    void anotherLogIsNotTaken() {
        write(8);
        var seven = new SegmentHeader(8, 1, 1, 1, 7).encode();
        System.arraycopy(seven, 0, device.bytes(FIRST), 0, seven.length);

        assertThat(Logs.recover(device)).isEqualTo(new Recovery.Unknown(FIRST + " belongs to log 8, not to 7"));
    }

    /// Whoever goes by such a number looks for the next segment in the same place, for ever.
    @Test
    void aSegmentThatSaysItIsAnotherIsNotTaken() {
        write(1_000, 1_000, 1_000);
        var first = new SegmentHeader(Logs.LOG, 1, 2, 1, 7).encode();
        for (int copy = 0; copy < SegmentHeader.COPIES; copy++) {
            Sector.seal(first, copy * Sector.BYTES, 2, copy, new Sector.Good(Sector.HEADER, 0, copy, 2));
        }
        System.arraycopy(first, 0, device.bytes(SegmentHeader.name(2)), 0, first.length);

        assertThat(watched(device, Set.of(), 1 << 16))
                .isEqualTo(new Recovery.Unknown("segment-000002 says that it is segment 1"));
    }

    /// There would be no number for what comes next.
    @Test
    void aNumberThatNoLogReachesIsRefused() {
        write(8);
        var header = new SegmentHeader(Logs.LOG, 1, Long.MAX_VALUE, 1, 7);
        System.arraycopy(header.encode(), 0, device.bytes(FIRST), 0, 2 * Sector.BYTES);

        assertThat(Logs.recover(device))
                .isEqualTo(new Recovery.Unknown(
                        FIRST + ": a number above 100000000000000000, which no log reaches: " + header));
    }

    /// A file may say that it is larger than its disk, and reading it through would take for ever.
    @Test
    void aFileThatIsLargerThanAnySegmentIsNotRead() {
        var disk = new MemoryDevice();
        disk.create(FIRST, 0);

        assertThat(watched(disk, Set.of(FIRST), 2 * Sector.BYTES))
                .isEqualTo(new Recovery.Lost(FIRST + " has 35184372088832 bytes, and a segment 1073741824 at most"));
    }

    /// What recovery says that may read so many bytes.
    private static Recovery watched(MemoryDevice disk, Set<String> huge, long bytes) {
        var watched = new WatchedDevice(disk, huge);
        watched.mayRead(bytes);
        var ended = new ArrayList<Recovery>();
        Recovery.begin(watched, Logs.LOG, ended::add);
        return ended.getFirst();
    }

    @Test
    void aLaterVersionIsNamed() {
        write(8);
        var frame = new Encoder().put((byte) 3).framed();
        for (int copy = 0; copy < SegmentHeader.COPIES; copy++) {
            int at = copy * Sector.BYTES;
            System.arraycopy(frame, 0, device.bytes(FIRST), at + Sector.HEAD, frame.length);
            Sector.seal(device.bytes(FIRST), at, 1, copy, new Sector.Good(Sector.HEADER, 0, copy, 2));
        }

        assertThat(Logs.recover(device))
                .isEqualTo(new Recovery.Unknown(
                        FIRST + ": kind 3 of version of a log segment before byte 9 is not known to this version"));
    }

    /// A writer that is wrong, with checksums that are right.
    @Test
    void aBatchThatCannotBeIsNotTakenForTheEnd() {
        device.settle();
        for (var good : List.of(
                new Sector.Good(Sector.FRONT, 1, 0, 0),
                new Sector.Good(Sector.FRONT, 1, 0, 6),
                new Sector.Good(Sector.FRONT, 1, 1, 2),
                new Sector.Good(Sector.HEADER, 1, 0, 2))) {
            Sector.seal(device.bytes(FIRST), 2 * Sector.BYTES, 1, 2, good);

            assertThat(Logs.recover(device))
                    .isEqualTo(new Recovery.Lost(FIRST + ", sector 2: batch 1 contradicts itself: " + good));
        }
    }

    /// The body of each has a checksum that fits, and is the other's.
    @Test
    void recordsInEachOthersPlaceAreCorrupt() {
        logs.append(8).append(8).sync();
        device.settle();
        var bytes = device.bytes(FIRST);
        int length = RecordForm.encode(1, Logs.record(1, 8)).length;
        var contents = new Contents(logs.appended().stream()
                .map(logged -> new Appended(
                                logged.group(), logged.record(), RecordForm.encode(logged.group(), logged.record()))
                        .line())
                .toList());
        int first = 2 * Sector.BYTES + Sector.HEAD + contents.bytes();
        var body = Arrays.copyOfRange(bytes, first, first + length);
        System.arraycopy(bytes, first + length, bytes, first, length);
        System.arraycopy(body, 0, bytes, first + length, length);
        Sector.seal(bytes, 2 * Sector.BYTES, 1, 2, new Sector.Good(Sector.FRONT, 1, 0, 2));

        assertThat(whole(device).records())
                .isEqualTo(contents.lines().stream()
                        .map(line -> new Recovered.Corrupt(1, line.name()))
                        .toList());
    }

    @Test
    void aBatchThatIsMissingBetweenSegmentsIsLost() {
        write(1_000, 1_000);
        var later = new SegmentHeader(Logs.LOG, 2, 3, 1, 7).encode();
        System.arraycopy(later, 0, device.bytes(SegmentHeader.name(2)), 0, later.length);

        assertThat(Logs.recover(device))
                .isEqualTo(new Recovery.Lost(FIRST + ", sector 6: batch 2 is not there, and was synced"));
    }

    /// Long lives with power-offs, kills and trims, against a list.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theLogIsAListThatLosesNothingSynced(@ForAll long seed) {
        var random = new Random(seed);
        var sizes = new Sizes(6 + random.nextInt(30), 2 + random.nextInt(12));
        int most = (sizes.segmentSectors() - 5) * Sector.PAYLOAD;
        var disk = new MemoryDevice();
        var log = new Logs(disk, sizes, Logs.fresh(), List.of());
        int trimmed = 0;
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> log.append(random.nextInt(random.nextBoolean() ? 40 : most));
                case 3 -> log.sync();
                case 4 -> disk.returnSync();
                case 5 -> disk.settle();
                case 6 -> trimmed = Math.max(trimmed, trim(log, random));
                default -> {
                    disk = disk.afterKill();
                    if (random.nextInt(3) > 0) {
                        powerOff(disk, random);
                    }
                    var whole = whole(disk);
                    var found = records(whole);
                    int first = first(found, log);
                    assertThat(first).isLessThanOrEqualTo(trimmed);
                    assertThat(first + found.size()).isGreaterThanOrEqualTo(log.synced());
                    log = new Logs(disk, sizes, whole.end(), log.appended().subList(0, first + found.size()));
                }
            }
        }
    }

    private static void powerOff(MemoryDevice disk, Random random) {
        var kept = MemoryDevice.Kept.values();
        var names = MemoryDevice.Names.values();
        disk.powerOff(kept[random.nextInt(kept.length)], names[random.nextInt(names.length)], random::nextInt);
    }

    /// Trims to the segment of some sync, and says how many records may go for that.
    private static int trim(Logs log, Random random) {
        if (log.segments().isEmpty()) {
            return 0;
        }
        int sync = random.nextInt(log.segments().size());
        log.log().trim(log.segments().get(sync));
        return log.counts().get(sync + 1) - 1;
    }

    /// With which of those that were appended it begins; they are all different.
    private static int first(List<Logged> found, Logs log) {
        var appended = log.appended();
        int first = found.isEmpty() ? log.synced() : appended.indexOf(found.getFirst());
        assertThat(found).isEqualTo(appended.subList(first, first + found.size()));
        return first;
    }
}
