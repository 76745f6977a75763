package dev.scrubjay.bug;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts a process with patched classes that tries a check, and reads what it prints.
final class TrialProcess {
    private static final long END_SECONDS_MAX = 10;

    private final Path home;
    private final Scratch scratch;
    private final String classPath;

    /// Prepares trials of one bug.
    ///
    /// @param classes come before what is on our own class path
    TrialProcess(Path home, Scratch scratch, Path classes, String classPath) {
        this.home = home;
        this.scratch = scratch;
        this.classPath = classes + File.pathSeparator + classPath;
    }

    /// What it made of each seed, up to the first that found something. When this thread is interrupted, the
    /// process is ended first, and so is what it started.
    ///
    /// @param runs the name of a plan, or the file of a scenario
    List<Tried> run(String check, String runs, long first, long seeds) throws IOException, InterruptedException {
        var errors = scratch.path().resolve("errors.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // It lives for a second or two.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + scratch.path(),
                        "-cp",
                        classPath,
                        Trial.class.getName(),
                        scratch.path().toString(),
                        check,
                        Long.toString(first),
                        Long.toString(seeds),
                        home.resolve("specs").toAbsolutePath().toString(),
                        runs)
                .redirectError(errors.toFile())
                .start();
        var lines = new ArrayList<String>();
        // A reader of its own, because a blocked read cannot be interrupted and waiting for a process can.
        var reader = Thread.ofPlatform().name("read a trial").start(() -> {
            try (var output = process.inputReader()) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException _) {
                // It was ended; whoever ended it does not want to know.
            }
        });
        try {
            int exit = process.waitFor();
            reader.join();
            if (exit != 0) {
                throw new IllegalStateException("a trial ended with exit code " + exit + ": "
                        + Files.readString(errors).strip());
            }
        } finally {
            end(process);
        }
        return lines.stream().map(Tried::of).toList();
    }

    /// What it started ends by itself when it is gone, and writes no more into our folder after that.
    private static void end(Process process) {
        var started = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        for (var child : started) {
            child.onExit()
                    .completeOnTimeout(child, END_SECONDS_MAX, TimeUnit.SECONDS)
                    .join();
            child.destroyForcibly();
        }
    }
}
