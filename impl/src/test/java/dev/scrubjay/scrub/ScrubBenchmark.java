package dev.scrubjay.scrub;

import dev.scrubjay.archive.ArchiveReader;
import dev.scrubjay.archive.DirectoryStore;
import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.node.GroupState;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.state.RocksStateStore;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// Measures how long it takes to compare the states of stopped nodes with their archive.
///
/// `ci/benchmark ScrubBenchmark [KEYS [COPIES]]`: keys of 16 bytes with values of 100, each written once, in
/// one group.
final class ScrubBenchmark {
    private static final long GROUP = 1;
    private static final int SEGMENT = 1_000;

    private ScrubBenchmark() {}

    private static Entry entry(int slot) {
        return slot == 1
                ? new Entry.Begin("nonce")
                : new Entry.Write(
                        1, slot, new Request.Put(String.format(Locale.ROOT, "key-%012d", slot), "v".repeat(90) + slot));
    }

    private static void archive(Path folder, int slots) throws Exception {
        try (var objects = DirectoryStore.open(folder, Runnable::run)) {
            var archive = new SegmentedArchive(objects, alarm -> {
                throw new IllegalStateException(alarm);
            });
            for (int first = 1; first <= slots; first += SEGMENT) {
                var entries = new ArrayList<Entry>();
                for (int slot = first; slot < first + SEGMENT && slot <= slots; slot++) {
                    entries.add(entry(slot));
                }
                var there = new CompletableFuture<Long>();
                archive.put(GROUP, 1, first - 1L, entries, (_, has) -> there.complete(has));
                there.get();
            }
        }
    }

    private static void state(Path folder, int slots) throws Exception {
        Files.createDirectories(folder);
        var loop = new LinkedBlockingQueue<Runnable>();
        try (var store = RocksStateStore.open(folder.resolve("state"), RocksStateStore.Sizes.STANDARD, loop::add)) {
            var state = new Sessions(new GroupState(store, GROUP));
            for (int slot = 1; slot <= slots; slot++) {
                state.apply(slot, entry(slot));
            }
            var ended = new ArrayList<Object>();
            store.flush(ended::add);
            while (ended.isEmpty()) {
                loop.take().run();
            }
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    public static void main(String... arguments) throws Exception {
        int keys = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int copies = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        var folder = Files.createTempDirectory("scrub");
        try {
            long begin = System.nanoTime();
            archive(folder.resolve("archive"), keys + 1);
            System.out.printf(Locale.ROOT, "archived in %.1f s%n", seconds(begin));
            var nodes = new ArrayList<Path>();
            for (int copy = 1; copy <= copies; copy++) {
                begin = System.nanoTime();
                nodes.add(folder.resolve("node-" + copy));
                state(nodes.getLast(), keys + 1);
                System.out.printf(
                        Locale.ROOT, "applied in %.1f s, %,d bytes on disk%n", seconds(begin), size(nodes.getLast()));
            }
            scrub(folder, nodes);
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void scrub(Path folder, List<Path> nodes) throws IOException {
        long begin = System.nanoTime();
        try (var objects = DirectoryStore.open(folder.resolve("archive"), Runnable::run)) {
            var found = new StoppedNodes(nodes, new ArchiveReader(objects)).compare(GROUP);
            long rows =
                    found.copies().stream().mapToLong(StoppedNodes.Copy::rows).sum();
            System.out.printf(
                    Locale.ROOT,
                    "scrubbed in %.1f s: %,d rows of %d copies, %,d bytes of archive, %s%n",
                    seconds(begin),
                    rows,
                    nodes.size(),
                    found.bytes(),
                    found.copies().stream().allMatch(StoppedNodes.Copy::isRight) ? "all right" : found.copies());
        }
    }
}
