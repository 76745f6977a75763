package dev.scrubjay.cli;

import dev.scrubjay.history.Histories;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.scenario.Contract;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioException;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Build;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.simulation.Swarm;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.version.NextVersion;
import dev.scrubjay.world.Check;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.HistoryCheck;
import dev.scrubjay.world.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// `simulate`: runs of the simulated world, with everything checked that can be.
@CommandLine.Command(
        name = "simulate",
        headerHeading = "Example: ./scrubjay simulate --seeds 100%n%n",
        header = "Run groups of replicas in simulated time, with faults, and check all that must hold.",
        synopsisHeading = "%nUsage: ",
        customSynopsis =
                "./scrubjay simulate (--seed S [--trace FILE] [--history FILE] | --seeds N [--from S]) "
                        + "[--plan NAME | --scenario FILE] [--write FILE] [--no-shrink] [--explain] [--json]%n       ./scrubjay simulate --bench [--json]",
        sortOptions = false,
        description = "The same seed is the same run, on every machine.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class Simulate extends Command {
    @ArgGroup(multiplicity = "0..1")
    @Nullable
    Seeds seeds;

    @Option(names = "--from", paramLabel = "S", description = "Begin with this seed (default: 1). With --seeds only.")
    @Nullable
    Long from;

    @Option(
            names = "--plan",
            paramLabel = "campaign|gray|rolling|replacing|kills|outside|lying|calm",
            description = "What goes wrong: all that a group has to survive, one link at a time, leaders that leave "
                    + "while links are bad, every node lost for ever in its turn, the first without anything lost with the power, clocks or disks "
                    + "beyond what any group survives too, or nothing (default: campaign).")
    @Nullable
    PlanName named;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "Run what is written there (docs/scenarios.md): once with the seed that it names, or with "
                    + "those of --seed or --seeds.")
    @Nullable
    Path scenario;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Write the scenario that the seed draws there, and run it. With --seed only.")
    @Nullable
    Path write;

    @Option(
            names = "--no-shrink",
            description = "Do not look for a smaller scenario that fails in the same way as the first that did.")
    boolean noShrink;

    @Option(
            names = "--explain",
            description = "Tell how the first that was found came about: what was done to the nodes, who led, and what "
                    + "became of the values that it names.")
    boolean explain;

    @Option(
            names = "--bench",
            description = "Measure how fast simulated time passes on one core at some loads, with everything checked.")
    boolean bench;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write what the nodes did there, as lines of JSON (docs/formats.md). With --seed only.")
    @Nullable
    Path trace;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Write what the clients saw there, as EDN where FILE ends in .edn, else as lines of JSON. "
                    + "With --seed only.")
    @Nullable
    Path history;

    @Override
    Report run(PrintStream people, Progress progress) throws IOException, InterruptedException {
        if (bench) {
            return bench(people, progress);
        }
        var scenarios = scenarios();
        var list = seeds();
        if (list.isEmpty()) {
            throw new InputException("--seeds: a number from 1 on is needed");
        }
        var single = seeds == null || seeds.seed != null;
        if (!single && (trace != null || history != null || write != null)) {
            throw new InputException("--trace, --history and --write write what one run did; name it with --seed");
        }
        writable(trace);
        writable(history);
        writable(write);
        if (write != null) {
            Files.writeString(write, ScenarioForm.write(scenarios.apply(list.getFirst())));
        }
        var checks = new ArrayList<Check>(List.of(new HistoryCheck()));
        if (trace != null || history != null) {
            checks.add(this::write);
        }
        var build = build(list, scenarios, progress);
        var begin = System.nanoTime();
        progress.begin("simulating " + Words.count(list.size(), "seed"));
        var results = Campaign.run(
                list,
                scenarios,
                build,
                checks,
                Runtime.getRuntime().availableProcessors(),
                ended -> progress.update(Words.number(ended) + " of " + Words.count(list.size(), "seed") + ", "
                        + Words.time(Duration.ofNanos(System.nanoTime() - begin))));
        progress.clear();
        var total = new TreeMap<String, Long>();
        results.forEach(result -> result.exercised().forEach((what, count) -> total.merge(what, count, Long::sum)));
        table(people, total, results);
        var failovers = Failovers.of(results);
        failovers.print(people);
        WrongValues.of(total).print(people);
        if (Thread.interrupted()) {
            people.println("interrupted after " + Words.number(results.size()) + " of "
                    + Words.count(list.size(), "seed") + goOn(list, results));
            throw new InterruptedException();
        }
        // Said at once: to look for something smaller takes a while, and may be interrupted.
        var findings = findings(people, results);
        results.stream()
                .filter(result -> !result.findings().isEmpty())
                .forEach(result -> Contract.text(scenarios.apply(result.seed()))
                        .forEach(line -> people.println("contract of seed " + result.seed() + ": " + line)));
        var shrunk = shrunk(results, scenarios, build, progress);
        shrunk.ifPresent(smaller -> smaller.print(people));
        var report = report(people, results, total, failovers, findings, shrunk, single);
        if (explain) {
            explain(people, results, scenarios, build, shrunk);
        }
        return report;
    }

    /// The later version is made only where some node is upgraded to it.
    private Build build(List<Long> list, LongFunction<Scenario> scenarios, Progress progress)
            throws IOException, InterruptedException {
        boolean isMixed = list.stream()
                .flatMap(seed -> scenarios.apply(seed).steps().stream())
                .anyMatch(step -> step.fault() instanceof Fault.Upgrade);
        if (!isMixed) {
            return Build.of(Version.scrubjay());
        }
        progress.begin("making the next version of the program");
        var next = NextVersion.make(scrubjay.home(), Path.of(System.getProperty("java.io.tmpdir")));
        return new Build(Version.scrubjay(), Optional.of(next));
    }

    private String goOn(List<Long> list, List<Campaign.Result> results) {
        var ended = results.stream().map(Campaign.Result::seed).collect(Collectors.toSet());
        var next = list.stream().filter(seed -> !ended.contains(seed)).findFirst();
        return next.map(seed -> "; go on with --seeds " + (list.getLast() - seed + 1) + " --from " + seed)
                .orElse("");
    }

    /// Of the smaller scenario, if there is one.
    private void explain(
            PrintStream people,
            List<Campaign.Result> results,
            LongFunction<Scenario> scenarios,
            Build build,
            Optional<Shrunk> shrunk) {
        var first =
                results.stream().filter(result -> !result.findings().isEmpty()).findFirst();
        if (first.isPresent()) {
            var told = shrunk.map(Shrunk::least)
                    .orElseGet(() -> scenarios.apply(first.get().seed()));
            var explained = Simulation.explain(told, build);
            var findings = Campaign.findings(explained.run(), List.of(new HistoryCheck()));
            people.println();
            people.println("how it came about (true time; *** is what was done to the nodes):");
            people.println();
            findings.stream()
                    .limit(1)
                    .flatMap(finding -> explained.story(finding).stream())
                    .forEach(people::println);
            people.println();
        }
    }

    private Report bench(PrintStream people, Progress progress) {
        if (seeds != null || scenario != null || named != null) {
            throw new InputException(
                    "--bench runs scenarios of its own; leave out --seed, --seeds, --plan and --scenario");
        }
        var speeds = SimulationSpeed.measure(people, progress);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("speeds", speeds.stream().map(SimulationSpeed.Speed::facts).toList());
        return new Report(Exit.HELD, Words.count(speeds.size(), "load"), List.of(), facts);
    }

    private LongFunction<Scenario> scenarios() throws IOException {
        if (scenario == null) {
            var plan = plan().plan();
            boolean isMixed = plan() == PlanName.campaign;
            return seed -> isMixed ? Swarm.withVersions(Swarm.draw(seed, plan)) : Swarm.draw(seed, plan);
        }
        if (named != null) {
            throw new InputException("--plan and --scenario both say what goes wrong; name one of them");
        }
        var written = written();
        return written::with;
    }

    private PlanName plan() {
        return named == null ? PlanName.campaign : named;
    }

    private Scenario written() throws IOException {
        try {
            return ScenarioForm.read(Files.readString(scenario));
        } catch (NoSuchFileException _) {
            throw new InputException(scenario + ": there is no such file; name one that holds a scenario");
        } catch (CharacterCodingException _) {
            throw new InputException(scenario + ": is no text; name a file that holds a scenario");
        } catch (ScenarioException e) {
            throw new InputException(scenario + ": " + e.getMessage());
        }
    }

    private List<Long> seeds() throws IOException {
        if (seeds == null) {
            if (scenario == null) {
                throw new InputException("which run? Name it with --seed S, --seeds N or --scenario FILE");
            }
            return List.of(written().seed());
        }
        if (from != null && seeds.seeds == null) {
            throw new InputException("--from says where --seeds begins; name how many with --seeds");
        }
        return seeds.list(from == null ? 1 : from);
    }

    /// Of the first seed in which something was found.
    private Optional<Shrunk> shrunk(
            List<Campaign.Result> results, LongFunction<Scenario> scenarios, Build build, Progress progress)
            throws InterruptedException {
        if (noShrink) {
            return Optional.empty();
        }
        for (var result : results) {
            for (var finding : result.findings()) {
                if (!finding.check().equals(Finding.UNDECIDED)) {
                    return Optional.of(
                            Shrunk.of(scenarios.apply(result.seed()), finding, build, List.of(new HistoryCheck()), progress));
                }
            }
        }
        return Optional.empty();
    }

    private List<Finding> write(Run run) {
        try {
            if (trace != null) {
                Files.write(trace, run.trace().get());
            }
            if (history != null) {
                Histories.write(run.history(), history);
            }
        } catch (IOException e) {
            throw new InputException(e.getMessage() + ": cannot be written; name another file");
        }
        return List.of();
    }

    /// Found out before a long run and not after it.
    private static void writable(@Nullable Path file) {
        if (file != null) {
            var folder = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
                throw new InputException(file + ": cannot be written; name a file in a folder that is there");
            }
        }
    }

    private static void table(PrintStream people, SortedMap<String, Long> total, List<Campaign.Result> results) {
        var table = new Table(
                people,
                List.of("what happened", "in all", "median"),
                List.of("operations refused for good", "1,000,000,000", ""));
        total.forEach(
                (what, count) -> table.row(List.of(what, Words.number(count), Words.number(median(what, results)))));
    }

    private static long median(String what, List<Campaign.Result> results) {
        var sorted = results.stream()
                .mapToLong(result -> result.exercised().getOrDefault(what, 0L))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static Map<String, Long> medians(List<Campaign.Result> results) {
        var medians = new LinkedHashMap<String, Long>();
        for (var what : List.of("operations", "faults", "leader changes")) {
            medians.put(what, median(what, results));
        }
        return medians;
    }

    private List<Report.Finding> findings(PrintStream people, List<Campaign.Result> results) {
        var findings = new ArrayList<Report.Finding>();
        for (var result : results) {
            for (var finding : result.findings()) {
                findings.add(new Report.Finding(
                        finding.check().equals(Finding.UNDECIDED) ? "undecided" : "simulation",
                        "seed " + result.seed(),
                        finding.check() + ": " + finding.text()
                                + (finding.when().isEmpty() ? "" : " (" + finding.when() + ")"),
                        "./scrubjay simulate --seed " + result.seed()
                                + (scenario == null ? "" : " --scenario " + scenario)
                                + (plan() == PlanName.campaign ? "" : " --plan " + named)));
            }
        }
        for (var finding : findings) {
            people.println();
            people.println(finding.where() + ": " + finding.text());
            people.println("reproduce: " + finding.reproduce());
        }
        return findings;
    }

    private Report report(
            PrintStream people,
            List<Campaign.Result> results,
            SortedMap<String, Long> total,
            Failovers failovers,
            List<Report.Finding> findings,
            Optional<Shrunk> shrunk,
            boolean single) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("seeds", results.size());
        facts.put("exercised", total);
        facts.put("medians", medians(results));
        failovers.facts().ifPresent(distribution -> facts.put("failoverSeconds", distribution));
        shrunk.ifPresent(smaller -> facts.put("shrunk", smaller.facts()));
        WrongValues.of(total).facts().ifPresent(values -> facts.put("wrongValues", values));
        if (!findings.isEmpty()) {
            var bad = results.stream()
                    .filter(result -> !result.findings().isEmpty())
                    .count();
            var isDecided = findings.stream().anyMatch(finding -> finding.kind().equals("simulation"));
            return new Report(
                    isDecided ? Exit.VIOLATED : Exit.UNDECIDED,
                    bad + " of " + Words.count(results.size(), "seed"),
                    findings,
                    facts);
        }
        // A single seed is looked at for its own sake; what it exercised need not be much.
        var little =
                single || scenario != null ? List.<String>of() : Campaign.exercisedTooLittle(plan().plan(), results);
        if (!little.isEmpty()) {
            for (var what : little) {
                findings.add(new Report.Finding("undecided", "campaign", "exercised too little: " + what, ""));
            }
            findings.forEach(finding -> people.println(finding.text()));
            return new Report(Exit.UNDECIDED, "the campaign exercised too little to prove anything", findings, facts);
        }
        var closing = Words.count(results.size(), "seed") + ", "
                + Words.count(total.getOrDefault("operations", 0L), "operation") + ", "
                + Words.count(total.getOrDefault("leader changes", 0L), "leader change") + ", "
                + Words.count(total.getOrDefault("power-offs with loss", 0L), "power-off") + " with loss";
        return new Report(Exit.HELD, closing, findings, facts);
    }
}
