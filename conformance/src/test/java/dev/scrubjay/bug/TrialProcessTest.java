package dev.scrubjay.bug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks alone, in a process of their own, on classes that were patched.
final class TrialProcessTest {
    private static final Path HOME = Path.of(System.getProperty("scrubjay.home"));
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final String SOURCES = "impl/src/main/java/dev/scrubjay/";

    @TempDir
    Path folder;

    @Test
    void classesThatAreAsTheyShouldBeAreNotCaught() throws Exception {
        var trial = trial("protocol/Replica.java", "final class Replica extends", "final  class Replica extends");

        assertThat(trial.run(Trial.CALM, "quick", 1, 1)).containsExactly(new Tried(1, false, ""));
        assertThat(trial.run("simulation", "quick", 3, 2))
                .containsExactly(new Tried(3, false, ""), new Tried(4, false, ""));
        assertThat(trial.run("history", "quick", 1, 1)).containsExactly(new Tried(1, false, ""));
        assertThat(trial.run("trace", "quick", 1, 1)).containsExactly(new Tried(1, false, ""));
    }

    @Test
    void aQuorumThatIsTooSmallIsCaughtByEachCheckAlone() throws Exception {
        var trial = trial("value/Members.java", "> voters.size();", "> 1;");

        assertThat(trial.run("simulation", "quick", 1, 5).getLast().text())
                .contains("Inv: ")
                .contains("virtual time");
        assertThat(trial.run("history", "quick", 1, 5).getLast().text()).startsWith("not linearizable: ");
        assertThat(trial.run("trace", "quick", 1, 5).getLast().text()).contains("no action explains it");
    }

    /// It is the simulation's to catch, and to the calm run it is the end.
    @Test
    void anExceptionOfThePatchedCodeIsCaughtAndNoFaultOfOurs() throws Exception {
        var trial =
                trial("protocol/Leadership.java", "votes.remove(slot);", "votes.remove(slot); waiting.get(-1L).id();");

        assertThat(trial.run("simulation", "quick", 1, 5)).singleElement().satisfies(tried -> {
            assertThat(tried.caught()).isTrue();
            assertThat(tried.text()).contains("NullPointerException: ");
        });
        assertThat(trial.run(Trial.CALM, "quick", 1, 1).getLast().caught()).isTrue();
        assertThat(trial.run("history", "quick", 1, 2)).noneMatch(Tried::caught);
    }

    @Test
    void aTrialThatCannotRunIsAFaultOfOursAndSaysWhy() throws Exception {
        var trial = new TrialProcess(HOME, new Scratch(folder), folder, CLASS_PATH);

        assertThatThrownBy(() -> trial.run("guessing", "quick", 1, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("NoSuchElementException");
    }

    /// A parent that is killed cannot clean up. All that a trial sees of it is the end of its input.
    @Test
    void aTrialEndsWithItsParentAndLeavesNoFiles() throws Exception {
        var scratch = Files.createDirectory(folder.resolve("scratch"));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        CLASS_PATH,
                        Trial.class.getName(),
                        scratch.toString(),
                        "simulation",
                        "1",
                        "1000000",
                        HOME.resolve("specs").toString(),
                        "quick")
                .start();
        try {
            process.getOutputStream().close();

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends").isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(scratch).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Compiles a class of the protocol with one change, which must apply.
    private TrialProcess trial(String file, String good, String bad) throws IOException {
        var text = Files.readString(HOME.resolve(SOURCES + file));
        assertThat(text).contains(good);
        var source = folder.resolve(file.substring(file.indexOf('/') + 1));
        Files.writeString(source, text.replace(good, bad));
        var classes = Files.createDirectories(folder.resolve("classes"));
        var compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-nowarn",
                        "-cp",
                        CLASS_PATH,
                        "-d",
                        classes.toString(),
                        source.toString()))
                .isEqualTo(0);
        return new TrialProcess(HOME, new Scratch(folder), classes, CLASS_PATH);
    }
}
