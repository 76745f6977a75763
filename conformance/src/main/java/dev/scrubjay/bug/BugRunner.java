package dev.scrubjay.bug;

import dev.scrubjay.specs.Expected;
import dev.scrubjay.specs.Finding;
import dev.scrubjay.specs.Model;
import dev.scrubjay.specs.ModelChecker;
import dev.scrubjay.specs.Outcome;
import dev.scrubjay.specs.SpecsFolder;
import dev.scrubjay.specs.Tier;
import dev.scrubjay.specs.Tlc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Tries every check on bugs, each check alone, and says which bug is not caught as it should be.
///
/// A patch is applied to copies of the few files that it changes; the checkout stays as it is. What is
/// compiled is only what changed, and it runs in a process of its own.
public final class BugRunner {
    /// Hears how far the work has got.
    public interface Watcher {
        /// What is being done now. Called from several threads.
        void progress(String text);

        /// A bug is done; in the order in which they were given, on the thread that asked.
        void done(BugResult result);
    }

    /// Which checks are tried on a bug.
    public enum Scope {
        /// All that have anything to look at, so that the whole table is there.
        ALL,
        /// Those that its description names, and nothing that only fills the table.
        NAMED,
        /// The model check alone.
        MODEL_CHECK
    }

    private static final int AT_ONCE = 2;

    /// It finds a shortest counterexample and always the same one, so that what breaks is no matter of luck.
    private static final int ONE_WORKER = 1;

    private static final List<CheckKind> IN_PROGRAMS =
            List.of(CheckKind.SIMULATION, CheckKind.KILLS, CheckKind.HISTORY, CheckKind.TRACE);

    private final Path home;
    private final Path temporary;
    private final String classPath;
    private final Scope scope;

    /// Makes a runner that keeps nothing between two bugs.
    ///
    /// @param home the checkout that patches are for
    /// @param temporary where each bug gets a folder for a while
    public BugRunner(Path home, Path temporary, Scope scope) {
        this.home = home.toAbsolutePath();
        this.temporary = temporary;
        this.classPath = System.getProperty("java.class.path");
        this.scope = scope;
    }

    /// Tries bugs, two at a time.
    ///
    /// @throws InterruptedException when this thread is interrupted; everything that was started has ended by
    /// then, and its files are gone
    public List<BugResult> run(List<Bug> bugs, Watcher watcher) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            try {
                var running = bugs.stream()
                        .map(bug -> threads.submit(() -> run(bug, watcher)))
                        .toList();
                var results = new ArrayList<BugResult>();
                for (var each : running) {
                    var result = result(each);
                    watcher.done(result);
                    results.add(result);
                }
                return results;
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private boolean isTried(Bug bug, CheckKind kind) {
        return bug.concerns(kind)
                && switch (scope) {
                    case ALL -> true;
                    case NAMED ->
                        bug.caughtBy().contains(kind) || bug.missedBy().contains(kind);
                    case MODEL_CHECK -> kind == CheckKind.MODEL_CHECK;
                };
    }

    private static BugResult result(Future<BugResult> running) throws IOException, InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case InterruptedException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private BugResult run(Bug bug, Watcher watcher) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        var cells = new EnumMap<CheckKind, BugResult.Cell>(CheckKind.class);
        for (var kind : CheckKind.values()) {
            cells.put(kind, new BugResult.Cell.NotTried());
        }
        var findings = new ArrayList<Finding>();
        try (var scratch = Scratch.createIn(temporary)) {
            if (bug.specPatch().isPresent() && isTried(bug, CheckKind.MODEL_CHECK)) {
                trySpecification(bug, bug.specPatch().get(), scratch, watcher, cells, findings);
            }
            if (bug.implPatch().isPresent() && scope != Scope.MODEL_CHECK) {
                tryImplementation(bug, bug.implPatch().get(), scratch, watcher, cells, findings);
            }
        }
        for (var kind : bug.caughtBy()) {
            if (cells.get(kind) instanceof BugResult.Cell.Missed) {
                findings.add(new Finding("not-caught", "the " + kind.word() + " does not catch it, and must"));
            }
        }
        for (var kind : bug.missedBy()) {
            if (cells.get(kind) instanceof BugResult.Cell.Caught(var where, var _, var text, var _)) {
                findings.add(new Finding(
                        "not-missed",
                        kind.word() + " show it (" + where + "), and must not, by its " + BugFolder.DESCRIPTION + ": "
                                + text));
            }
        }
        return new BugResult(bug, cells, findings, since(begin));
    }

    // ---------------------------------------------------------------- the specification

    private void trySpecification(
            Bug bug,
            Patch patch,
            Scratch scratch,
            Watcher watcher,
            Map<CheckKind, BugResult.Cell> cells,
            List<Finding> findings)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path specs;
        try {
            specs = new PatchedSources(home, scratch.path()).specs(patch);
        } catch (PatchedSources.UselessException e) {
            findings.add(useless(patch, e));
            return;
        }
        var checker = new ModelChecker(Tlc.bundled(), ONE_WORKER, scratch.path());
        for (var model : models(SpecsFolder.open(specs), bug, patch)) {
            watcher.progress(bug.name() + ": " + model.name());
            switch (checker.check(model, (_, _) -> {}).outcome()) {
                case Outcome.Violated violated -> {
                    var broken = new BrokenName(checker, model).of(violated);
                    if (bug.breaks().isPresent() && !bug.breaks().equals(broken)) {
                        findings.add(new Finding(
                                "breaks",
                                "breaks " + broken.orElse(violated.text()) + " (" + model.name() + "), and must break "
                                        + bug.breaks().get()));
                    }
                    cells.put(
                            CheckKind.MODEL_CHECK,
                            new BugResult.Cell.Caught(model.name(), broken, violated.text(), since(begin)));
                    return;
                }
                case Outcome.Unreadable(var text) -> {
                    findings.add(new Finding("patch", patch.file() + ": makes no specification: " + text));
                    return;
                }
                case Outcome.Undecided(var text) -> findings.add(new Finding("undecided", model.name() + ": " + text));
                case Outcome.Completed() -> {}
            }
        }
        cells.put(CheckKind.MODEL_CHECK, new BugResult.Cell.Missed(since(begin)));
    }

    /// Those that the bug names come first, because it shows there; then those of the smoke tier, the smaller
    /// ones first.
    ///
    /// Numbers of states and of actions are of no interest here: any change would be noticed by them.
    private static List<Model> models(SpecsFolder folder, Bug bug, Patch patch) {
        var modules = patch.changes().stream()
                .map(file -> String.valueOf(Path.of(file).getFileName()).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
        Set<Model> models = new LinkedHashSet<>(folder.named(bug.models()));
        folder.upTo(Tier.SMOKE).stream()
                .filter(model -> model.expected() instanceof Expected.Holds)
                .filter(model -> modules.contains(model.name().replaceFirst("\\..*", "")))
                .sorted(Comparator.comparingLong(model -> model.distinctStates().orElse(Long.MAX_VALUE)))
                .forEach(models::add);
        return models.stream().map(Model::withoutCounts).toList();
    }

    // ---------------------------------------------------------------- the implementation

    private void tryImplementation(
            Bug bug,
            Patch patch,
            Scratch scratch,
            Watcher watcher,
            Map<CheckKind, BugResult.Cell> cells,
            List<Finding> findings)
            throws IOException, InterruptedException {
        Path classes;
        try {
            watcher.progress(bug.name() + ": compiles");
            classes = new PatchedSources(home, scratch.path().resolve("patched")).classes(patch, classPath);
        } catch (PatchedSources.UselessException e) {
            findings.add(useless(patch, e));
            return;
        }
        var trial = new TrialProcess(home, scratch, classes, classPath);
        watcher.progress(bug.name() + ": " + Trial.CALM);
        var calm = trial.run(Trial.CALM, bug.plan().name(), 1, 1).getLast();
        if (calm.caught()) {
            findings.add(new Finding(
                    "calm-run",
                    patch.file() + ": nothing works with it even when nothing goes wrong; make a bug that hides: "
                            + calm.text()));
        }
        for (var kind : IN_PROGRAMS.stream().filter(kind -> isTried(bug, kind)).toList()) {
            watcher.progress(bug.name() + ": " + kind.word());
            long begin = System.nanoTime();
            var last = trial.run(kind.word(), bug.runs(kind, home), 1, bug.seeds(kind))
                    .getLast();
            cells.put(
                    kind,
                    last.caught()
                            ? new BugResult.Cell.Caught(
                                    "seed " + last.seed(), Optional.empty(), last.text(), since(begin))
                            : new BugResult.Cell.Missed(since(begin)));
        }
    }

    private static Finding useless(Patch patch, PatchedSources.UselessException e) {
        return new Finding(
                "patch",
                patch.file() + ": " + e.getMessage() + "; make it anew for what is there now, or delete the bug");
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
