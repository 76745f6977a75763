package dev.scrubjay.history;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Random;

/// Measures how fast histories are written and read, and what one takes in memory.
///
/// `java -cp ... dev.scrubjay.history.ReadingBenchmark [OPERATIONS]`, on one core with `taskset -c 0`.
final class ReadingBenchmark {
    private static final int OPERATIONS = 1_000_000;
    private static final int CLIENTS = 10;
    private static final int ROUNDS = 7;

    private ReadingBenchmark() {}

    /// Prints the best of several rounds, for each format and kind of values.
    public static void main(String[] arguments) throws IOException {
        int operations = arguments.length == 0 ? OPERATIONS : Integer.parseInt(arguments[0]);
        System.out.printf(Locale.ROOT, "%-32s %10s %14s %14s%n", "file", "bytes", "written", "read");
        for (var isStore : new boolean[] {false, true}) {
            long before = used();
            var history = history(operations, isStore);
            long after = used();
            for (var ending : new String[] {".edn", ".jsonl", ".edn.gz", ".jsonl.gz"}) {
                measure(history, (isStore ? "key-value store" : "register") + ending);
            }
            System.out.printf(Locale.ROOT, "%,d operations in memory: %,d bytes%n", history.size(), after - before);
        }
    }

    private static void measure(History history, String name) throws IOException {
        var file = Files.createTempFile("history", name);
        try {
            long written = Long.MAX_VALUE;
            long read = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long begin = System.nanoTime();
                Histories.write(history, file);
                long middle = System.nanoTime();
                var again = Histories.read(file);
                long end = System.nanoTime();
                if (!again.equals(history)) {
                    throw new IllegalStateException("what was read is not what was written");
                }
                written = Math.min(written, middle - begin);
                read = Math.min(read, end - middle);
            }
            int events = history.events().size();
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %,10d %,12d/s %,12d/s%n",
                    name,
                    Files.size(file),
                    perSecond(events, written),
                    perSecond(events, read));
        } finally {
            Files.delete(file);
        }
    }

    private static long perSecond(int events, long nanos) {
        return events * 1_000_000_000L / nanos;
    }

    /// Clients that are always busy, on a register of five values or a store of twenty keys.
    private static History history(int operations, boolean isStore) {
        var random = new Random(1);
        var recorder = new Recorder();
        var open = new ArrayDeque<Integer>();
        var idle = new ArrayDeque<Integer>();
        for (int client = 0; client < CLIENTS; client++) {
            idle.add(client);
        }
        long time = 0;
        var processes = new int[2 * operations];
        for (int begun = 0; begun < operations || !open.isEmpty(); ) {
            time += random.nextInt(1_000);
            if (begun < operations && !idle.isEmpty() && random.nextBoolean()) {
                int process = idle.remove();
                int invocation =
                        isStore ? put(recorder, process, time, random) : write(recorder, process, time, random);
                processes[invocation] = process;
                open.add(invocation);
                begun++;
            } else if (!open.isEmpty()) {
                int invocation = open.remove();
                recorder.ok(
                        invocation,
                        time,
                        isStore ? Value.Mapping.of("outcome", Value.text("done")) : Value.number(random.nextInt(5)));
                idle.add(processes[invocation]);
            }
        }
        return recorder.history();
    }

    private static int write(Recorder recorder, int process, long time, Random random) {
        return recorder.invoke(process, time, random.nextBoolean() ? "read" : "write", Value.number(random.nextInt(5)));
    }

    private static int put(Recorder recorder, int process, long time, Random random) {
        var key = Value.text("key" + random.nextInt(20));
        return recorder.invoke(
                process,
                time,
                "put",
                Value.Mapping.of("key", key).with("value", Value.text("v" + random.nextInt(100))));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
