package dev.scrubjay.checker;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Does pieces of work in several threads, of which this one is the first.
final class Workers {
    private Workers() {}

    /// Does every piece once, in the given order as far as there are threads free. If one throws, no more are
    /// begun, and that is thrown here when all threads have ended.
    static void run(int threads, int[] pieces, IntConsumer work) {
        var next = new AtomicInteger();
        var thrown = new AtomicReference<@Nullable Throwable>();
        Runnable worker = () -> {
            try {
                for (int at = next.getAndIncrement(); at < pieces.length; at = next.getAndIncrement()) {
                    work.accept(pieces[at]);
                }
            } catch (RuntimeException | Error e) {
                next.set(pieces.length);
                thrown.compareAndSet(null, e);
            }
        };
        var others = new ArrayList<Thread>();
        for (int i = 1; i < threads; i++) {
            var other = new Thread(worker, "checker-" + i);
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        worker.run();
        others.forEach(Workers::join);
        rethrow(thrown.get());
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    /// The others end by themselves soon; to be interrupted meanwhile is not forgotten.
    private static void join(Thread thread) {
        var isInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
