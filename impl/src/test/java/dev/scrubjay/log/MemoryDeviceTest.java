package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.MemoryDevice.Kept;
import dev.scrubjay.log.MemoryDevice.Names;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class MemoryDeviceTest extends DeviceContract {
    private final MemoryDevice device = new MemoryDevice();

    @Override
    Device device() {
        return device;
    }

    @Override
    Device.Outcome ended(Consumer<Consumer<Device.Outcome>> sync) {
        var outcomes = new ArrayList<Device.Outcome>();
        sync.accept(outcomes::add);
        device.settle();
        return outcomes.getFirst();
    }

    @Test
    void aPowerOffLeavesAnySectorsOfWhatWasNotSynced() {
        device.create("one", 3 * Sector.BYTES);
        ended(ended -> device.sync("one", ended));
        ended(device::syncFolder);
        device.write("one", 0, sector(1));
        device.write("one", 2 * Sector.BYTES, sector(3));

        assertThat(device.images()).hasSize(4);
        ended(ended -> device.sync("one", ended));
        assertThat(device.images()).hasSize(1);
    }

    /// Not there, there without its length, or there.
    @Test
    void aPowerOffMayLoseAFileWhoseFolderWasNotSynced() {
        device.create("one", Sector.BYTES);

        assertThat(device.images()).hasSize(3);
        ended(ended -> device.sync("one", ended));
        assertThat(device.images()).hasSize(2);
        ended(device::syncFolder);
        assertThat(device.images()).hasSize(1);
        device.delete("one");
        assertThat(device.images()).hasSize(2);
    }

    @Test
    void afterAKillNothingIsLostAndNothingIsSafe() {
        device.create("one", Sector.BYTES);
        device.sync("one", _ -> {});
        var after = device.afterKill();

        assertThat(after.returnSync()).isFalse();
        assertThat(after.names()).containsExactly("one");
        assertThat(after.images()).hasSize(3);
    }

    /// Three sectors in two writes, in each kind of power-off.
    @Test
    void whatAPowerOffKeepsIsAsItsKindSays() {
        assertThat(left(Kept.EVERYTHING)).containsExactly("123");
        assertThat(left(Kept.NOTHING)).containsExactly("000");
        assertThat(left(Kept.PREFIX)).containsExactly("000", "003", "103", "123");
        assertThat(left(Kept.SUBSET)).containsExactly("000", "003", "020", "023", "100", "103", "120", "123");
        assertThat(left(Kept.TORN)).containsExactly("023", "103");
    }

    /// All that may be left of a file, sector by sector: the third is written first, then the other two.
    private static Set<String> left(Kept kept) {
        var seen = new TreeSet<String>();
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            var disk = new MemoryDevice();
            disk.create("one", 3 * Sector.BYTES);
            disk.sync("one", _ -> {});
            disk.syncFolder(_ -> {});
            disk.settle();
            disk.write("one", 2 * Sector.BYTES, sector(3));
            disk.write(
                    "one",
                    0,
                    ByteBuffer.allocate(2 * Sector.BYTES)
                            .put(sector(1))
                            .put(sector(2))
                            .array());
            disk.sync("one", _ -> {});
            disk.powerOff(kept, Names.STRICT, random::nextInt);

            assertThat(disk.returnSync()).isFalse();
            assertThat(disk.images()).hasSize(1);
            var bytes = disk.bytes("one");
            seen.add("" + bytes[0] + bytes[Sector.BYTES] + bytes[2 * Sector.BYTES]);
        }
        return seen;
    }

    @Test
    void aNameThatIsNotSyncedIsLostUnlessItsFileSystemTakesItAlong() {
        var random = new Random(5);
        var names = new TreeMap<Names, Set<List<String>>>();
        for (int i = 0; i < 100; i++) {
            for (var profile : Names.values()) {
                var disk = new MemoryDevice();
                disk.create("old", Sector.BYTES);
                disk.syncFolder(_ -> {});
                disk.settle();
                disk.create("new", Sector.BYTES);
                disk.delete("old");
                disk.powerOff(Kept.NOTHING, profile, random::nextInt);
                names.computeIfAbsent(profile, _ -> new HashSet<>()).add(disk.names());
            }
        }

        assertThat(names.get(Names.STRICT))
                .containsExactlyInAnyOrder(List.of(), List.of("new"), List.of("old"), List.of("new", "old"));
        assertThat(names.get(Names.ORDERED)).containsExactly(List.of("new"));
    }

    @Test
    void whatIsWrittenWhileASyncIsUnderWayIsNotSyncedByIt() {
        device.create("one", Sector.BYTES);
        ended(ended -> device.sync("one", ended));
        ended(device::syncFolder);
        device.write("one", 0, sector(1));
        device.sync("one", _ -> {});
        device.write("one", 0, sector(2));
        device.settle();
        assertThat(device.images()).hasSize(2);

        device.powerOff(Kept.NOTHING, Names.STRICT, _ -> 0);

        assertThat(device.bytes("one")).containsOnly(1);
    }

    /// It is read, and a sync that says yes did nothing for it.
    @Test
    void whatASyncFailedToWriteIsCoveredByNoLaterOneUnlessItIsWrittenAgain() {
        device.create("one", Sector.BYTES);
        ended(ended -> device.sync("one", ended));
        ended(device::syncFolder);
        device.write("one", 0, sector(1));
        device.failSyncAfter(0);
        assertThat(ended(ended -> device.sync("one", ended))).isInstanceOf(Device.Outcome.Failed.class);
        assertThat(ended(ended -> device.sync("one", ended))).isInstanceOf(Device.Outcome.Synced.class);
        assertThat(device.bytes("one")).containsOnly(1);
        assertThat(device.images()).hasSize(2);

        device.write("one", 0, sector(1));
        assertThat(ended(ended -> device.sync("one", ended))).isInstanceOf(Device.Outcome.Synced.class);
        assertThat(device.images()).hasSize(1);
    }
}
