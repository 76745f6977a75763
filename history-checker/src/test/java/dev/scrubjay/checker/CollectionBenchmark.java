package dev.scrubjay.checker;

import dev.scrubjay.object.Family;
import java.util.Arrays;
import java.util.List;

/// Prints how long the engines of collections take.
final class CollectionBenchmark {
    private static final int CLIENTS = 20;
    private static final int HELD = 500;
    private static final int RUNS = 3;

    private CollectionBenchmark() {}

    public static void main(String[] arguments) {
        var families = List.of(Family.QUEUE, Family.STACK, Family.PRIORITY_QUEUE, Family.SET, Family.LOG);
        System.out.println("engine          operations  lie at   declines    decides       steps  outcome");
        for (var family : families) {
            for (int operations : new int[] {10_000, 100_000, 1_000_000}) {
                for (int lie : new int[] {100, 90, 10}) {
                    time(family, operations, lie);
                }
            }
        }
    }

    private static void time(Family family, int operations, int lie) {
        var object = new TestCollection(family);
        var engine = object.engine();
        var history = new LongCollection(family, 7, CLIENTS, operations, HELD, lie).record();
        var part = Parts.of(object, history).getFirst();
        var declining = new long[RUNS];
        var deciding = new long[RUNS];
        var what = "";
        long steps = 0;
        for (int run = 0; run < RUNS; run++) {
            long begin = System.nanoTime();
            engine.declines(part).ifPresent(why -> {
                throw new IllegalStateException(why);
            });
            declining[run] = System.nanoTime() - begin;
            var budget = new Budget(Limits.standard());
            begin = System.nanoTime();
            var outcome = engine.decide(part, budget);
            deciding[run] = System.nanoTime() - begin;
            steps = budget.explored();
            what = outcome instanceof Outcome.Contradicted wrong
                    ? wrong.operations().size() + " operations contradict each other"
                    : outcome.getClass().getSimpleName();
        }
        System.out.printf(
                "%-14s %,11d %6d%% %7d ms %7d ms %,11d  %s%n",
                engine.name(), operations, lie, median(declining), median(deciding), steps, what);
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2] / 1_000_000;
    }
}
