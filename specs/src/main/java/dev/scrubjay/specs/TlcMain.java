package dev.scrubjay.specs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import tlc2.TLC;
import tlc2.TLCGlobals;

/// The main class of the process that TLC runs in.
///
/// It watches its standard input, which the parent holds open and never writes to. The end of it means that
/// the parent is gone, however it went: then this process deletes the folder of the run and ends, so that not
/// even a killed parent leaves a TLC running or a file behind. TLC itself knows nothing of this and is
/// started with its usual arguments.
final class TlcMain {
    /// Starts a line that is ours among TLC's own.
    static final String PROGRESS = "@scrubjay ";

    private static final long PROGRESS_MILLIS = 500;
    private static final int DELETE_ATTEMPTS_MAX = 100;

    private TlcMain() {}

    /// Starts TLC under watch.
    ///
    /// @param arguments the folder of the run, then TLC's arguments
    public static void main(String[] arguments) throws Exception {
        daemon("watch the parent", () -> endWithParent(Path.of(arguments[0])));
        daemon("report progress", TlcMain::reportProgress);
        if (TraceIO.isWanted()) {
            // TLC ends the process itself when it is done, on every one of its ways.
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("write notes").unstarted(TlcMain::writeNotes));
        }
        TLC.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWithParent(Path folder) {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; only the end of the stream counts.
            }
            delete(folder);
        } catch (IOException _) {
            // Nobody is left to hear of it.
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /// TLC goes on writing meanwhile, and a file that appears in a folder keeps it from being deleted.
    private static void delete(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                RunFolder.delete(folder);
                return;
            } catch (IOException e) {
                if (attempt == DELETE_ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /// TLC reports once a minute, and the interval is compiled in.
    private static void reportProgress() {
        try {
            while (true) {
                Thread.sleep(PROGRESS_MILLIS);
                var checker = TLCGlobals.mainChecker;
                if (checker != null) {
                    System.out.println(
                            PROGRESS + checker.getDistinctStatesGenerated() + " " + checker.getStateQueueSize());
                }
            }
        } catch (InterruptedException | LinkageError _) {
            // Another TLC may have no such methods. It then runs without progress.
        }
    }

    /// Where this fails the notes are missing, which the parent takes for no verdict.
    private static void writeNotes() {
        try {
            TraceIO.writeExplained();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread.ofPlatform().name(name).daemon().start(task);
    }
}
