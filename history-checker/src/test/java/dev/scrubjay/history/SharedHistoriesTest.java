package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Histories that others recorded, which are not part of this repository. `-Dscrubjay.histories=FOLDER` says
/// where they are: `.edn`, `.log` and `.txt` files, in folders of any depth.
@EnabledIfSystemProperty(named = "scrubjay.histories", matches = ".+")
final class SharedHistoriesTest {
    @TempDir
    Path folder;

    @Test
    void allAreReadAndStayWhatTheyAreWhenWritten() throws IOException {
        var files = files();

        assertThat(files).isNotEmpty();
        for (var file : files) {
            var history = Histories.read(file);
            assertThat(history.size()).as(file.toString()).isPositive();
            for (var name : List.of("again.edn", "again.jsonl.gz")) {
                Histories.write(history, folder.resolve(name));
                assertThat(Histories.read(folder.resolve(name)))
                        .as(file.toString())
                        .isEqualTo(history);
            }
        }
    }

    /// All of these files are plain, so that nobody needs Clojure for them.
    @Test
    void noneNeedsClojure() throws IOException {
        for (var file : files()) {
            assertThat(Histories.parse(Files.readString(file), file.toString(), ClassLoader.getPlatformClassLoader()))
                    .isEqualTo(Histories.read(file));
        }
    }

    private static List<Path> files() throws IOException {
        // From the same folder as everywhere, though each module's tests run in their own.
        var home = Path.of(System.getProperty("scrubjay.home"));
        try (var files = Files.walk(home.resolve(System.getProperty("scrubjay.histories")))) {
            return files.filter(file -> file.toString().matches(".*\\.(edn|log|txt)"))
                    .sorted()
                    .toList();
        }
    }
}
