package dev.scrubjay.cli;

import dev.scrubjay.scenario.Contract;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.simulation.Tally;
import dev.scrubjay.world.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a campaign has come to, for people and for programs.
///
/// @param plan by which faults were drawn; nothing where a scenario says all
record CampaignOutput(Tally tally, Campaign.Order order, Optional<PlanName> plan) {
    private static final int SHOWN_MAX = 20;
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    /// Of many runs, also what faults met.
    void printCounts(PrintStream people, boolean single) {
        var table = new Table(
                people,
                List.of("what happened", "in all", "in each"),
                List.of("milliseconds until a wrong value was found", "1,000,000,000", ""));
        tally.totals().forEach((what, count) -> table.row(List.of(what, Words.number(count), each(tally.each(what)))));
        Failovers.of(tally).print(people);
        WrongValues.of(new TreeMap<>(tally.totals())).print(people);
        if (!single) {
            coverage().ifPresent(covered -> covered.print(people));
            var median = tally.median();
            people.println();
            people.println("the median run: " + Words.count(median.operations(), "operation") + ", "
                    + Words.count(median.faults(), "fault") + " with an effect, "
                    + Words.count(median.leaderChanges(), "leader change"));
        }
    }

    private static String each(double mean) {
        return mean < 10 ? String.format(Locale.ROOT, "%.1f", mean) : Words.number(Math.round(mean));
    }

    private Optional<CoverageTable> coverage() {
        return order.steered().map(steering -> new CoverageTable(Campaign.cells(steering), tally));
    }

    /// What it has done until now, in a few words.
    static String soFar(Tally tally) {
        return Words.count(tally.count("faults"), "fault") + ", "
                + Words.count(tally.count("leader changes"), "leader change") + ", "
                + Words.number(tally.covered().size()) + " pairs of a fault and an action"
                + (tally.found().isEmpty() ? "" : ", " + Words.count(tally.bad(), "run") + " with findings");
    }

    /// Each with the command that shows it again; of many the first, and how many there are of each kind.
    ///
    /// @param scenario the file that says all, if there is one
    List<Report.Finding> printFindings(PrintStream people, Optional<Path> scenario) {
        var findings = new ArrayList<Report.Finding>();
        for (var found : tally.found()) {
            var finding = found.finding();
            findings.add(new Report.Finding(
                    finding.check().equals(Finding.UNDECIDED) ? "undecided" : "simulation",
                    "seed " + found.seed(),
                    finding.check() + ": " + finding.text()
                            + (finding.when().isEmpty() ? "" : " (" + finding.when() + ")"),
                    reproduce(found, scenario)));
        }
        for (int i = 0; i < Math.min(SHOWN_MAX, findings.size()); i++) {
            var finding = findings.get(i);
            people.println();
            people.println(finding.where() + ": " + finding.text());
            contract(tally.found().get(i)).forEach(line -> people.println("contract: " + line));
            people.println("reproduce: " + finding.reproduce());
        }
        if (findings.size() > SHOWN_MAX) {
            people.println();
            people.println("and " + Words.count(findings.size() - SHOWN_MAX, "finding") + " more; of all "
                    + Words.number(findings.size()) + ":");
            byCheck().forEach((check, count) -> people.println("  " + check + ": " + Words.number(count)));
        }
        return findings;
    }

    private Map<String, Long> byCheck() {
        var counts = new TreeMap<String, Long>();
        tally.found().forEach(found -> counts.merge(found.finding().check(), 1L, Long::sum));
        return counts;
    }

    private List<String> contract(Tally.Found found) {
        return Contract.text(found.scenario()
                .map(ScenarioForm::read)
                .orElseGet(() -> order.scenarios().apply(found.seed())));
    }

    /// A run that aims at something is another one than its seed alone: it is kept as text.
    private String reproduce(Tally.Found found, Optional<Path> scenario) {
        if (found.scenario().isPresent()) {
            return kept(found)
                    .map(file -> "./scrubjay simulate --scenario " + file)
                    .orElse("(the folder 'failures' cannot be written here, and this run aims at what those before it "
                            + "left open: run the campaign again where it can)");
        }
        return "./scrubjay simulate --seed " + found.seed()
                + scenario.map(file -> " --scenario " + file).orElse("")
                + plan.filter(name -> name != PlanName.campaign)
                        .map(name -> " --plan " + name)
                        .orElse("");
    }

    private static Optional<Path> kept(Tally.Found found) {
        try {
            var file = Files.createDirectories(Path.of("failures")).resolve("seed-" + found.seed() + "-whole.scenario");
            return Optional.of(Files.writeString(file, found.scenario().orElseThrow()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    Report report(PrintStream people, List<Report.Finding> findings, Optional<Shrunk> shrunk, boolean single) {
        var facts = new LinkedHashMap<String, Object>();
        var median = tally.median();
        facts.put("seeds", tally.runs());
        facts.put("exercised", tally.totals());
        facts.put(
                "medians",
                Map.of(
                        "operations",
                        median.operations(),
                        "faults",
                        median.faults(),
                        "leader changes",
                        median.leaderChanges()));
        Failovers.of(tally).facts().ifPresent(distribution -> facts.put("failoverSeconds", distribution));
        shrunk.ifPresent(smaller -> facts.put("shrunk", smaller.facts()));
        WrongValues.of(new TreeMap<>(tally.totals())).facts().ifPresent(values -> facts.put("wrongValues", values));
        if (!single) {
            coverage().ifPresent(covered -> facts.put("coverage", covered.facts()));
        }
        if (!findings.isEmpty()) {
            var isDecided = findings.stream().anyMatch(finding -> finding.kind().equals("simulation"));
            return new Report(
                    isDecided ? Exit.VIOLATED : Exit.UNDECIDED,
                    tally.bad() + " of " + Words.count(tally.runs(), "seed"),
                    findings,
                    facts);
        }
        // A single seed is looked at for its own sake; what it exercised need not be much.
        var little = single || plan.isEmpty()
                ? List.<String>of()
                : Campaign.exercisedTooLittle(plan.get().plan(), tally);
        if (!little.isEmpty()) {
            var undecided = little.stream()
                    .map(what -> new Report.Finding("undecided", "campaign", "exercised too little: " + what, ""))
                    .toList();
            undecided.forEach(finding -> people.println(finding.text()));
            return new Report(Exit.UNDECIDED, "the campaign exercised too little to prove anything", undecided, facts);
        }
        return new Report(Exit.HELD, closing(single), findings, facts);
    }

    private String closing(boolean single) {
        double hours = tally.count("virtual milliseconds") / MILLIS_PER_HOUR;
        return Words.count(tally.runs(), "seed")
                + (single ? "" : String.format(Locale.ROOT, " of %.1f simulated hours", hours)) + ", "
                + Words.count(tally.count("operations"), "operation") + ", "
                + (single ? "" : Words.count(tally.count("faults"), "fault") + ", ")
                + Words.count(tally.count("leader changes"), "leader change") + ", "
                + Words.count(tally.count("power-offs with loss"), "power-off") + " with loss";
    }
}
