package dev.scrubjay.checker;

import dev.scrubjay.checker.Generated.Wrong;
import dev.scrubjay.history.History;
import dev.scrubjay.object.Register;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Times the checker on generated histories of a register: the first run in this process, and the median of
/// the following ones.
public final class CheckingBenchmark {
    private record Case(String name, Generated history) {}

    private CheckingBenchmark() {}

    /// Runs the cases.
    ///
    /// @param arguments how many runs of each, then what the names of the cases must contain, then the engine
    public static void main(String[] arguments) {
        int runs = Integer.parseInt(arguments[0]);
        var wanted = arguments.length > 1 ? arguments[1] : "";
        var engine = arguments.length > 2 ? arguments[2] : "auto";
        @SuppressWarnings("DefaultCharset")
        var out = new PrintStream(System.out, true);
        out.printf(Locale.ROOT, "%-44s %10s %10s %8s  %s%n", "case", "first", "median", "MB", "verdict");
        for (var each : cases()) {
            if (each.name().contains(wanted)) {
                run(each, engine, runs, out);
            }
        }
    }

    private static void run(Case each, String engine, int runs, PrintStream out) {
        var history = each.history().record();
        var times = new double[runs];
        var verdict = "";
        for (int i = 0; i < runs; i++) {
            long begin = System.nanoTime();
            verdict = verdict(history, engine);
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        double first = times[0];
        Arrays.sort(times);
        out.printf(
                Locale.ROOT,
                "%-44s %8.1fms %8.1fms %8d  %s%n",
                each.name(),
                first,
                times[runs / 2],
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
                verdict);
    }

    private static String verdict(History history, String engine) {
        long end = System.nanoTime() + 60_000_000_000L;
        var checker = new Checker(new Register(), Limits.standard().until(() -> System.nanoTime() > end));
        var text = (engine.equals("auto") ? checker : checker.with(engine))
                .check(history)
                .text();
        return text.substring(0, Math.min(60, text.length()));
    }

    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        add(cases, 5, 100_000, 5, Wrong.NOTHING);
        add(cases, 5, 1_000_000, 5, Wrong.NOTHING, Wrong.EPOCH);
        add(cases, 10, 100_000, 5, Wrong.NOTHING, Wrong.NEVER_WRITTEN, Wrong.EPOCH);
        add(cases, 10, 1_000_000, 5, Wrong.NOTHING);
        add(cases, 10, 1_000_000, 0, Wrong.NOTHING, Wrong.STALE);
        for (int operations : new int[] {1_000, 10_000, 100_000}) {
            add(cases, 20, operations, 5, Wrong.NOTHING, Wrong.NEVER_WRITTEN, Wrong.EPOCH, Wrong.TWICE_SWAPPED);
            add(cases, 20, operations, 0, Wrong.NOTHING, Wrong.STALE, Wrong.TWICE_SWAPPED);
        }
        for (int clients : new int[] {30, 50}) {
            add(
                    cases,
                    clients,
                    1_000,
                    5,
                    Wrong.NOTHING,
                    Wrong.NEVER_WRITTEN,
                    Wrong.EPOCH,
                    Wrong.TWICE_SWAPPED,
                    Wrong.RELAPSE);
            add(cases, clients, 1_000, 0, Wrong.NOTHING, Wrong.STALE, Wrong.RELAPSE);
        }
        for (int lost : new int[] {5, 10, 15, 20, 30}) {
            for (int values : new int[] {5, 0}) {
                for (var wrong : new Wrong[] {Wrong.NOTHING, Wrong.NEVER_WRITTEN, Wrong.RELAPSE}) {
                    cases.add(new Case(
                            lost + " lost, " + values(values) + ", " + wrong, Generated.lossy(lost, values, wrong)));
                }
            }
        }
        return cases;
    }

    private static void add(List<Case> cases, int clients, int operations, int values, Wrong... wrongs) {
        for (var wrong : wrongs) {
            cases.add(new Case(
                    String.format(Locale.ROOT, "n=%d, %,d, %s, %s", clients, operations, values(values), wrong),
                    Generated.register(clients, operations, values, wrong)));
        }
    }

    private static String values(int values) {
        return values == 0 ? "unique" : values + " values";
    }
}
