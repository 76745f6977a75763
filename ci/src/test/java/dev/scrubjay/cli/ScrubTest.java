package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.archive.DirectoryStore;
import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.node.GroupState;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.state.RocksStateStore;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes that are stopped, and their archive, on a real disk.
final class ScrubTest {
    private static final long GROUP = 7;
    private static final int SLOTS = 400;

    @TempDir
    private Path folder;

    @BeforeEach
    void stop() throws Exception {
        try (var objects = DirectoryStore.open(folder.resolve("archive"), Runnable::run)) {
            var archive = new SegmentedArchive(objects, alarm -> {
                throw new AssertionError(alarm);
            });
            var there = new CompletableFuture<Long>();
            archive.put(GROUP, 1, 0, entries(SLOTS), (_, slots) -> there.complete(slots));
            assertThat(there.get()).isEqualTo(SLOTS);
        }
        for (var node : List.of("a", "b", "c")) {
            state(node, entries(SLOTS));
        }
    }

    private static List<Entry> entries(int slots) {
        var entries = new ArrayList<Entry>(List.of(new Entry.Begin("nonce")));
        for (int slot = 2; slot <= slots; slot++) {
            entries.add(new Entry.Write(1, slot, new Request.Put("key " + slot, "value " + slot + " ".repeat(40))));
        }
        return entries;
    }

    private void state(String node, List<Entry> entries) throws Exception {
        var loop = new LinkedBlockingQueue<Runnable>();
        Files.createDirectories(folder.resolve(node));
        var states = folder.resolve(node).resolve("state");
        try (var store = RocksStateStore.open(states, RocksStateStore.Sizes.STANDARD, loop::add)) {
            var state = new Sessions(new GroupState(store, GROUP));
            long slot = 0;
            for (var entry : entries) {
                state.apply(++slot, entry);
            }
            var ended = new ArrayList<Object>();
            store.flush(ended::add);
            while (ended.isEmpty()) {
                loop.take().run();
            }
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Cli.Ended scrub(String... more) {
        var arguments = new ArrayList<>(List.of("scrub", "--archive", path("archive")));
        for (var node : List.of("a", "b", "c")) {
            arguments.addAll(List.of("--data", path(node)));
        }
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void copiesThatAreRightHold() {
        var ended = scrub();

        assertThat(ended.exit()).isZero();
        assertThat(ended.lastLine()).startsWith("held: 3 copies of 1 group, ");
        assertThat(ended.out()).contains("group 7: 3 copies, 400 slots in the archive");
    }

    /// A copy that is behind is compared at its own slot.
    @Test
    void aCopyThatIsBehindIsRightForItsSlot() throws Exception {
        delete("b");
        state("b", entries(SLOTS - 100));

        var ended = scrub();
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("b: slot 300, ");
    }

    private void delete(String node) throws IOException {
        try (var files = Files.walk(folder.resolve(node))) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aCopyThatIsWrongIsNamedByKey() throws Exception {
        delete("b");
        var entries = entries(SLOTS);
        entries.set(9, new Entry.Write(1, 10, new Request.Put("key 10", "another")));
        state("b", entries);

        var ended = scrub("--json");
        assertThat(ended.exit()).isEqualTo(1);
        var finding = ended.json().at("/findings/0");
        assertThat(finding.get("kind").stringValue()).isEqualTo("wrong-copy");
        assertThat(finding.get("where").stringValue()).isEqualTo("group 7, " + path("b"));
        assertThat(finding.get("text").stringValue()).startsWith("other than the archive: key 'key 10';");
        assertThat(ReportSchema.violations(ended.json())).isEmpty();
    }

    /// A byte flips in a table of one node: RocksDB refuses its block, and the keys in it are named.
    @Test
    void aByteThatFlippedIsFoundAndNamedByKey() throws Exception {
        Path table;
        try (var files = Files.list(folder.resolve("b").resolve("state"))) {
            table = files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
        }
        var bytes = Files.readAllBytes(table);
        bytes[bytes.length / 4] ^= 1;
        Files.write(table, bytes);

        var ended = scrub();
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("b: slot 400, .*other than the archive: key 'key \\d+'")
                .contains(".sst");
        assertThat(ended.lastLine()).startsWith("violated: ");
    }

    @Test
    void whereNobodyAgreesNothingIsDecided() throws Exception {
        for (var node : List.of("a", "b", "c")) {
            delete(node);
            var entries = entries(SLOTS);
            entries.set(9, new Entry.Write(1, 10, new Request.Put("key 10", "another")));
            state(node, entries);
        }

        var ended = scrub();
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.lastLine()).startsWith("undecided: ");
    }

    @Test
    void whatIsInNoArchiveCannotBeCompared() throws Exception {
        delete("b");
        state("b", entries(SLOTS + 5));

        var ended = scrub();
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).contains("slots 401 to 405 are in no archive, and not in most logs");
    }

    @Test
    void anArchiveThatIsDamagedIsNamed() throws Exception {
        Path segment;
        try (var files = Files.walk(folder.resolve("archive"))) {
            segment = files.filter(file -> file.toString().contains("segments/"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.write(segment, "no segment".getBytes(StandardCharsets.UTF_8));

        var ended = scrub();
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("its hash is not the one that");
    }

    @Test
    void aStateIsRestoredAsItWasAtASlot() {
        var ended = Cli.run(
                "restore", "--archive", path("archive"), "--group", "7", "--slot", "120", "--into", path("new"));
        assertThat(ended.exit()).isZero();
        assertThat(ended.lastLine()).startsWith("held: group 7 as it was at slot 120, in ");

        var compared = Cli.run("scrub", "--data", path("new"), "--archive", path("archive"));
        assertThat(compared.exit()).isZero();
        assertThat(compared.out()).contains("new: slot 120, ");
    }

    @Test
    void badInputIsRefusedInOneLine() {
        assertThat(Cli.run("scrub", "--data", path("a"), "--archive", path("nowhere"))
                        .exit())
                .isEqualTo(2);
        assertThat(Cli.run("scrub", "--data", path("archive"), "--archive", path("archive"))
                        .err())
                .contains("has neither a folder 'state' nor a folder 'log'");
        assertThat(Cli.run("restore", "--archive", path("archive"), "--group", "7", "--into", path("a"))
                        .err())
                .contains("there is a state already");
        assertThat(Cli.run("restore", "--archive", path("archive"), "--group", "8", "--into", path("new"))
                        .err())
                .contains("has 0 slots of group 8");
        assertThat(Cli.run(
                                "restore",
                                "--archive",
                                path("archive"),
                                "--group",
                                "7",
                                "--slot",
                                "401",
                                "--into",
                                path("more"))
                        .exit())
                .isEqualTo(2);
    }
}
