package dev.scrubjay.specs;

import java.io.File;
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

    // How TLC ends (its class EC.ExitStatus). Others are codes of the operating system.
    private static final int COMPLETED = 0;
    private static final int ASSUMPTION = 10;
    private static final int DEADLOCK = 11;
    private static final int SAFETY = 12;
    private static final int LIVENESS = 13;
    private static final int ASSERTION = 14;
    private static final int EVALUATION_FIRST = 75;
    private static final int EVALUATION_LAST = 77;
    private static final int PARSING = 150;
    private static final int CONFIGURATION = 151;
    private static final int TOO_LARGE = 152;
    private static final int SYSTEM = 153;
    private static final int OTHER = 255;
    private static final int INTERRUPTED = 130;

    // What TLC says when it ends with OTHER (its class EC).
    private static final int OUT_OF_MEMORY = 1001;
    private static final int CONFIGURATION_FIRST = 5001;
    private static final int CONFIGURATION_LAST = 5999;

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
        var result = check(model, workers, watcher);
        if (workers > 1 && result.counterexample().isPresent() && result.time().compareTo(QUICK) < 0) {
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
            int exit = TlcProcess.run(command(model, workers, folder.path()), output, watcher);
            if (exit == INTERRUPTED) {
                throw new InterruptedException("TLC was interrupted");
            }
            var outcome = outcome(model, exit, output);
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

    private List<String> command(Model model, int workers, Path folder) {
        var reach = !model.reach().isEmpty();
        var module = reach
                ? folder.resolve(ReachModule.NAME + ".tla")
                : model.module().toAbsolutePath();
        var config = reach
                ? folder.resolve(ReachModule.NAME + ".cfg")
                : model.config().toAbsolutePath();
        var library = model.module().toAbsolutePath().getParent()
                + File.pathSeparator
                + model.folder().toAbsolutePath();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-XX:MaxRAMPercentage=50",
                // TLC evaluates recursively, and a deep value overflows the default stack.
                "-Xss16m",
                "-Djava.io.tmpdir=" + folder,
                "-DTLA-Library=" + library,
                "-Duser.language=en",
                "-cp",
                tlc.classPath(),
                TlcMain.class.getName(),
                folder.toString(),
                "-tool",
                "-workers",
                Integer.toString(workers),
                // The same fingerprints in each run, so that the same counterexample comes again.
                "-fp",
                "0",
                "-checkpoint",
                "0",
                "-metadir",
                folder.resolve("states").toString(),
                "-config",
                config.toString()));
        if (model.leavesOut().isPresent()) {
            // Counts how often each action was taken, and takes up to twice the time.
            command.addAll(List.of("-coverage", "60"));
        }
        command.add(module.toString());
        return command;
    }

    static Outcome outcome(Model model, int exit, TlcOutput output) {
        var diagnosis = new Diagnosis(model, output);
        return switch (exit) {
            case COMPLETED -> completed(model, output);
            case ASSUMPTION -> violated(Outcome.Kind.ASSUMPTION, output, diagnosis.firstError());
            case DEADLOCK -> violated(Outcome.Kind.DEADLOCK, output, "deadlock: a state that nothing can follow");
            case SAFETY ->
                violated(Outcome.Kind.INVARIANT, output, "invariant " + output.violated() + " does not hold");
            case LIVENESS -> property(model, output);
            case ASSERTION -> violated(Outcome.Kind.ASSERTION, output, diagnosis.firstError());
            case PARSING -> new Outcome.Unreadable(diagnosis.ofSpecification());
            case CONFIGURATION -> new Outcome.Unreadable(diagnosis.ofConfiguration());
            case TOO_LARGE, SYSTEM -> new Outcome.Undecided(diagnosis.firstError());
            default -> other(exit, output, diagnosis);
        };
    }

    /// TLC may only have looked at everything if it also said how much that was: what is not counted cannot
    /// differ.
    private static Outcome completed(Model model, TlcOutput output) {
        if (!output.completed()) {
            throw fault("without a verdict", output);
        }
        if (output.distinctStates() == 0) {
            throw fault("with no number of distinct states", output);
        }
        if (model.leavesOut().isPresent() && !output.countedActions()) {
            throw fault("with no count of actions", output);
        }
        return new Outcome.Completed();
    }

    private static Outcome other(int exit, TlcOutput output, Diagnosis diagnosis) {
        if (exit >= EVALUATION_FIRST && exit <= EVALUATION_LAST) {
            return violated(Outcome.Kind.EVALUATION, output, diagnosis.firstError());
        }
        if (exit == OTHER && !output.errors().isEmpty()) {
            var code = output.errors().getFirst().code();
            if (code >= CONFIGURATION_FIRST && code <= CONFIGURATION_LAST) {
                return new Outcome.Unreadable(diagnosis.ofConfiguration());
            }
            if (code == OUT_OF_MEMORY) {
                return new Outcome.Undecided("TLC ran out of memory; make the bounds smaller or find a larger machine");
            }
            return violated(Outcome.Kind.EVALUATION, output, diagnosis.firstError());
        }
        if (exit > 128 && exit < 128 + 65) {
            return new Outcome.Undecided(
                    "TLC was ended from outside by signal " + (exit - 128) + "; the system may have run out of memory");
        }
        throw fault("with exit code " + exit, output);
    }

    private static Outcome violated(Outcome.Kind kind, TlcOutput output, String text) {
        return new Outcome.Violated(kind, output.violated(), text, output.counterexample());
    }

    /// TLC names a property over steps, but not one over whole behaviours. Of a single one it is clear which.
    private static Outcome property(Model model, TlcOutput output) {
        var name = output.violated().isEmpty() && model.properties().size() == 1
                ? model.properties().getFirst()
                : output.violated();
        var text =
                name.isEmpty() ? "one of the properties " + String.join(", ", model.properties()) : "property " + name;
        return new Outcome.Violated(Outcome.Kind.PROPERTY, name, text + " does not hold", output.counterexample());
    }

    private static IllegalStateException fault(String how, TlcOutput output) {
        return new IllegalStateException("TLC ended " + how + ", which is not known here; it printed: "
                + String.join(" | ", output.loose()) + " | " + output.errors());
    }
}
