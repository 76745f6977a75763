package dev.scrubjay.checker;

import dev.scrubjay.checker.Generated.Wrong;
import dev.scrubjay.history.History;
import dev.scrubjay.object.Independent;
import dev.scrubjay.object.Register;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Times the checker on generated histories of a register: the first run in this process, and the median of
/// the following ones.
public final class CheckingBenchmark {
    private static final long LIMIT_NANOS = 60_000_000_000L;

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
        out.printf(Locale.ROOT, "%-38s %10s %10s  %-16s %s%n", "case", "first", "median", "verdict", "engine");
        for (var each : cases()) {
            if (each.name().contains(wanted)) {
                run(each, engine, runs, out);
            }
        }
    }

    private static void run(Case each, String engine, int runs, PrintStream out) {
        var history = each.history().record();
        var times = new double[runs];
        var engines = new TreeSet<String>();
        var word = "";
        for (int i = 0; i < runs; i++) {
            long begin = System.nanoTime();
            var judgement = judge(each, history, engine);
            times[i] = (System.nanoTime() - begin) / 1e6;
            judgement.parts().forEach(part -> engines.add(part.engine()));
            word = word(each, judgement.verdict());
        }
        double first = times[0];
        Arrays.sort(times);
        out.printf(
                Locale.ROOT,
                "%-38s %8.1fms %8.1fms  %-16s %s%n",
                each.name(),
                first,
                times[runs / 2],
                word,
                String.join(", ", engines));
    }

    private static Judgement judge(Case each, History history, String engine) {
        long end = System.nanoTime() + LIMIT_NANOS;
        var object = each.history().keys() == 1 ? new Register() : new Independent<>(new Register());
        var checker = new Checker(object, Limits.standard().until(() -> System.nanoTime() > end));
        return (engine.equals("auto") ? checker : checker.with(engine)).judge(history);
    }

    /// What is planted must be found, and nothing else.
    private static String word(Case each, Verdict verdict) {
        var isRight = each.history().wrong() == Wrong.NOTHING;
        return switch (verdict) {
            case Verdict.Linearizable fine -> isRight ? "linearizable" : "WRONG: linearizable";
            case Verdict.NotLinearizable refusal -> isRight ? "WRONG: not" : "not linearizable";
            case Verdict.Unknown unknown -> "unknown";
        };
    }

    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        add(cases, 5, 100_000, 5, Wrong.NOTHING);
        add(cases, 5, 1_000_000, 5, Wrong.NOTHING, Wrong.EPOCH);
        cases.add(new Case(
                "n=100, 10,000, 20 keys, unique", new Generated(5, 100, 10_000, 0, 0, Wrong.NOTHING, 20, 50, 40)));
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
        for (var wrong : new Wrong[] {Wrong.NOTHING, Wrong.NEVER_WRITTEN, Wrong.EPOCH}) {
            for (int clients : new int[] {20, 30}) {
                cases.add(new Case(
                        "n=" + clients + ", 10,000, swaps, 5 values, " + wrong,
                        new Generated(clients + 10_000L, clients, 10_000, 5, 0, wrong, 1, 30, 0)));
            }
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
