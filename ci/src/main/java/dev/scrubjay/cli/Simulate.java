package dev.scrubjay.cli;

import dev.scrubjay.history.Histories;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.world.Check;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.HistoryCheck;
import dev.scrubjay.world.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
                "./scrubjay simulate (--seed S [--trace FILE] [--history FILE] | --seeds N) [--plan NAME] [--json]",
        sortOptions = false,
        description = "The same seed is the same run, on every machine.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class Simulate extends Command {
    @ArgGroup(multiplicity = "1")
    @Nullable
    Seeds seeds;

    @Option(
            names = "--plan",
            paramLabel = "campaign|gray|rolling|replacing|kills|outside|lying|calm",
            description = "What goes wrong: all that a group has to survive, one link at a time, leaders that leave "
                    + "while links are bad, every node lost for ever in its turn, the first without anything lost with the power, clocks or disks "
                    + "beyond what any group survives too, or nothing (default: campaign).")
    PlanName named = PlanName.campaign;

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
        var list = seeds == null ? List.<Long>of() : seeds.list();
        if (list.isEmpty()) {
            throw new InputException("--seeds: a number from 1 on is needed");
        }
        var single = seeds != null && seeds.seed != null;
        if (!single && (trace != null || history != null)) {
            throw new InputException("--trace and --history write what one run did; name it with --seed");
        }
        var checks = new ArrayList<Check>(List.of(new HistoryCheck()));
        if (trace != null || history != null) {
            writable(trace);
            writable(history);
            checks.add(this::write);
        }
        var begin = System.nanoTime();
        progress.begin("simulating " + Words.count(list.size(), "seed"));
        var results = Campaign.run(
                list,
                named.plan(),
                Version.scrubjay(),
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
        return report(people, results, total, failovers, single);
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

    private Report report(
            PrintStream people,
            List<Campaign.Result> results,
            SortedMap<String, Long> total,
            Failovers failovers,
            boolean single) {
        var findings = new ArrayList<Report.Finding>();
        for (var result : results) {
            for (var finding : result.findings()) {
                findings.add(new Report.Finding(
                        finding.check().equals(Finding.UNDECIDED) ? "undecided" : "simulation",
                        "seed " + result.seed(),
                        finding.check() + ": " + finding.text()
                                + (finding.when().isEmpty() ? "" : " (" + finding.when() + ")"),
                        "./scrubjay simulate --seed " + result.seed()
                                + (named == PlanName.campaign ? "" : " --plan " + named)));
            }
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("seeds", results.size());
        facts.put("exercised", total);
        facts.put("medians", medians(results));
        failovers.facts().ifPresent(distribution -> facts.put("failoverSeconds", distribution));
        WrongValues.of(total).facts().ifPresent(values -> facts.put("wrongValues", values));
        if (!findings.isEmpty()) {
            for (var finding : findings) {
                people.println();
                people.println(finding.where() + ": " + finding.text());
                people.println("reproduce: " + finding.reproduce());
            }
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
        var little = single ? List.<String>of() : Campaign.exercisedTooLittle(named.plan(), results);
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
