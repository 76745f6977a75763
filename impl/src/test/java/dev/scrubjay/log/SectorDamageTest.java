package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.WriteAheadLog.Sizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every damage to one sector of a finished log, and to two.
///
/// A record comes back as it was or is named as corrupt, and never goes in silence, with one exception: a
/// sector of the last batch that is all zeros again. That batch looks as if its sync had never returned, and
/// is cut off. What damages one sector never loses the log.
final class SectorDamageTest {
    private static final Sizes SIZES = new Sizes(9, 6);

    /// What became of a damaged log.
    private enum Fate {
        INTACT,
        CORRUPT,
        CUT,
        LOST
    }

    /// A sector of a log.
    private record Place(String name, int sector) {
        byte[] read(MemoryDevice device) {
            int at = sector * Sector.BYTES;
            return Arrays.copyOfRange(device.bytes(name), at, at + Sector.BYTES);
        }

        void write(MemoryDevice device, byte[] bytes) {
            System.arraycopy(bytes, 0, device.bytes(name), sector * Sector.BYTES, Sector.BYTES);
        }
    }

    /// A log that is whole, and how many of its records the last batch has.
    private record Finished(MemoryDevice device, List<Logged> records, int inLastBatch, List<Place> places) {
        /// Whether a sector belongs to the last batch.
        boolean isOfLastBatch(Place place) {
            return place.name().equals(places.getLast().name())
                    && Sector.judge(
                                    device.bytes(place.name()),
                                    place.sector() * Sector.BYTES,
                                    number(place),
                                    place.sector())
                            instanceof Sector.Good good
                    && good.batch() == lastBatch();
        }

        private long lastBatch() {
            long last = -1;
            for (var place : places) {
                if (place.name().equals(places.getLast().name())
                        && Sector.judge(
                                        device.bytes(place.name()),
                                        place.sector() * Sector.BYTES,
                                        number(place),
                                        place.sector())
                                instanceof Sector.Good good
                        && good.marker() != Sector.HEADER) {
                    last = good.batch();
                }
            }
            return last;
        }

        private static long number(Place place) {
            return SegmentHeader.number(place.name()).orElseThrow();
        }
    }

    /// Logs that end in the middle of a segment, at its end, and with a segment without a batch.
    private static List<Finished> logs() {
        return List.of(
                finished(List.of(List.of(8))),
                finished(List.of(List.of(8), List.of(500), List.of(8, 8, 8))),
                finished(
                        List.of(List.of(8, 8), List.of(1_000, 8), List.of(500, 500), List.of(8, 1_000, 8), List.of(8))),
                restarted(finished(List.of(List.of(8), List.of(500), List.of(8, 8)))),
                finished(List.of(List.of(8), List.of(1_500), List.of(1_500), List.of(8))));
    }

    private static Finished finished(List<List<Integer>> batches) {
        var device = new MemoryDevice();
        var logs = new Logs(device, SIZES, Logs.fresh(), List.of());
        for (var batch : batches) {
            batch.forEach(logs::append);
            logs.sync();
            device.settle();
        }
        assertThat(logs.synced()).isEqualTo(logs.appended().size());
        return new Finished(device, logs.appended(), batches.getLast().size(), places(device));
    }

    private static Finished restarted(Finished log) {
        var device = log.device().afterKill();
        new Logs(device, SIZES, ((Recovery.Whole) Logs.recover(device)).end(), log.records());
        device.settle();
        return new Finished(device, log.records(), 0, places(device));
    }

    private static List<Place> places(MemoryDevice device) {
        var places = new ArrayList<Place>();
        for (var name : device.names()) {
            for (int sector = 0; sector < SIZES.segmentSectors(); sector++) {
                places.add(new Place(name, sector));
            }
        }
        return places;
    }

    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);

    @Test
    void aChangedBitIsSeenWhereverItIs() {
        for (var log : logs()) {
            for (var place : log.places()) {
                for (int at = 0; at < Sector.BYTES; at++) {
                    var bytes = place.read(log.device());
                    bytes[at] ^= (byte) (1 << at % 8);
                    var fate = damaged(log, List.of(place), bytes);
                    assertThat(fate).as("%s, byte %d", place, at).isIn(Fate.INTACT, Fate.CORRUPT);
                }
            }
        }
        print("a changed bit", Fate.INTACT, Fate.CORRUPT);
    }

    @Test
    void aSectorThatCannotBeReadIsAsGoodAsADamagedOne() {
        for (var log : logs()) {
            for (int sector = 0; sector < SIZES.segmentSectors(); sector++) {
                if (log.device().names().size() == 1) {
                    var device = log.device().afterKill();
                    device.makeUnreadable(sector);
                    var fate = fate(log, device);
                    fates.merge(fate, 1, Integer::sum);
                    assertThat(fate).isIn(Fate.INTACT, Fate.CORRUPT);
                }
            }
        }
        print("an unreadable sector", Fate.INTACT, Fate.CORRUPT);
    }

    /// The known limit is exactly this: zeros in the last batch, and the last batch is gone.
    @Test
    void aSectorOfZerosIsSeenUnlessItIsOfTheLastBatch() {
        for (var log : logs()) {
            for (var place : log.places()) {
                var fate = damaged(log, List.of(place), new byte[Sector.BYTES]);
                if (log.isOfLastBatch(place)) {
                    assertThat(fate).as(place.toString()).isEqualTo(Fate.CUT);
                } else {
                    assertThat(fate).as(place.toString()).isIn(Fate.INTACT, Fate.CORRUPT);
                }
            }
        }
        print("a sector of zeros", Fate.INTACT, Fate.CORRUPT, Fate.CUT);
    }

    @Test
    void aSectorInAnothersPlaceIsSeen() {
        for (var log : logs()) {
            for (var from : log.places()) {
                for (var to : log.places()) {
                    var bytes = from.read(log.device());
                    var fate = damaged(log, List.of(to), bytes);
                    if (log.isOfLastBatch(to) && isFill(bytes)) {
                        assertThat(fate).isEqualTo(Fate.CUT);
                    } else {
                        assertThat(fate).as("%s over %s", from, to).isIn(Fate.INTACT, Fate.CORRUPT);
                    }
                }
            }
        }
        print("a sector in another's place", Fate.INTACT, Fate.CORRUPT, Fate.CUT);
    }

    /// Two sectors may hold both copies of the contents, or a whole batch: then the log says that it lost
    /// something. It never goes on as if nothing had been there.
    @Test
    void twoChangedSectorsAreNeverPassedOverInSilence() {
        for (var log : logs()) {
            for (var one : log.places()) {
                for (var other : log.places()) {
                    var bytes = new byte[Sector.BYTES];
                    Arrays.fill(bytes, (byte) 0x5A);
                    var fate = damaged(log, List.of(one, other), bytes);
                    assertThat(fate).as("%s and %s", one, other).isNotEqualTo(Fate.CUT);
                }
            }
        }
        print("two changed sectors", Fate.INTACT, Fate.CORRUPT, Fate.LOST);
    }

    /// A write that went elsewhere damages two sectors: that one, and its own, where nothing came.
    @Test
    void aWriteThatWentElsewhereIsSeenUnlessItWasTheLast() {
        for (var log : logs()) {
            for (var from : log.places()) {
                for (var to : log.places()) {
                    var device = log.device().afterKill();
                    var bytes = from.read(device);
                    from.write(device, new byte[Sector.BYTES]);
                    to.write(device, bytes);
                    var fate = fate(log, device);
                    fates.merge(fate, 1, Integer::sum);
                    var isLast = log.isOfLastBatch(from) || (isFill(bytes) && log.isOfLastBatch(to));
                    if (!isLast) {
                        assertThat(fate).as("%s to %s", from, to).isNotEqualTo(Fate.CUT);
                    }
                }
            }
        }
        print("a write elsewhere", Fate.INTACT, Fate.CORRUPT, Fate.LOST, Fate.CUT);
    }

    /// Of the last segment nobody else knows that it was there.
    @Test
    void aSegmentThatIsMissingIsNotPassedOverUnlessItIsTheLast() {
        for (var log : logs()) {
            var names = log.device().names();
            for (var name : names.subList(0, names.size() - 1)) {
                var device = log.device().afterKill();
                device.delete(name);
                assertThat(Logs.recover(device)).as(name).isInstanceOf(Recovery.Lost.class);
            }
        }
    }

    @Test
    void aSegmentThatIsTooShortIsNotPassedOver() {
        for (var log : logs()) {
            for (var name : log.device().names()) {
                var device = log.device().afterKill();
                var bytes = log.device().bytes(name);
                device.create(name, bytes.length - Sector.BYTES);
                device.write(name, 0, Arrays.copyOf(bytes, bytes.length - Sector.BYTES));

                assertThat(Logs.recover(device))
                        .isEqualTo(new Recovery.Lost(name + " has 4096 bytes, and was begun with 4608"));
            }
        }
    }

    private void print(String what, Fate... expected) {
        System.out.println("damage: " + what + ": " + fates);
        assertThat(fates).containsOnlyKeys(expected);
    }

    private static boolean isFill(byte[] bytes) {
        return Arrays.equals(bytes, new byte[Sector.BYTES]);
    }

    private Fate damaged(Finished log, List<Place> places, byte[] bytes) {
        var device = log.device().afterKill();
        places.forEach(place -> place.write(device, bytes));
        var fate = fate(log, device);
        fates.merge(fate, 1, Integer::sum);
        return fate;
    }

    /// Fails unless each record is as it was or named, or the last batch gone.
    private static Fate fate(Finished log, MemoryDevice device) {
        return switch (Logs.recover(device)) {
            case Recovery.Lost _ -> Fate.LOST;
            case Recovery.Unknown unknown -> throw new AssertionError(unknown);
            case Recovery.Whole(var found, var _) -> fate(log, found);
        };
    }

    private static Fate fate(Finished log, List<Recovered> found) {
        int all = log.records().size();
        assertThat(found.size()).isIn(all, all - log.inLastBatch());
        var fate = found.size() < all ? Fate.CUT : Fate.INTACT;
        for (int i = 0; i < found.size(); i++) {
            var logged = log.records().get(i);
            var corrupt = corrupt(found.get(i), logged);
            if (corrupt.isPresent()) {
                assertThat(corrupt.get()).isEqualTo(RecordName.of(logged.group(), logged.record()));
                fate = fate == Fate.INTACT ? Fate.CORRUPT : fate;
            }
        }
        return fate;
    }

    private static Optional<RecordName> corrupt(Recovered found, Logged written) {
        return switch (found) {
            case Recovered.Intact(var _, var logged) -> {
                assertThat(logged).isEqualTo(written);
                yield Optional.empty();
            }
            case Recovered.Corrupt(var _, var name) -> Optional.of(name);
        };
    }
}
