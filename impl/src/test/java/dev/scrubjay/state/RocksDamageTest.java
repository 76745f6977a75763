package dev.scrubjay.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.port.StateStore.CorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages the files of a database byte by byte. What comes of it is said to be corrupt, or is right: never
/// is something absent that was there.
final class RocksDamageTest {
    /// What a reader came to.
    private enum Found {
        CORRUPT_AT_OPENING,
        CORRUPT_AT_READING,
        RIGHT
    }

    private static final int MANY = 20;

    @TempDir
    Path folder;

    private TestedRocks rocks;
    private Path whole;

    /// A database with two tables, whose flushes were 1 to 20 and 21 to 40.
    @BeforeEach
    void write() {
        rocks = new TestedRocks(folder);
        for (int slot = 1; slot <= 2 * MANY; slot++) {
            rocks.store().write(1, slot, StateRows.puts("last=" + slot, key(slot) + "=x"));
            if (slot % MANY == 0) {
                rocks.store().flush(_ -> {});
                rocks.carryOut();
                rocks.hear();
            }
        }
        whole = rocks.copy();
    }

    @AfterEach
    void close() {
        rocks.close();
    }

    private static String key(int slot) {
        return "row-" + (100 + slot);
    }

    private static List<String> rows(int slots) {
        var rows = new ArrayList<String>();
        for (int slot = 1; slot <= slots; slot++) {
            rows.add(key(slot) + "=x");
        }
        rows.add("last=" + slots);
        return rows.stream().sorted().toList();
    }

    /// Reads all rows, each in both ways.
    private Found read(Path files) {
        StateStore store;
        try {
            store = rocks.open(files);
        } catch (CorruptException e) {
            assertThat(e.group()).isEmpty();
            return Found.CORRUPT_AT_OPENING;
        }
        try (store) {
            var scanned = scanned(store);
            var got = got(store);
            if (scanned == Found.CORRUPT_AT_READING || got == Found.CORRUPT_AT_READING) {
                return Found.CORRUPT_AT_READING;
            }
            assertThat(got).isEqualTo(scanned);
            return scanned;
        }
    }

    private static Found scanned(StateStore store) {
        try {
            return found(store.applied(1), StateRows.all(store, 1));
        } catch (CorruptException e) {
            return corrupt(e);
        }
    }

    private static Found got(StateStore store) {
        var rows = new ArrayList<String>();
        boolean corrupt = false;
        for (int slot = 0; slot <= 2 * MANY; slot++) {
            var key = slot == 0 ? "last" : key(slot);
            try {
                StateRows.get(store, 1, key).ifPresent(value -> rows.add(key + "=" + value));
            } catch (CorruptException e) {
                corrupt = corrupt(e) == Found.CORRUPT_AT_READING;
            }
        }
        return corrupt
                ? Found.CORRUPT_AT_READING
                : found(store.applied(1), rows.stream().sorted().toList());
    }

    private static Found corrupt(CorruptException e) {
        assertThat(e.group()).hasValue(1);
        assertThat(e.file()).matches(".*/\\d+\\.sst");
        return Found.CORRUPT_AT_READING;
    }

    private static Found found(long applied, List<String> rows) {
        assertThat(applied).isEqualTo(2 * MANY);
        assertThat(rows).isEqualTo(rows(2 * MANY));
        return Found.RIGHT;
    }

    /// A change to the bytes of a file.
    @FunctionalInterface
    private interface Change {
        byte[] of(byte[] bytes, int at);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << at % 8);
        return flipped;
    }

    /// Damages a file at each byte, and says how often what was found.
    private Map<Found, Integer> damaged(String what, Path file, int step, Change change) throws IOException {
        var bytes = Files.readAllBytes(file);
        var counts = new TreeMap<Found, Integer>();
        var copy = folder.resolve("damaged");
        for (int at = 0; at < bytes.length; at += step) {
            TestedRocks.copy(whole, copy);
            Files.write(copy.resolve(file.getFileName()), change.of(bytes, at));
            try {
                counts.merge(read(copy), 1, Integer::sum);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(file.getFileName() + " damaged at byte " + at + ": " + e, e);
            }
            TestedRocks.delete(copy);
        }
        System.out.printf(
                Locale.ROOT, "damage, %s of %s (%,d bytes): %s%n", what, file.getFileName(), bytes.length, counts);
        return counts;
    }

    private List<Path> tables() throws IOException {
        return TestedRocks.list(whole).stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .toList();
    }

    @Test
    void aFlippedBitOfATableIsNeverARowThatIsAbsent() throws IOException {
        assertThat(tables()).hasSize(2);
        // Every third byte, and of these one bit after the other, so that each field has its turn.
        var older = damaged("a bit", tables().getFirst(), 3, RocksDamageTest::flipped);
        damaged("a bit", tables().getLast(), 3, RocksDamageTest::flipped);

        assertThat(older).containsKeys(Found.CORRUPT_AT_READING, Found.CORRUPT_AT_OPENING);
    }

    @Test
    void aTableThatIsCutOffIsNeverARowThatIsAbsent() throws IOException {
        for (var table : tables()) {
            var counts = damaged("the end", table, 7, Arrays::copyOf);
            assertThat(counts).containsOnlyKeys(Found.CORRUPT_AT_OPENING);
        }
    }

    /// Also where RocksDB takes the rest for an end that was never written, or waits for ever.
    @Test
    void aFlippedBitOfTheListOfTablesIsCorrupt() throws IOException {
        var list = damaged("a bit", TestedRocks.only(whole, "MANIFEST"), 1, RocksDamageTest::flipped);
        var name = damaged("a bit", TestedRocks.only(whole, "CURRENT"), 1, RocksDamageTest::flipped);
        var mark = damaged("a bit", TestedRocks.only(whole, FlushMark.NAME), 1, RocksDamageTest::flipped);

        assertThat(list)
                .as("the last record only says what is needed no more")
                .hasEntrySatisfying(Found.RIGHT, right -> assertThat(right).isLessThan(5));
        assertThat(name).containsOnlyKeys(Found.CORRUPT_AT_OPENING);
        assertThat(mark).containsOnlyKeys(Found.CORRUPT_AT_OPENING);
    }

    /// The store heard that both flushes had ended, and only the last record says nothing of them.
    @Test
    void aListOfTablesThatIsCutOffIsNotAnOlderStore() throws IOException {
        var counts = damaged("the end", TestedRocks.only(whole, "MANIFEST"), 1, Arrays::copyOf);

        assertThat(counts.get(Found.CORRUPT_AT_OPENING)).isGreaterThan(200);
    }

    /// A flush that writes its table and then the list of tables, of which a power-off leaves any beginning.
    @Test
    void aFlushThatIsCutOffHappenedOrDidNot() throws IOException {
        var before = Files.readAllBytes(TestedRocks.only(whole, "MANIFEST"));
        var mark = Files.readAllBytes(whole.resolve(FlushMark.NAME));
        for (int slot = 2 * MANY + 1; slot <= 3 * MANY; slot++) {
            rocks.store().write(1, slot, StateRows.puts("last=" + slot, key(slot) + "=x"));
        }
        rocks.store().flush(_ -> {});
        rocks.carryOut();
        var flushed = rocks.copy();
        var manifest = TestedRocks.only(flushed, "MANIFEST");
        var after = Files.readAllBytes(manifest);
        assertThat(after).startsWith(before).hasSizeGreaterThan(before.length);
        int happened = 0;
        for (int length = before.length; length <= after.length; length++) {
            var copy = folder.resolve("cut-" + length);
            TestedRocks.copy(flushed, copy);
            Files.write(copy.resolve(manifest.getFileName()), Arrays.copyOf(after, length));
            Files.write(copy.resolve(FlushMark.NAME), mark);
            try (var left = rocks.open(copy)) {
                assertThat(left.applied(1)).isIn(2L * MANY, 3L * MANY);
                assertThat(StateRows.all(left, 1)).isEqualTo(rows((int) left.applied(1)));
                happened += left.applied(1) == 3 * MANY ? 1 : 0;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "damage, %,d ends of a flush: it happened in %,d%n",
                after.length - before.length + 1,
                happened);
        assertThat(happened).isPositive().isLessThan(after.length - before.length + 1);
    }

    /// What RocksDB needs for nothing may go: its own log, its diary, its options.
    @Test
    void aFileThatIsGoneIsNeverAnEmptyStore() throws IOException {
        for (var file : TestedRocks.list(whole)) {
            var name = file.getFileName().toString();
            var copy = rocks.copy();
            Files.delete(copy.resolve(name));
            var needed = name.endsWith(".sst")
                    || name.startsWith("MANIFEST")
                    || List.of("CURRENT", FlushMark.NAME).contains(name);

            assertThat(read(copy)).as(name).isEqualTo(needed ? Found.CORRUPT_AT_OPENING : Found.RIGHT);
        }
    }
}
