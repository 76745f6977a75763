package dev.scrubjay.simulation;

import dev.scrubjay.world.Check;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Many runs, each of its own seed, on as many threads as there are cores. A run knows nothing of the others,
/// so their number and order change nothing about it.
public final class Campaign {
    /// What became of one seed.
    ///
    /// @param exercised how often what happened in it
    public record Result(long seed, SortedMap<String, Long> exercised, List<Finding> findings) {}

    /// Hears of each run that has ended.
    @FunctionalInterface
    public interface Watcher {
        void ended(long runs);
    }

    /// What a campaign has to bring about per run, on average, to prove anything. A third of what is usual or
    /// less, so that no luck of the seeds decides.
    private static final SortedMap<String, Double> LEAST = new TreeMap<>(Map.of(
            "operations answered", 300.0,
            "leader changes", 2.0,
            "power-offs", 3.0,
            "power-offs with loss", 0.5,
            "requests sent again", 50.0,
            "frames lost", 20.0,
            "frames repeated", 20.0,
            "frames cut off", 20.0));

    private Campaign() {}

    /// Runs these seeds. After a finding no further run begins.
    ///
    /// @param checks judge each run when it has ended
    /// @return one result for each run that ended, in the order of the seeds
    /// @throws InterruptedException when this thread is interrupted; runs that are under way are given up
    public static List<Result> run(
            List<Long> seeds, Plan plan, String build, List<Check> checks, int threads, Watcher watcher)
            throws InterruptedException {
        var ended = new AtomicLong();
        var found = new AtomicBoolean();
        var tasks = new ArrayList<Future<Optional<Result>>>();
        var executor = Executors.newFixedThreadPool(threads);
        try {
            for (long seed : seeds) {
                Callable<Optional<Result>> task = () -> {
                    if (found.get()) {
                        return Optional.empty();
                    }
                    var result = one(seed, plan, build, checks);
                    if (!result.findings().isEmpty()) {
                        found.set(true);
                    }
                    watcher.ended(ended.incrementAndGet());
                    return Optional.of(result);
                };
                tasks.add(executor.submit(task));
            }
            var results = new ArrayList<Result>();
            for (var task : tasks) {
                task.get().ifPresent(results::add);
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static Result one(long seed, Plan plan, String build, List<Check> checks) {
        Run run;
        try {
            run = Simulation.run(seed, plan, build);
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed + ": the simulated world itself failed", e);
        }
        var findings = new ArrayList<>(run.findings());
        checks.forEach(check -> findings.addAll(check.judge(run)));
        return new Result(seed, run.exercised(), findings);
    }

    /// What these runs brought about too rarely to prove anything; empty when nothing.
    public static List<String> exercisedTooLittle(List<Result> results) {
        var little = new ArrayList<String>();
        LEAST.forEach((what, least) -> {
            double each = results.stream()
                    .mapToLong(result -> result.exercised().getOrDefault(what, 0L))
                    .average()
                    .orElse(0);
            if (each < least) {
                little.add(String.format(Locale.ROOT, "%s: %.1f per run, at least %.1f wanted", what, each, least));
            }
        });
        return little;
    }
}
