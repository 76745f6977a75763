package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDeviceTest extends DeviceContract {
    @TempDir
    Path folder;

    private ExecutorService loop;
    private FileDevice device;

    @BeforeEach
    void open() {
        loop = Executors.newSingleThreadExecutor();
        device = new FileDevice(folder, loop);
    }

    @AfterEach
    void close() {
        device.close();
        loop.close();
    }

    @Override
    Device device() {
        return device;
    }

    @Override
    Device.Outcome ended(Consumer<Consumer<Device.Outcome>> sync) {
        var outcome = new CompletableFuture<Device.Outcome>();
        sync.accept(outcome::complete);
        return outcome.join();
    }

    @Test
    void aWriteThatFailedIsToldByEverySyncFromThenOn() {
        device.create("one", Sector.BYTES);
        device.write("two", 0, sector(7));

        for (int i = 0; i < 2; i++) {
            assertThat(ended(ended -> device.sync("one", ended)))
                    .isInstanceOfSatisfying(
                            Device.Outcome.Failed.class,
                            failed -> assertThat(failed.what()).startsWith("two: java.nio.file.NoSuchFileException"));
        }
        assertThat(ended(device::syncFolder)).isInstanceOf(Device.Outcome.Failed.class);
    }

    @Test
    void aLogOnFilesIsRecovered() {
        var synced = new CompletableFuture<Long>();
        var log = new WriteAheadLog(device, new WriteAheadLog.Sizes(64, 8), Logs.fresh(), new WriteAheadLog.Listener() {
            @Override
            public void synced(long records, long segment) {
                synced.complete(records);
            }

            @Override
            public void failed(String what) {
                synced.completeExceptionally(new AssertionError(what));
            }
        });
        log.append(4, Logs.record(1, 8));
        log.append(4, Logs.record(2, 2_000));
        log.sync();
        assertThat(synced.join()).isEqualTo(2);

        var recovery = new CompletableFuture<Recovery>();
        Recovery.begin(device, Logs.LOG, recovery::complete);

        assertThat(recovery.join())
                .isInstanceOfSatisfying(
                        Recovery.Whole.class,
                        whole -> assertThat(whole.records())
                                .containsExactly(
                                        new Recovered.Intact(1, new RecordForm.Logged(4, Logs.record(1, 8))),
                                        new Recovered.Intact(1, new RecordForm.Logged(4, Logs.record(2, 2_000)))));
    }
}
