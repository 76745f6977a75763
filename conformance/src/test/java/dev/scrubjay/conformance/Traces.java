package dev.scrubjay.conformance;

import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.specs.Tlc;
import dev.scrubjay.specs.TraceChecker;
import dev.scrubjay.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Traces for tests: of short simulated runs, whole and tampered with.
final class Traces {
    private static final long MILLI = 1_000_000;

    /// A run that TLC judges in a second, with everything in it.
    private static final Plan SHORT = new Plan(
            1, new Workload(2, 2, 60 * MILLI, 150 * MILLI, 1_000 * MILLI), 3_000 * MILLI, 500 * MILLI, 20_000 * MILLI);

    private Traces() {}

    static List<String> ofSeed(long seed) {
        return Simulation.run(seed, SHORT, "test").trace().get();
    }

    static List<Judged> judge(List<TraceFile> traces) throws IOException, InterruptedException {
        var checker = new TraceChecker(Tlc.bundled(), 2, Path.of(System.getProperty("java.io.tmpdir")));
        return new TraceConformance(Path.of(System.getProperty("scrubjay.home"), "specs"), checker)
                .judge(traces, (_, _) -> {});
    }

    static Judged judgeLines(List<String> lines) throws IOException, InterruptedException {
        return judge(List.of(TraceFile.of("trace", lines))).getFirst();
    }

    static String action(String line) {
        return between(line, "\"action\":\"", "\"");
    }

    static String replica(String line) {
        return between(line, "\"replica\":\"", "\"");
    }

    private static String between(String line, String before, String after) {
        int from = line.indexOf(before);
        if (from < 0) {
            return "";
        }
        from += before.length();
        return line.substring(from, line.indexOf(after, from));
    }

    /// Gives every replica's events the counts 1, 2, 3 again, and all events the orders 1, 2, 3, so that only
    /// the protocol can object to what was done to the trace.
    static List<String> renumbered(List<String> lines) {
        var counts = new HashMap<String, Integer>();
        var renumbered = new ArrayList<String>();
        int order = 0;
        for (var line : lines) {
            if (action(line).isEmpty()) {
                renumbered.add(line);
            } else {
                order++;
                int count = counts.merge(replica(line), 1, Integer::sum);
                renumbered.add(line.replaceFirst("\"count\":\\d+", "\"count\":" + count)
                        .replaceFirst("\"order\":\\d+", "\"order\":" + order));
            }
        }
        return renumbered;
    }
}
