package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.WriteAheadLog.Sizes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WriteAheadLogTest {
    private static final Sizes SMALL = new Sizes(7, 4);

    private final MemoryDevice device = new MemoryDevice();
    private final Logs logs = new Logs(device, SMALL, Logs.fresh(), List.of());

    @Test
    void whatWasSyncedIsRecoveredInOrder() {
        for (int length : List.of(8, 500, 1_000, 8, 8)) {
            logs.append(length).sync();
            device.settle();
        }

        var recovery = Logs.recover(device);

        assertThat(logs.counts()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(recovery)
                .isInstanceOfSatisfying(
                        Recovery.Whole.class,
                        whole -> assertThat(whole.records())
                                .extracting(record -> ((Recovered.Intact) record).logged())
                                .isEqualTo(logs.appended()));
    }
}
