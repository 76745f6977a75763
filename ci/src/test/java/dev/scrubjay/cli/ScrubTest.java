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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
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
        assertThat(finding.get("text").stringValue())
                .isEqualTo("other than the archive: key 'key 10'; another copy agrees with the archive, so this one is "
                        + "wrong: move its state away, and start the node");
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
        assertThat(ended.out()).contains("is damaged: ");
    }

    /// A second segment behind the first, and the archive of another group.
    private void archiveMore() throws Exception {
        try (var objects = DirectoryStore.open(folder.resolve("archive"), Runnable::run)) {
            var archive = new SegmentedArchive(objects, alarm -> {
                throw new AssertionError(alarm);
            });
            for (long group : new long[] {GROUP, 9}) {
                var there = new CompletableFuture<Long>();
                long after = group == GROUP ? SLOTS : 0;
                archive.put(group, 1, after, List.of(Entry.NO_OP, Entry.NO_OP), (_, slots) -> there.complete(slots));
                there.get();
            }
        }
    }

    private Path segment(long group, int number) throws IOException {
        try (var files = Files.list(folder.resolve(String.format("archive/%016x/segments", group)))) {
            return files.sorted().toList().get(number);
        }
    }

    static Stream<String> damagesOfAnArchive() {
        return Stream.of("removed", "swapped", "truncated", "of another group");
    }

    @ParameterizedTest
    @MethodSource("damagesOfAnArchive")
    void whatIsWrongWithAnArchiveIsSaidPrecisely(String damage) throws Exception {
        archiveMore();
        var second = segment(GROUP, 1);
        var bytes = Files.readAllBytes(second);
        switch (damage) {
            case "removed" -> Files.delete(second);
            case "swapped" -> Files.write(second, Files.readAllBytes(segment(GROUP, 0)));
            case "truncated" -> Files.write(second, Arrays.copyOf(bytes, bytes.length - 1));
            default -> Files.write(second, Files.readAllBytes(segment(9, 0)));
        }

        var ended = scrub("--group", "7", "--json");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.json().at("/findings/0/kind").stringValue()).isEqualTo("archive");
        var name = "0000000000000007/segments/" + second.getFileName() + ": ";
        assertThat(ended.json().at("/findings/0/text").stringValue())
                .startsWith(
                        switch (damage) {
                            case "removed" ->
                                name + "is named by 0000000000000007/manifests/0000000000000000002, and is not there";
                            case "swapped" ->
                                name + "holds 0000000000000007/segments/"
                                        + segment(GROUP, 0).getFileName();
                            case "truncated" -> name + "is damaged: ";
                            default ->
                                name + "holds 0000000000000009/segments/"
                                        + segment(9, 0).getFileName();
                        });
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
    void nothingIsWrittenAnywhere() throws Exception {
        var before = all();
        scrub();
        assertThat(all()).isEqualTo(before);
    }

    private List<String> all() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(name -> !name.endsWith("/LOG"))
                    .sorted()
                    .toList();
        }
    }

    /// A log alone is nothing that could be compared, and nothing that holds.
    @Test
    void withoutAnyStateNothingHolds() throws Exception {
        Files.createDirectories(folder.resolve("d").resolve("log"));
        var ended = Cli.run("scrub", "--data", path("d"), "--archive", path("archive"));
        assertThat(ended.exit()).isEqualTo(3);
    }

    @Test
    void aLogThatIsNoneIsNamed() throws Exception {
        var log = folder.resolve("a").resolve("log");
        Files.createDirectories(log);
        var none = new byte[8 * 512];
        Arrays.fill(none, (byte) 7);
        Files.write(log.resolve("segment-000001"), none);

        var ended = scrub();
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("a: its log: ");
    }

    /// What comes after it is not restored, and nobody may think that it was.
    @Test
    void anArchiveThatIsDamagedIsNoWholeRestore() throws Exception {
        try (var objects = DirectoryStore.open(folder.resolve("archive"), Runnable::run)) {
            var archive = new SegmentedArchive(objects, alarm -> {
                throw new AssertionError(alarm);
            });
            var there = new CompletableFuture<Long>();
            archive.put(GROUP, 1, SLOTS, List.of(Entry.NO_OP), (_, slots) -> there.complete(slots));
            there.get();
        }
        try (var files = Files.walk(folder.resolve("archive"))) {
            var last = files.filter(file -> file.toString().contains("segments/"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Files.write(last, new byte[] {1});
        }

        var ended = Cli.run("restore", "--archive", path("archive"), "--group", "7", "--into", path("new"), "--json");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.json().at("/findings/0/text").stringValue()).contains("what comes after that is not restored");
        assertThat(ended.json().get("slot").longValue()).isEqualTo(SLOTS);
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
        assertThat(folder.resolve("more")).as("nothing is left half made").doesNotExist();
        assertThat(scrub("--group", "9").err()).contains("--group 9: there is no such group; there are [7]");
    }
}
