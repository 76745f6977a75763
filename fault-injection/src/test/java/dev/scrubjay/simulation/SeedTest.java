package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A seed is a run, wherever it runs.
final class SeedTest {
    @Test
    void aSeedGivesTheSameBytesAgain() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(digest(seed)).isEqualTo(digest(seed));
        }
    }

    /// Another JVM: collections that shuffle themselves do so anew, hashes of identity are others, and so are
    /// language, time zone and encoding.
    @Test
    void aSeedGivesTheSameBytesInAnotherJvm() throws IOException, InterruptedException {
        var expected = new ArrayList<String>();
        for (long seed = 1; seed <= 3; seed++) {
            expected.add(digest(seed));
        }

        assertThat(elsewhere("-XX:hashCode=2", "-Duser.language=en", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8"))
                .isEqualTo(expected);
        assertThat(elsewhere("-XX:hashCode=3", "-Duser.language=ar", "-Duser.country=EG", "-Dfile.encoding=COMPAT"))
                .isEqualTo(expected);
    }

    private static String digest(long seed) throws IOException {
        return RunDigest.of(Simulation.run(seed, Plan.TRACE, "test"));
    }

    private static List<String> elsewhere(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockExperimentalVMOptions"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunDigest.class.getName(), "1", "2", "3"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    @Test
    void anotherSeedGivesAnotherRun() throws IOException {
        var digests = new ArrayList<String>();
        for (long seed = 1; seed <= 5; seed++) {
            digests.add(digest(seed));
        }
        assertThat(digests).doesNotHaveDuplicates();
    }

    /// Watching takes no part: what an unwatched run does is what the watched one does.
    @Test
    void watchingARunDoesNotChangeIt() throws IOException {
        assertThat(RunDigest.of(Simulation.runUnwatched(Swarm.draw(4, Plan.TRACE), "test")))
                .isEqualTo(digest(4));
    }
}
