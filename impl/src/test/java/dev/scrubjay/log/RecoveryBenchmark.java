package dev.scrubjay.log;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Measures how long a log takes to write and to recover, and how many bytes that allocates.
///
/// `ci/benchmark RecoveryBenchmark [RECORDS [RECORDS IN A SYNC]]`; twice as many records should take twice as
/// long.
final class RecoveryBenchmark {
    private static final int RECORDS = 1_000_000;
    private static final int IN_A_SYNC = 500;
    private static final int VALUE = 20;
    private static final int ROUNDS = 5;

    /// Segments of 64 MiB, batches of 1 MiB.
    private static final WriteAheadLog.Sizes SIZES = new WriteAheadLog.Sizes(1 << 17, 1 << 11);

    private RecoveryBenchmark() {}

    /// Prints a line for the writing, and one for each recovery.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : RECORDS;
        int inASync = arguments.length > 1 ? Integer.parseInt(arguments[1]) : IN_A_SYNC;
        var folder = Files.createTempDirectory("log");
        try (var loop = Executors.newSingleThreadExecutor();
                var device = new FileDevice(folder, loop)) {
            long begin = System.nanoTime();
            write(device, loop, records, inASync);
            System.out.printf(
                    Locale.ROOT,
                    "%,d records, %d in a sync: written in %.2f s, %,d bytes in files%n",
                    records,
                    inASync,
                    (System.nanoTime() - begin) / 1e9,
                    bytes(folder));
            for (int round = 0; round < ROUNDS; round++) {
                recover(device, records);
            }
        } finally {
            delete(folder);
        }
    }

    private static void write(FileDevice device, ExecutorService loop, int records, int inASync)
            throws InterruptedException {
        var synced = new Semaphore(0);
        var log = new CompletableFuture<WriteAheadLog>();
        loop.execute(() -> log.complete(new WriteAheadLog(device, SIZES, Logs.fresh(), new WriteAheadLog.Listener() {
            @Override
            public void synced(long count, long segment) {
                synced.release();
            }

            @Override
            public void failed(String what) {
                throw new IllegalStateException(what);
            }
        })));
        for (int done = 0; done < records; done += inASync) {
            int from = done + 1;
            loop.execute(() -> {
                for (int number = from; number < from + inASync; number++) {
                    log.join().append(number % 16, Logs.record(number, VALUE));
                }
                log.join().sync();
            });
            synced.acquire();
        }
    }

    private static void recover(FileDevice device, int records) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getTotalThreadAllocatedBytes();
        long begin = System.nanoTime();
        var recovery = new CompletableFuture<Recovery>();
        Recovery.begin(device, Logs.LOG, recovery::complete);
        var whole = (Recovery.Whole) recovery.join();
        long end = System.nanoTime();
        if (whole.records().size() != records) {
            throw new IllegalStateException(whole.records().size() + " records were recovered");
        }
        System.out.printf(
                Locale.ROOT,
                "recovered in %.2f s, %,d bytes allocated%n",
                (end - begin) / 1e9,
                threads.getTotalThreadAllocatedBytes() - allocated);
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
