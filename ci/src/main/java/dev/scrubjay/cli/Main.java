package dev.scrubjay.cli;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where the process begins and ends; the only place that touches the world it runs in.
public final class Main {
    /// The folder of the checkout, told by the launcher.
    static final String HOME_PROPERTY = "scrubjay.home";

    private static final long CLEAN_UP_SECONDS_MAX = 10;

    private Main() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.ofProcess(System.getenv());
        var home = Path.of(System.getProperty(HOME_PROPERTY, ""));
        var finished = new CountDownLatch(1);
        cleanUpWhenInterrupted(Thread.currentThread(), finished);
        System.exit(run(terminal, home, arguments, finished));
    }

    private static int run(Terminal terminal, Path home, String[] arguments, CountDownLatch finished) {
        try {
            return Scrubjay.commandLine(terminal, home).execute(arguments);
        } catch (Throwable fault) { // Errors too: an overflowed stack must not look like a finding.
            fault.printStackTrace(terminal.err());
            terminal.err().println("scrubjay: " + Version.fault(fault));
            return Exit.BROKEN.code();
        } finally {
            finished.countDown();
        }
    }

    /// A signal interrupts the thread that works, whose own `finally` blocks clean up, and the process ends
    /// after them. Java then ends with 130 for an interruption from the keyboard by itself.
    private static void cleanUpWhenInterrupted(Thread worker, CountDownLatch finished) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (finished.getCount() > 0) {
                worker.interrupt();
                try {
                    finished.await(CLEAN_UP_SECONDS_MAX, TimeUnit.SECONDS);
                } catch (InterruptedException _) {
                    // Nobody interrupts this thread, and if somebody did, there would be nothing left to wait
                    // for.
                }
            }
        }));
    }
}
