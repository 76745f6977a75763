package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
}
