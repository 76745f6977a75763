package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs TLC on one model, in a process of its own, and says what came of it.
public final class ModelChecker {
    /// Hears how far a run has got.
    @FunctionalInterface
    public interface Watcher {
        void progress(long distinctStates, long waiting);
    }

    private static final Duration QUICK = Duration.ofMinutes(1);

    private final Tlc tlc;
    private final int workers;
    private final Path temporary;

    /// Makes a checker that keeps nothing between two runs.
    ///
    /// @param workers how many threads TLC may use
    /// @param temporary where each run makes a folder for its files
    public ModelChecker(Tlc tlc, int workers, Path temporary) {
        this.tlc = tlc;
        this.workers = workers;
        this.temporary = temporary;
    }

    /// Runs TLC to its end; its files are gone afterwards, however it ended.
    ///
    /// Several workers race each other to a counterexample, so it may come out longer than it has to be, and
    /// different each time. If it came quickly, a single worker looks for it once more: it finds a shortest
    /// one, and always the same.
    ///
    /// @throws InterruptedException when this thread is interrupted; TLC is stopped first
    public ModelResult check(Model model, Watcher watcher) throws IOException, InterruptedException {
        var result = check(model, workersFor(model), watcher);
        if (workersFor(model) > 1
                && result.counterexample().isPresent()
                && result.time().compareTo(QUICK) < 0) {
            var again = check(model, 1, watcher);
            return again.counterexample().isPresent() ? again : result;
        }
        return result;
    }

    private ModelResult check(Model model, int workers, Watcher watcher) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        try (var folder = RunFolder.createIn(temporary)) {
            if (!model.reach().isEmpty()) {
                ReachModule.write(model, folder.path());
            }
            var output = new TlcOutput(new ActionNames(model));
            var command = command(model, folder.path()).words(tlc, workers, folder.path());
            var exit = TlcProcess.run(command, model.limitSeconds(), output, watcher);
            var outcome = exit.isPresent()
                    ? withStates(model, TlcExit.outcome(model, exit.getAsInt(), output), output)
                    : new Outcome.Undecided("not done after "
                            + model.limitSeconds().getAsInt()
                            + " s, the limitSeconds of this model; make its bounds smaller, or the limit larger");
            var complete = outcome instanceof Outcome.Completed;
            var unreached = new ArrayList<>(model.reach());
            unreached.removeAll(output.reached());
            return new ModelResult(
                    model,
                    outcome,
                    output.distinctStates(),
                    complete ? output.neverTaken() : List.of(),
                    complete ? unreached : List.of(),
                    Duration.ofNanos(System.nanoTime() - begin),
                    output.version());
        }
    }

    /// Several workers share the seed of a simulation differently each time.
    private int workersFor(Model model) {
        return switch (model.mode()) {
            case Mode.Exhaustive() -> workers;
            case Mode.Simulation _ -> 1;
        };
    }

    private static List<String> options(Model model) {
        return switch (model.mode()) {
            case Mode.Exhaustive() ->
                // Counts how often each action was taken, and takes up to twice the time.
                model.leavesOut().isPresent() ? List.of("-coverage", "60") : List.of();
            case Mode.Simulation(int behaviours, int depth, long seed) ->
                List.of(
                        "-simulate",
                        "num=" + behaviours,
                        "-depth",
                        Integer.toString(depth),
                        "-seed",
                        Long.toString(seed));
        };
    }

    private static TlcCommand command(Model model, Path folder) {
        var reach = !model.reach().isEmpty();
        return new TlcCommand(
                reach ? folder.resolve(ReachModule.NAME + ".tla") : model.module(),
                reach ? folder.resolve(ReachModule.NAME + ".cfg") : model.config(),
                List.of(model.module().toAbsolutePath().resolveSibling(""), model.folder()),
                List.of(),
                options(model));
    }

    /// A model without a first state has nothing to break, and would always hold.
    private static Outcome withStates(Model model, Outcome outcome, TlcOutput output) {
        return outcome instanceof Outcome.Completed && output.distinctStates() == 0 && output.generatedStates() == 0
                ? new Outcome.Unreadable(model.module() + ": there is no first state; look at the initial predicate")
                : outcome;
    }
}
