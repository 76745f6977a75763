package dev.scrubjay.bug;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.checker.Verdict;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.object.SequentialObjects;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.simulation.Swarm;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The main class of the process in which one check is tried on patched classes, alone: prints a line for
/// each seed, and ends at the first that finds something.
///
/// It watches its standard input, which the parent holds open and never writes to. When that ends the parent
/// is gone, however it went; then this process deletes the folder of the trial and ends.
final class Trial {
    /// The word for a run in which nothing goes wrong, beside those of the checks.
    static final String CALM = "calm run";

    /// How the name of a scenario's file ends.
    static final String SCENARIO = ".scenario";

    private static final String BUILD = "seeded bug";

    /// Looks at some seeds, all of them or up to the first that shows something.
    interface Judge {
        List<Tried> judge(List<Long> seeds) throws IOException, InterruptedException;
    }

    private Trial() {}

    /// Tries one check.
    ///
    /// @param arguments the folder of the trial, the check or the calm run, the first seed, how many seeds
    /// there are, the folder of the specifications as they should be, and the plan of the runs or the file of
    /// a scenario
    public static void main(String[] arguments) throws Exception {
        var scratch = new Scratch(Path.of(arguments[0]));
        Thread.ofPlatform().name("watch the parent").daemon().start(() -> endWithParent(scratch));
        var judge = judge(arguments[1], scenarios(arguments[5]), Path.of(arguments[4]), scratch);
        long first = Long.parseLong(arguments[2]);
        long seeds = Long.parseLong(arguments[3]);
        judge.judge(LongStream.range(first, first + seeds).boxed().toList())
                .forEach(tried -> System.out.println(tried.line()));
        System.exit(0);
    }

    private static LongFunction<Scenario> scenarios(String runs) throws IOException {
        if (runs.endsWith(SCENARIO)) {
            var scenario = ScenarioForm.read(Files.readString(Path.of(runs)));
            return scenario::with;
        }
        var plan = PlanName.valueOf(runs).plan();
        return seed -> Swarm.draw(seed, plan);
    }

    private static Judge judge(String word, LongFunction<Scenario> scenarios, Path specs, Scratch scratch) {
        if (word.equals(CALM)) {
            return oneByOne(Trial::calm);
        }
        return switch (CheckKind.of(word).orElseThrow()) {
            case SIMULATION, KILLS -> oneByOne(seed -> simulation(scenarios.apply(seed)));
            case HISTORY -> oneByOne(seed -> unwatched(scenarios.apply(seed)).flatMap(Trial::history));
            case TRACE -> new TraceJudge(specs, scratch.path());
            case MODEL_CHECK -> throw new IllegalArgumentException("a model is checked without any program");
        };
    }

    private static Judge oneByOne(LongFunction<Optional<String>> finding) {
        return seeds -> {
            var all = new ArrayList<Tried>();
            for (long seed : seeds) {
                var tried = Tried.of(seed, finding.apply(seed));
                all.add(tried);
                if (tried.caught()) {
                    break;
                }
            }
            return all;
        };
    }

    /// What clients see of a day on which nothing goes wrong. Invariants are not looked at: many a bug is
    /// plain to them long before it does any harm.
    private static Optional<String> calm(long seed) {
        try {
            var run = Simulation.runUnwatched(Swarm.draw(seed, Plan.CALM), BUILD);
            return findings(run).or(() -> history(run));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(text(e));
        }
    }

    /// An exception of the patched code is found as surely as a broken invariant.
    private static Optional<String> simulation(Scenario scenario) {
        try {
            return findings(Simulation.run(scenario, BUILD));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(text(e));
        }
    }

    /// What clients saw, and nothing else. Where the checker gives up, it has caught nothing; an answer to
    /// another question fits into no order at all.
    private static Optional<String> history(Run run) {
        var checker = new Checker(SequentialObjects.named("key-value-store"), Limits.standard());
        try {
            return checker.check(run.history()) instanceof Verdict.NotLinearizable refused
                    ? Optional.of(refused.text())
                    : Optional.empty();
        } catch (HistoryException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// A run that does not come to its end has nothing to show to any check but the simulation.
    static Optional<Run> unwatched(Scenario scenario) {
        try {
            return Optional.of(Simulation.runUnwatched(scenario, BUILD));
        } catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }

    private static Optional<String> findings(Run run) {
        return text(run.findings());
    }

    private static Optional<String> text(List<Finding> findings) {
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(findings.stream().map(Trial::text).collect(Collectors.joining("; ")));
    }

    private static String text(Finding finding) {
        return finding.check() + ": " + finding.text() + (finding.when().isEmpty() ? "" : " (" + finding.when() + ")");
    }

    private static String text(Throwable thrown) {
        return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    }

    private static void endWithParent(Scratch scratch) {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; only the end of the stream counts.
            }
            scratch.close();
        } catch (IOException _) {
            // Nobody is left to hear of it.
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
