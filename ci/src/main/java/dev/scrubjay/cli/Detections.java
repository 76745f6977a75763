package dev.scrubjay.cli;

import dev.scrubjay.bug.BugResult;
import dev.scrubjay.bug.BugResult.Cell.Caught;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How long it took until the first of the checks that were tried caught a bug, each alone.
///
/// @param times of all bugs that were caught, the shortest first
record Detections(List<Duration> times) {
    static Detections of(List<BugResult> results) {
        return new Detections(results.stream()
                .flatMap(result -> fastest(result).stream())
                .sorted()
                .toList());
    }

    /// Controls are no checks of ours.
    private static Optional<Duration> fastest(BugResult result) {
        return result.cells().entrySet().stream()
                .filter(cell -> !cell.getKey().isControl())
                .flatMap(cell -> cell.getValue() instanceof Caught caught ? Stream.of(caught.time()) : Stream.of())
                .min(Duration::compareTo);
    }

    private Duration within(int perCent) {
        return times.get((int) Math.min(times.size() - 1L, (long) times.size() * perCent / 100));
    }

    void print(PrintStream people) {
        if (!times.isEmpty()) {
            people.println();
            people.println("time to detection, by the fastest check: median " + Words.time(within(50)) + ", 90 of 100 "
                    + Words.time(within(90)) + ", longest " + Words.time(times.getLast()) + " (of "
                    + Words.count(times.size(), "bug") + ")");
        }
    }

    /// The same for programs; nothing where nothing was caught.
    Optional<Map<String, Object>> facts() {
        if (times.isEmpty()) {
            return Optional.empty();
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("count", times.size());
        facts.put("median", seconds(within(50)));
        facts.put("p90", seconds(within(90)));
        facts.put("longest", seconds(times.getLast()));
        return Optional.of(facts);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }
}
