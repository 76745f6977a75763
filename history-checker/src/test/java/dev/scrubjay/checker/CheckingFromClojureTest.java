package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `scrubjay.checker` as a program in Clojure meets it, in a process of its own.
final class CheckingFromClojureTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    /// Its tests are in `acme/checking.clj`. That they ran is seen by what they print.
    @Test
    void aProgramInClojureHasItsHistoriesChecked() throws Exception {
        var ended = clojure(CLASS_PATH, "-e", "(set! *warn-on-reflection* true) (require 'acme.checking)");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ended.out())
                .containsPattern("Ran 12 tests containing \\d\\d assertions\\.\n0 failures, 0 errors\\.")
                .doesNotContain("Reflection warning, scrubjay/");
    }

    @Test
    void withoutJepsenThereIsOneLineThatSaysWhatToDo() throws Exception {
        var withoutTests = Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));

        var ended = clojure(
                withoutTests,
                "-e",
                "(require 'scrubjay.checker) (try (scrubjay.checker/linearizable {:object :register})"
                        + " (catch IllegalArgumentException e (println (ex-message e))))");

        assertThat(ended.out())
                .startsWith("linearizable makes a checker for Jepsen, which is not on the class path; put it there, "
                        + "or call check" + System.lineSeparator());
        assertThat(ended.exit()).isEqualTo(0);
    }

    private record Ended(int exit, String out) {}

    private static Ended clojure(String classPath, String... arguments) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-cp", classPath, "clojure.main"));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }
}
