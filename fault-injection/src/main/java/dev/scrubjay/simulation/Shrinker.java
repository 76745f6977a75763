package dev.scrubjay.simulation;

import dev.scrubjay.nemesis.Cast;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.scenario.Contract;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.scenario.Step;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.scenario.Tuning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// Makes a scenario that fails smaller, as long as it still fails: fewer faults, clients, keys, groups and
/// nodes, less time, rounder figures.
///
/// What is left out also changes how long messages take and what clients ask for. So a smaller scenario that
/// does not fail is tried with a few other seeds too. The same scenario comes out on every machine, however
/// many threads look for it.
public final class Shrinker {
    private static final int SEEDS = 3;
    private static final long[] ROUND = {1_000_000_000L, 500_000_000L, 100_000_000L, 10_000_000L, 1_000_000L};

    /// Hears how often it was tried, and how many faults are left.
    @FunctionalInterface
    public interface Watcher {
        void tried(int runs, int faults);
    }

    private final Predicate<Scenario> fails;
    private final int runsMax;
    private final int threads;
    private final Watcher watcher;
    private final ExecutorService executor;
    private Scenario best;
    private int runs;

    private Shrinker(Scenario scenario, Predicate<Scenario> fails, int runsMax, int threads, Watcher watcher) {
        this.best = scenario;
        this.fails = fails;
        this.runsMax = runsMax;
        this.threads = threads;
        this.watcher = watcher;
        this.executor = Executors.newFixedThreadPool(threads);
    }

    /// The smallest that was found.
    ///
    /// @param fails whether a scenario fails in the way that is looked for; may be asked by several threads
    /// @param runsMax how often it is asked at most
    /// @throws InterruptedException when this thread is interrupted; runs that are under way are given up
    public static Scenario shrink(
            Scenario scenario, Predicate<Scenario> fails, int runsMax, int threads, Watcher watcher)
            throws InterruptedException {
        var shrinker = new Shrinker(scenario, fails, runsMax, threads, watcher);
        try {
            shrinker.shrink();
        } finally {
            shrinker.executor.shutdownNow();
        }
        return shrinker.best;
    }

    private void shrink() throws InterruptedException {
        Scenario before;
        do {
            before = best;
            fewerSteps();
            while (takesOneOf(expectingLess())) {}
            while (takesOneOf(shorter())) {}
            while (takesOneOf(smaller())) {}
            while (takesOneOf(plainer())) {}
            while (takesOneOf(weaker())) {}
            while (takesOneOf(rounder())) {}
        } while (!best.equals(before) && runs < runsMax);
        var needed = best.with(best.steps().stream().map(this::needed).toList());
        // Of steps that have to come some may be too much for what is promised; left out, they are not.
        best = Contract.isKeptBy(needed) ? needed : best;
    }

    // ---------------------------------------------------------------- faults

    /// Leaves out half of the steps, then a quarter, and so on, down to one.
    private void fewerSteps() throws InterruptedException {
        for (int size = Math.max(1, best.steps().size() / 2); size >= 1; size /= 2) {
            while (takesOneOf(without(size))) {}
        }
    }

    private List<Scenario> without(int size) {
        var all = new ArrayList<Scenario>();
        for (int from = 0; from < best.steps().size(); from += size) {
            var left = new ArrayList<>(best.steps());
            left.subList(from, Math.min(left.size(), from + size)).clear();
            all.add(best.with(left));
        }
        return all;
    }

    /// Faults that strike fewer nodes, wait for nothing, or do not last.
    private List<Scenario> weaker() {
        var all = new ArrayList<Scenario>();
        for (int i = 0; i < best.steps().size(); i++) {
            var step = best.steps().get(i);
            if (step.fault() instanceof Fault.PowerOff(var cast) && cast.parts().size() > 1) {
                int fewer = cast.parts().size() - 1;
                all.add(with(
                        i, with(step, new Fault.PowerOff(new Cast(cast.parts().subList(0, fewer))))));
            }
            if (step.trigger() instanceof Trigger.While(var nanos, var _, var _)) {
                all.add(with(i, new Step(new Trigger.At(nanos), step.fault(), step.lastsNanos(), step.isOptional())));
            }
        }
        return all;
    }

    private static Step with(Step step, Fault fault) {
        return new Step(step.trigger(), fault, step.lastsNanos(), step.isOptional());
    }

    private Scenario with(int place, Step step) {
        var steps = new ArrayList<>(best.steps());
        steps.set(place, step);
        return best.with(steps);
    }

    /// Without it nothing fails; and of the others none is named by a number that goes round.
    private Step needed(Step step) {
        var trigger = step.trigger() instanceof Trigger.While(var nanos, var moment, var where)
                ? new Trigger.While(nanos, moment, plain(where))
                : step.trigger();
        var fault = step.fault()
                .with(cast -> new Cast(cast.parts().stream().map(this::plain).toList()));
        return new Step(trigger, fault, step.lastsNanos(), false);
    }

    private Who plain(Who who) {
        int others = best.nodes().size() - 1;
        return who instanceof Who.Other(var place) && others > 0 ? new Who.Other((place - 1) % others + 1) : who;
    }

    // ---------------------------------------------------------------- the rest

    /// Settings that are as usual, or at least round. How often states are compared decides how long a run
    /// takes.
    private List<Scenario> plainer() {
        var changed = new ArrayList<>(Tuning.changed(best.settings()));
        changed.removeAll(List.of("scrub.every", "scrub.patience"));
        var all = new ArrayList<Scenario>();
        var usual = best.settings();
        for (var name : changed) {
            usual = Tuning.reset(usual, name);
        }
        all.add(best.with(usual));
        changed.forEach(name -> all.add(best.with(Tuning.reset(best.settings(), name))));
        var round = best.settings();
        for (var name : Tuning.changed(best.settings())) {
            round = Tuning.round(round, name);
        }
        all.add(best.with(round));
        all.removeIf(each -> each.settings().equals(best.settings()));
        return all;
    }

    /// Without one of the expectations. One that the failure breaks stays, since nothing fails without it.
    private List<Scenario> expectingLess() {
        var all = new ArrayList<Scenario>();
        for (var expectation : best.expectations()) {
            var left = new LinkedHashSet<>(best.expectations());
            left.remove(expectation);
            all.add(best.expecting(left, best.promise()));
        }
        return all;
    }

    private List<Scenario> shorter() {
        var all = new ArrayList<>(cutOff());
        long first = best.steps().stream()
                .filter(step -> !(step.trigger() instanceof Trigger.When))
                .mapToLong(Shrinker::end)
                .min()
                .orElse(0);
        for (long earlier : new long[] {first - ROUND[0], first / 2, first / 4}) {
            if (earlier >= ROUND[0]) {
                var steps = best.steps().stream()
                        .map(step -> earlier(step, earlier / ROUND[0] * ROUND[0]))
                        .toList();
                all.add(best.with(steps));
            }
        }
        return all;
    }

    private static Step earlier(Step step, long nanos) {
        var trigger = switch (step.trigger()) {
            case Trigger.At(var at) -> new Trigger.At(at - nanos);
            case Trigger.While(var at, var moment, var where) -> new Trigger.While(at - nanos, moment, where);
            case Trigger.When when -> when;
        };
        return new Step(trigger, step.fault(), step.lastsNanos(), step.isOptional());
    }

    private List<Scenario> cutOff() {
        long last = best.steps().stream().mapToLong(Shrinker::end).max().orElse(0);
        var all = new ArrayList<Scenario>();
        for (long busy : new long[] {last + ROUND[0], best.busyNanos() / 2, best.busyNanos() * 3 / 4}) {
            if (busy > last && busy >= ROUND[0]) {
                all.add(best.lasting(rounded(busy, ROUND[0])));
            }
        }
        all.removeIf(each -> each.busyNanos() >= best.busyNanos());
        return all;
    }

    private static long end(Step step) {
        return switch (step.trigger()) {
            case Trigger.At(var nanos) -> nanos;
            case Trigger.While(var nanos, var _, var _) -> nanos;
            case Trigger.When _ -> 0;
        };
    }

    private static long rounded(long nanos, long unit) {
        return Math.max(unit, (nanos + unit / 2) / unit * unit);
    }

    private List<Scenario> smaller() {
        var all = new ArrayList<Scenario>();
        var load = best.workload();
        if (best.groups() > 1) {
            all.add(best.sized(best.nodes(), 1, load));
        }
        for (int clients : new int[] {1, load.clients() / 2, load.clients() - 1}) {
            if (clients >= 1 && clients < load.clients()) {
                all.add(best.sized(best.nodes(), best.groups(), load.sized(clients, load.keys())));
            }
        }
        for (int keys : new int[] {1, load.keys() / 2}) {
            if (keys >= 1 && keys < load.keys()) {
                all.add(best.sized(best.nodes(), best.groups(), load.sized(load.clients(), keys)));
            }
        }
        for (var node : best.nodes().reversed()) {
            var others =
                    best.nodes().stream().filter(other -> !other.equals(node)).toList();
            long voters = others.stream().filter(Place::votes).count();
            if (voters % 2 == 1
                    && others.stream().filter(Place::votes).anyMatch(Place::keepsState)
                    && areEnough(others)) {
                all.add(best.sized(others, best.groups(), load));
            }
        }
        var five = best.nodes().stream().filter(Place::votes).toList();
        if (five.size() == 5) {
            var three = new ArrayList<>(best.nodes());
            three.removeAll(five.subList(3, 5));
            if (areEnough(three)) {
                all.add(best.sized(three, best.groups(), load));
            }
        }
        return all;
    }

    /// Whether all nodes that steps name are among these, and a node of each zone that they name.
    private boolean areEnough(List<Place> left) {
        return best.steps().stream().allMatch(step -> {
            var parts = new ArrayList<>(step.fault().parts());
            if (step.trigger() instanceof Trigger.While(var _, var _, var where)) {
                parts.add(where);
            }
            return parts.stream().allMatch(part -> isAmong(left, part));
        });
    }

    private static boolean isAmong(List<Place> left, Who part) {
        return switch (part) {
            case Who.Leader(), Who.Other(var _), Who.LeaderZone() -> true;
            case Who.Named(var node) ->
                left.stream().anyMatch(place -> place.name().equals(node));
            case Who.Zone(var zone) ->
                left.stream().anyMatch(place -> place.site().zone().equals(zone));
        };
    }

    /// Times that are easier to read.
    private List<Scenario> rounder() {
        var all = new ArrayList<Scenario>();
        for (int i = 0; i < best.steps().size(); i++) {
            var step = best.steps().get(i);
            for (long unit : ROUND) {
                var trigger = switch (step.trigger()) {
                    case Trigger.At(var nanos) -> new Trigger.At(rounded(nanos, unit));
                    case Trigger.While(var nanos, var moment, var where) ->
                        new Trigger.While(rounded(nanos, unit), moment, where);
                    case Trigger.When when -> when;
                };
                long lasts = step.lastsNanos() == 0 ? 0 : rounded(step.lastsNanos(), unit);
                var round = new Step(trigger, step.fault(), lasts, step.isOptional());
                boolean isRound = isRound(step, unit);
                if (isRound) {
                    break;
                }
                all.add(with(i, round));
            }
        }
        return all;
    }

    private static boolean isRound(Step step, long unit) {
        return end(step) % unit == 0 && step.lastsNanos() % unit == 0;
    }

    // ---------------------------------------------------------------- trying

    /// Takes the first of these that fails.
    private boolean takesOneOf(List<Scenario> smaller) throws InterruptedException {
        var candidates = new ArrayList<Scenario>();
        // With other times, steps may strike several zones at once where only one may be struck.
        for (var each : smaller.stream().filter(Contract::isKeptBy).toList()) {
            for (int more = 0; more < SEEDS; more++) {
                candidates.add(each.with(each.seed() + more));
            }
        }
        for (int from = 0; from < candidates.size(); from += threads) {
            var some = candidates.subList(from, Math.min(candidates.size(), from + threads));
            if (runs + some.size() > runsMax) {
                return false;
            }
            var found = firstThatFails(some);
            watcher.tried(runs, best.steps().size());
            if (found.isPresent()) {
                best = found.get();
                return true;
            }
        }
        return false;
    }

    private Optional<Scenario> firstThatFails(List<Scenario> some) throws InterruptedException {
        var asked = new ArrayList<Future<Boolean>>();
        some.forEach(each -> asked.add(executor.submit(() -> fails.test(each))));
        runs += some.size();
        Optional<Scenario> first = Optional.empty();
        for (int i = 0; i < some.size(); i++) {
            try {
                if (asked.get(i).get() && first.isEmpty()) {
                    first = Optional.of(some.get(i));
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return first;
    }
}
