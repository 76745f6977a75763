package dev.scrubjay.simulation;

import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.world.Cell;
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
import java.util.stream.LongStream;

/// Many runs, each of its own seed, on as many threads as there are cores. A run knows nothing of those that
/// go on beside it, so their order changes nothing about it; what it aims at was settled before its round
/// began.
public final class Campaign {
    /// What became of one seed.
    ///
    /// @param exercised how often what happened in it
    /// @param covered how often which fault met which action in flight
    /// @param failoverNanos of each leader that a fault took away, how long it took until another one
    /// answered
    public record Result(
            long seed,
            SortedMap<String, Long> exercised,
            SortedMap<Cell, Long> covered,
            List<Long> failoverNanos,
            List<Finding> findings) {
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

    /// Of so few runs the one in the middle says nothing.
    private static final int RUNS_WITH_A_MEDIAN = 20;

    private static final long MEDIAN_OPERATIONS = 1_000;
    private static final long MEDIAN_FAULTS = 5;

    /// After so many runs it is looked at what is still open.
    private static final long ROUND = 50;

    private Campaign() {}

    /// Runs these seeds. When this thread is interrupted, runs that are under way are given up; it stays
    /// interrupted.
    ///
    /// @param scenarios what is run with a seed
    /// @param checks judge each run when it has ended
    /// @param goesOn whether runs begin after something was found
    /// @return one result for each run that ended, in the order of the seeds
    public static List<Result> run(
            List<Long> seeds,
            LongFunction<Scenario> scenarios,
            Build build,
            List<Check> checks,
            int threads,
            boolean goesOn,
            Watcher watcher) {
        var ended = new AtomicLong();
        var found = new AtomicBoolean();
        var tasks = new ArrayList<Future<Optional<Result>>>();
        var executor = Executors.newFixedThreadPool(threads);
        try {
            for (long seed : seeds) {
                Callable<Optional<Result>> task = () -> {
                    if (found.get() && !goesOn) {
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
        return new Result(scenario.seed(), run.exercised(), run.covered(), run.failoverNanos(), findings(run, checks));
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
                smaller -> findings(Simulation.run(smaller, build), checks).stream()
                        .anyMatch(found::isLike),
                runsMax,
                threads,
                watcher);
    }

    /// What a campaign is about.
    ///
    /// @param scenarios what is run with a seed, but for what is aimed at
    /// @param steered whether runs aim at what did not happen in those before; then by this plan
    public record Order(
            long first,
            long last,
            LongFunction<Scenario> scenarios,
            Optional<Plan> steered,
            Build build,
            List<Check> checks,
            int threads,
            boolean goesOn) {}

    /// Hears how a campaign goes on.
    public interface Listener {
        /// So many of its runs have ended, those of an earlier time with them.
        void ended(long runs);

        /// A whole round has, and all before it: from here the campaign can go on as the same. Called on the
        /// thread that asked for the campaign.
        void saved(Tally tally);
    }

    /// Runs a campaign in rounds: what a round aims at is what those before it left open, whatever the order
    /// in which runs end. So it is the same campaign on every machine, and one that was interrupted goes on
    /// as the same.
    ///
    /// When this thread is interrupted, it ends with the runs that have ended; it stays interrupted.
    ///
    /// @param tally what its first runs have come to; goes on after them
    public static void run(Order order, Tally tally, Listener listener) {
        boolean isStopped = tally.bad() > 0 && !order.goesOn();
        while (!isStopped && order.first() + tally.runs() <= order.last()) {
            int before = tally.runs();
            long from = order.first() + before;
            long to = Math.min(order.last(), from + ROUND - 1);
            var seeds = LongStream.rangeClosed(from, to).boxed().toList();
            var aims = aims(order, tally, seeds);
            var results = run(
                    seeds,
                    seed -> scenario(order, tally, seed, aims),
                    order.build(),
                    order.checks(),
                    order.threads(),
                    order.goesOn(),
                    runs -> listener.ended(before + runs));
            // Before any of them is added: what a run aims at depends on those of earlier rounds alone.
            var texts = results.stream()
                    .map(result -> text(order, tally, result, aims))
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                tally.add(results.get(i), texts.get(i));
            }
            boolean isWhole = results.size() == seeds.size();
            isStopped = !isWhole || (tally.bad() > 0 && !order.goesOn());
            if (isWhole && seeds.size() == ROUND) {
                aims.values().forEach(tally::aim);
                listener.saved(tally);
            }
        }
    }

    /// The first round aims at nothing: what comes by itself need not be aimed at.
    private static Map<Long, List<Cell>> aims(Order order, Tally tally, List<Long> seeds) {
        var aims = new TreeMap<Long, List<Cell>>();
        if (order.steered().isPresent() && tally.runs() > 0) {
            var each = Steering.aims(order.steered().get(), tally, seeds.size());
            for (int i = 0; i < seeds.size(); i++) {
                aims.put(seeds.get(i), each.get(i));
            }
        }
        return aims;
    }

    private static Scenario scenario(Order order, Tally tally, long seed, Map<Long, List<Cell>> aims) {
        var drawn = order.scenarios().apply(seed);
        var own = aims.getOrDefault(seed, List.of());
        return own.isEmpty() ? drawn : Swarm.aimed(drawn, order.steered().orElseThrow(), own, tally);
    }

    private static Optional<String> text(Order order, Tally tally, Result result, Map<Long, List<Cell>> aims) {
        return result.findings().isEmpty()
                        || aims.getOrDefault(result.seed(), List.of()).isEmpty()
                ? Optional.empty()
                : Optional.of(ScenarioForm.write(scenario(order, tally, result.seed(), aims)));
    }

    /// All that faults of a plan could meet.
    public static List<Cell> cells(Plan plan) {
        return Steering.cells(plan);
    }

    /// What these runs brought about too rarely to prove anything; empty when nothing.
    public static List<String> exercisedTooLittle(Plan plan, Tally tally) {
        var wanted = new TreeMap<>(OF_CLIENTS);
        if (plan.hasFaults()) {
            wanted.put("faults", FAULTS);
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
            double enough = least * tally.runs();
            if (enough >= ENOUGH_MIN && tally.count(what) < enough) {
                little.add(String.format(
                        Locale.ROOT, "%s: %.1f per run, at least %.1f wanted", what, tally.each(what), least));
            }
        });
        if (plan.hasFaults() && tally.runs() >= RUNS_THAT_SHOW_ALL) {
            plan.words().stream().filter(word -> tally.count(word) == 0).forEach(word -> little.add(word + ": never"));
        }
        if (tally.runs() >= RUNS_WITH_A_MEDIAN) {
            little.addAll(tooSmall(plan, tally.median()));
        }
        return little;
    }

    /// Many runs in which next to nothing happened do not make up for it.
    private static List<String> tooSmall(Plan plan, Tally.Size median) {
        var small = new ArrayList<String>();
        if (median.operations() < MEDIAN_OPERATIONS) {
            small.add("operations: " + median.operations() + " in the median run, at least " + MEDIAN_OPERATIONS
                    + " wanted");
        }
        if (plan.hasFaults() && median.faults() < MEDIAN_FAULTS) {
            small.add("faults: " + median.faults() + " in the median run, at least " + MEDIAN_FAULTS + " wanted");
        }
        if (plan.hasFaults() && plan.mix() != Mix.GRAY && median.leaderChanges() < 1) {
            small.add("leader changes: none in the median run");
        }
        return small;
    }
}
