package dev.scrubjay.simulation;

import dev.scrubjay.scenario.Scenario;
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
import java.util.function.LongFunction;

/// Many runs, each of its own seed, on as many threads as there are cores. A run knows nothing of the others,
/// so their number and order change nothing about it.
public final class Campaign {
    /// What became of one seed.
    ///
    /// @param exercised how often what happened in it
    /// @param failoverNanos of each leader that a fault took away, how long it took until another one
    /// answered
    public record Result(
            long seed, SortedMap<String, Long> exercised, List<Long> failoverNanos, List<Finding> findings) {
        long count(String what) {
            return exercised.getOrDefault(what, 0L);
        }
    }

    /// Hears of each run that has ended.
    @FunctionalInterface
    public interface Watcher {
        void ended(long runs);
    }

    /// What clients have to do per run, on average, whatever goes wrong, or the campaign proves nothing. Half
    /// of what is usual or less, and most are a third, so that no luck of the seeds decides.
    static final SortedMap<String, Double> OF_CLIENTS = new TreeMap<>(Map.of(
            "operations answered", 300.0,
            "reads answered", 100.0,
            "eventual reads answered", 20.0,
            "sessions begun", 5.0));

    /// The same of what has to go wrong, and of what has to come of it.
    static final SortedMap<String, Double> OF_FAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("faults that overlap", 0.5),
            Map.entry("fault pause", 0.4),
            Map.entry("fault one-way link", 0.2),
            Map.entry("leader changes", 2.0),
            Map.entry("action HandOver", 0.5),
            Map.entry("action StepDown", 0.7),
            Map.entry("power-offs", 3.0),
            Map.entry("generations begun", 2.0),
            Map.entry("nodes joined", 0.3),
            Map.entry("power-offs with loss", 0.5),
            Map.entry("requests sent again", 100.0),
            Map.entry("writes sent again and answered", 8.0),
            Map.entry("sessions found ended", 0.5),
            Map.entry("frames lost", 20.0),
            Map.entry("frames repeated", 20.0),
            Map.entry("frames cut off", 20.0),
            Map.entry("replies cut off", 1.0)));

    /// What has to come of leaders that leave.
    static final SortedMap<String, Double> OF_LEAVING = new TreeMap<>(Map.of(
            "faults that overlap", 1.0,
            "leader changes", 3.0,
            "action HandOver", 3.0));

    /// What has to come of a pool of five nodes each of which is replaced.
    static final SortedMap<String, Double> OF_REPLACING = new TreeMap<>(Map.of(
            "nodes lost", 4.5,
            "nodes joined", 4.5,
            "generations begun", 8.0));

    private static final double FAULTS = 3;

    /// Where fewer than so many are wanted of all runs together, luck would decide, and nothing is wanted.
    private static final double ENOUGH_MIN = 20;

    /// Of so many runs each kind of fault has to come in one. The rarest, a ring, comes in one of ten.
    private static final int RUNS_THAT_SHOW_ALL = 100;

    private Campaign() {}

    /// Runs these seeds. After a finding no further run begins.
    ///
    /// @param scenarios what is run with a seed
    /// @param checks judge each run when it has ended
    /// When this thread is interrupted, runs that are under way are given up; it stays interrupted.
    ///
    /// @return one result for each run that ended, in the order of the seeds
    public static List<Result> run(
            List<Long> seeds,
            LongFunction<Scenario> scenarios,
            Build build,
            List<Check> checks,
            int threads,
            Watcher watcher) {
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
                    var result = one(scenarios.apply(seed), build, checks);
                    if (!result.findings().isEmpty()) {
                        found.set(true);
                    }
                    watcher.ended(ended.incrementAndGet());
                    return Optional.of(result);
                };
                tasks.add(executor.submit(task));
            }
            for (var task : tasks) {
                task.get();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
        return tasks.stream()
                .filter(task -> task.state() == Future.State.SUCCESS)
                .flatMap(task -> task.resultNow().stream())
                .toList();
    }

    private static Result one(Scenario scenario, Build build, List<Check> checks) {
        Run run;
        try {
            run = Simulation.run(scenario, build);
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + scenario.seed() + ": the simulated world itself failed", e);
        }
        return new Result(scenario.seed(), run.exercised(), run.failoverNanos(), findings(run, checks));
    }

    /// What was found in a run while it ran, and by these when it had ended.
    public static List<Finding> findings(Run run, List<Check> checks) {
        var findings = new ArrayList<>(run.findings());
        checks.forEach(check -> findings.addAll(check.judge(run)));
        return findings;
    }

    /// Makes a scenario in which something is found smaller, as long as something like that is found.
    ///
    /// @throws InterruptedException when this thread is interrupted; runs that are under way are given up
    public static Scenario shrink(
            Scenario scenario,
            Finding found,
            Build build,
            List<Check> checks,
            int runsMax,
            int threads,
            Shrinker.Watcher watcher)
            throws InterruptedException {
        return Shrinker.shrink(
                scenario,
                smaller ->
                        findings(Simulation.run(smaller, build), checks).stream().anyMatch(found::isLike),
                runsMax,
                threads,
                watcher);
    }

    /// What these runs brought about too rarely to prove anything; empty when nothing.
    public static List<String> exercisedTooLittle(Plan plan, List<Result> results) {
        var wanted = new TreeMap<>(OF_CLIENTS);
        if (plan.hasFaults()) {
            wanted.put("faults", FAULTS);
        }
        if (plan.hasFaults()) {
            wanted.putAll(
                    switch (plan.mix()) {
                        case WITHIN, BRIEF, OUTSIDE, LYING -> OF_FAULTS;
                        case ROLLING -> OF_LEAVING;
                        case REPLACING -> OF_REPLACING;
                        case GRAY -> Map.<String, Double>of();
                    });
        }
        if (!plan.losses()) {
            wanted.remove("power-offs with loss");
        }
        var little = new ArrayList<String>();
        wanted.forEach((what, least) -> {
            long count =
                    results.stream().mapToLong(result -> result.count(what)).sum();
            double enough = least * results.size();
            if (enough >= ENOUGH_MIN && count < enough) {
                double each = (double) count / results.size();
                little.add(String.format(Locale.ROOT, "%s: %.1f per run, at least %.1f wanted", what, each, least));
            }
        });
        if (plan.hasFaults() && results.size() >= RUNS_THAT_SHOW_ALL) {
            plan.mix().words().stream()
                    .filter(word -> results.stream().noneMatch(result -> result.count(word) > 0))
                    .forEach(word -> little.add(word + ": never"));
        }
        return little;
    }
}
