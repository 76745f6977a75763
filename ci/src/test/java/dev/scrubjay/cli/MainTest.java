package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as a whole: its exit codes, and what it leaves behind when somebody ends it while TLC runs.
final class MainTest {
    @TempDir
    Path scratch;

    private Path specs;
    private Path temporary;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void writeAModelThatNeverEnds() throws IOException {
        specs = Files.createDirectory(scratch.resolve("specs"));
        temporary = Files.createDirectory(scratch.resolve("temporary"));
        Files.writeString(specs.resolve("Endless.tla"), """
                ---- MODULE Endless ----
                EXTENDS Naturals
                VARIABLE count
                Init == count = 0
                Next == count' = count + 1
                ====
                """);
        Files.writeString(specs.resolve("Endless.cfg"), "INIT Init\nNEXT Next\n");
    }

    @AfterEach
    void endWhatIsLeft() {
        for (var process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void interruptedItEndsWith130AndLeavesNothingBehind() throws Exception {
        var process = startAndWaitForTlc();
        var tlc = process.descendants().toList();

        signal("INT", process);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(tlc).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(out.lines().reduce("", (_, line) -> line))
                .contains("\"verdict\":\"error\",\"exit\":130")
                .contains("interrupted; nothing is left behind");
    }

    /// Nobody can catch this one; TLC's own process has to notice.
    @Test
    void killedItStillLeavesNothingBehind() throws Exception {
        var process = startAndWaitForTlc();
        var tlc = process.descendants().toList();

        signal("KILL", process);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends").isTrue();
        for (var handle : tlc) {
            handle.onExit().get(1, TimeUnit.MINUTES);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    /// TLC dies of lack of memory, say: that is no verdict, and no fault of ours.
    @Test
    void withoutTlcTheAnswerStaysOpen() throws Exception {
        var process = startAndWaitForTlc();
        var tlc = process.descendants().toList();

        tlc.forEach(ProcessHandle::destroyForcibly);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"verdict\":\"undecided\"")
                .contains("TLC was ended from outside by signal 9");
        assertThat(temporary).isEmptyDirectory();
    }

    private Process startAndWaitForTlc() throws IOException {
        var process = new ProcessBuilder(
                        // Whoever starts the tests may have switched interruption off for all that they
                        // start.
                        "perl",
                        "-e",
                        "$SIG{INT} = 'DEFAULT'; exec @ARGV",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-D" + Terminal.ERR_PROPERTY + "=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "check-specs",
                        "--json",
                        "--dir",
                        specs.toString())
                .start();
        started.add(process);
        // On a terminal progress has no ends of lines.
        readUntil(process.errorReader(), "distinct states");
        assertThat(process.descendants()).as("TLC runs").isNotEmpty();
        assertThat(temporary).isNotEmptyDirectory();
        return process;
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isEqualTo(0);
    }

    private static void readUntil(Reader in, String wanted) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(wanted) < 0) {
            int next = in.read();
            assertThat(next).as("ended after: " + read).isNotNegative();
            read.append((char) next);
        }
    }
}
