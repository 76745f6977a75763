package dev.scrubjay.specs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A process that runs TLC, from its start to its end, whichever comes first: its own or ours.
final class TlcProcess {
    /// The exit code after an interruption from a terminal, which reaches every process of the group.
    private static final int INTERRUPTED = 130;

    private TlcProcess() {}

    /// Runs to the end and gives the exit code. When this thread is interrupted the process is ended first.
    static int run(List<String> command, TlcOutput output, ModelChecker.Watcher watcher)
            throws IOException, InterruptedException {
        return run(command, OptionalInt.empty(), output, watcher).orElseThrow();
    }

    /// Runs to the end or to a limit, and gives the exit code if the end came first.
    static OptionalInt run(
            List<String> command, OptionalInt limitSeconds, TlcOutput output, ModelChecker.Watcher watcher)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // A reader of its own, because a blocked read cannot be interrupted and waiting for a process can.
        var fault = new AtomicReference<@Nullable Throwable>();
        var reader = Thread.ofPlatform().name("read TLC").start(() -> {
            try {
                read(process, output, watcher);
            } catch (Throwable e) { // Whatever it is, a line was not read, and that one may have mattered.
                fault.set(e);
                // With nobody to read it, TLC would wait for ever.
                process.destroyForcibly();
            }
        });
        try {
            if (limitSeconds.isPresent() && !process.waitFor(limitSeconds.getAsInt(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                reader.join();
                return OptionalInt.empty();
            }
            var exit = process.waitFor();
            reader.join();
            if (fault.get() != null) {
                throw new IllegalStateException("what TLC printed could not be read", fault.get());
            }
            if (exit == INTERRUPTED) {
                throw new InterruptedException("TLC was interrupted");
            }
            return OptionalInt.of(exit);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private static void read(Process process, TlcOutput output, ModelChecker.Watcher watcher) {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(TlcMain.PROGRESS)) {
                    var numbers = line.substring(TlcMain.PROGRESS.length()).split(" ", -1);
                    watcher.progress(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
                } else {
                    output.line(line);
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
