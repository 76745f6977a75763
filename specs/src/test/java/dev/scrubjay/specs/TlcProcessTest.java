package dev.scrubjay.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLC must not outlive whoever started it, however that one ends.
final class TlcProcessTest {
    private static final String ENDLESS = """
            ---- MODULE Endless ----
            EXTENDS Naturals
            VARIABLE count
            Init == count = 0
            Next == count' = count + 1
            ====
            """;

    @TempDir
    Path folder;

    @Test
    void anInterruptedCheckStopsTlcAndLeavesNoFiles() throws Exception {
        var specs = new Specs(Files.createDirectory(folder.resolve("specs")))
                .file("Endless.tla", ENDLESS)
                .file("Endless.cfg", "INIT Init\nNEXT Next\n");
        var model = SpecsFolder.open(specs.folder()).models().getFirst();
        var running = new CountDownLatch(1);
        var ended = new AtomicReference<Throwable>();
        var checker = Thread.ofPlatform().start(() -> {
            try {
                specs.checker(Tlc.bundled()).check(model, (distinctStates, waiting) -> running.countDown());
            } catch (Exception e) {
                ended.set(e);
            }
        });
        assertThat(running.await(1, TimeUnit.MINUTES))
                .as("TLC reports progress")
                .isTrue();
        var tlc = ProcessHandle.current().children().toList();
        assertThat(tlc).as("TLC runs").isNotEmpty();

        checker.interrupt();
        checker.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(tlc).noneMatch(ProcessHandle::isAlive);
        assertThat(specs.temporary()).isEmptyDirectory();
    }

    /// A parent that is killed cannot clean up. All that TLC's process sees of it is the end of its input.
    @Test
    void tlcEndsAndDeletesItsFilesWhenItsParentIsGone() throws Exception {
        var specs = new Specs(folder).file("Endless.tla", ENDLESS).file("Endless.cfg", "INIT Init\nNEXT Next\n");
        var run = Files.createDirectory(folder.resolve("run"));
        Files.createDirectories(run.resolve("states/deep"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Tlc.bundled().classPath(),
                TlcMain.class.getName(),
                run.toString(),
                "-metadir",
                run.resolve("states").toString(),
                "-config",
                specs.folder().resolve("Endless.cfg").toString(),
                specs.folder().resolve("Endless.tla").toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var lines = process.inputReader()) {
            assertThat(lines.lines().anyMatch(line -> line.startsWith(TlcMain.PROGRESS)))
                    .as("TLC runs")
                    .isTrue();

            process.getOutputStream().close();

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("TLC ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(run).doesNotExist();
    }

    @Test
    void aCheckWithoutRoomForItsFilesSaysSo() {
        assertThatThrownBy(() -> RunFolder.createIn(folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("TMPDIR");
    }

    /// What could not be read may have been the one line that mattered.
    @Test
    void aFaultWhileReadingIsNotLost() {
        var command = List.of("sh", "-c", "echo '" + TlcMain.PROGRESS + "7 of many'");

        assertThatThrownBy(() -> TlcProcess.run(
                        command, new TlcOutput(new ActionNames(model())), (distinctStates, waiting) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(NumberFormatException.class);
    }

    private Model model() throws IOException {
        var specs = new Specs(folder).file("Endless.tla", ENDLESS).file("Endless.cfg", "INIT Init\nNEXT Next\n");
        return SpecsFolder.open(specs.folder()).models().getFirst();
    }
}
