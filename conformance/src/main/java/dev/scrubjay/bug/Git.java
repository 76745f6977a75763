package dev.scrubjay.bug;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Git, for what it does with patches outside any repository.
final class Git {
    /// How a command ended, and what it printed.
    record Ended(int exit, String output) {
        /// What it complains of, in one line.
        String firstLine() {
            return output.lines().findFirst().orElse("git ended with " + exit).replaceFirst("^(error|fatal): ", "");
        }
    }

    private Git() {}

    /// Changes the files in a folder as a patch says.
    static Ended apply(Patch patch, Path folder, String... options) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("apply", "--whitespace=nowarn"));
        words.addAll(List.of(options));
        words.add(patch.file().toAbsolutePath().toString());
        return run(folder, words);
    }

    static Ended run(Path folder, List<String> words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(words);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        // Neither a repository around the folder nor anybody's settings may change what a patch does.
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CEILING_DIRECTORIES", String.valueOf(folder.getParent()));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException _) {
            throw new InputException("there is no 'git' on the PATH; install git");
        }
        try (var output = process.inputReader()) {
            var text = output.readAllAsString();
            return new Ended(process.waitFor(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
