package dev.scrubjay.cli;

import dev.scrubjay.simulation.Tally;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long groups were without a leader that answers, after faults that took theirs away.
///
/// @param nanos in ascending order
record Failovers(List<Long> nanos) {
    static Failovers of(Tally tally) {
        return new Failovers(tally.failoverNanos().stream().sorted().toList());
    }

    /// So many of a thousand took no longer.
    private long within(int perMille) {
        return nanos.get((int) Math.min(nanos.size() - 1L, (long) nanos.size() * perMille / 1_000));
    }

    void print(PrintStream people) {
        if (!nanos.isEmpty()) {
            people.println();
            var table = new Table(
                    people,
                    List.of("failovers", "median", "90 of 100", "99 of 100", "longest"),
                    List.of("1,000,000", "10,000 ms", "10,000 ms", "10,000 ms", "10,000 ms"));
            table.row(List.of(
                    Words.number(nanos.size()),
                    time(within(500)),
                    time(within(900)),
                    time(within(990)),
                    time(nanos.getLast())));
        }
    }

    private static String time(long nanos) {
        return Words.number(Duration.ofNanos(nanos).toMillis()) + " ms";
    }

    /// The same for programs, in seconds of true time; nothing where nothing failed over.
    Optional<Map<String, Object>> facts() {
        if (nanos.isEmpty()) {
            return Optional.empty();
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("count", nanos.size());
        facts.put("median", seconds(within(500)));
        facts.put("p90", seconds(within(900)));
        facts.put("p99", seconds(within(990)));
        facts.put("longest", seconds(nanos.getLast()));
        return Optional.of(facts);
    }

    private static double seconds(long nanos) {
        return Duration.ofNanos(nanos).toMillis() / 1_000.0;
    }
}
