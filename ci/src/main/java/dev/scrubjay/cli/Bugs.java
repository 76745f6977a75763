package dev.scrubjay.cli;

import dev.scrubjay.bug.Bug;
import dev.scrubjay.bug.BugBank;
import dev.scrubjay.bug.BugResult;
import dev.scrubjay.bug.BugRunner;
import dev.scrubjay.bug.CheckKind;
import dev.scrubjay.bug.PatchRefresh;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bugs`: tries every check on the bank of seeded bugs, and prints which catches which.
@CommandLine.Command(
        name = "bugs",
        headerHeading = "Example: ./scrubjay bugs%n%n",
        header = "Try every check on the bank of seeded bugs, and show which check catches which bug.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay bugs [--named | --spec] [--share K/N] [--refresh] [NAME|PATH ...] [--json]",
        sortOptions = false,
        description =
                "A bug that is not caught by each check that its bug.md names is a finding, and so is one that kills show"
                        + " though its bug.md says that they miss it, and a patch that no longer applies.",
        descriptionHeading = "%n",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n")
final class Bugs extends Command {
    @Parameters(
            paramLabel = "NAME|PATH",
            arity = "0..*",
            description = "Bugs of the bank by their names or numbers, or folders with other bugs (default: all of the"
                    + " bank in conformance/bugs).")
    List<String> selection = List.of();

    @ArgGroup
    Scope scope = new Scope();

    static final class Scope {
        @Option(
                names = "--named",
                description = "Try only the checks that a bug's bug.md names, which takes half as long.")
        boolean named;

        @Option(names = "--spec", description = "Try the model check alone.")
        boolean spec;

        BugRunner.Scope scope() {
            return spec ? BugRunner.Scope.MODEL_CHECK : named ? BugRunner.Scope.NAMED : BugRunner.Scope.ALL;
        }

        String word() {
            return spec ? " --spec" : named ? " --named" : "";
        }
    }

    @Option(
            names = "--share",
            paramLabel = "K/N",
            description = "Of these bugs take every N-th alone, from the K-th on: K from 1 to N is all of them.")
    Share share = Share.ALL;

    @Option(names = "--refresh", description = "First write those patches anew around which the code has changed.")
    boolean refresh;

    @Override
    Report run(PrintStream people, Progress progress) throws IOException, InterruptedException {
        var bugs = selected();
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        if (refresh) {
            new PatchRefresh(scrubjay.home(), temporary)
                    .refresh(bugs)
                    .forEach(patch -> people.println("written anew: " + patch));
            bugs = selected();
        }
        var runner = new BugRunner(scrubjay.home(), temporary, scope.scope());
        var heads = new ArrayList<>(List.of("bug"));
        Stream.of(CheckKind.values()).map(CheckKind::word).forEach(heads::add);
        var table = new Table(people, heads, widest(bugs));
        progress.begin(Words.count(bugs.size(), "bug") + ": begins");
        var results = runner.run(bugs, new BugRunner.Watcher() {
            @Override
            public void progress(String text) {
                progress.update(text);
            }

            @Override
            public void done(BugResult result) {
                // Nothing is shown on the way while a row is printed.
                synchronized (progress) {
                    progress.clear();
                    table.row(row(result));
                }
            }
        });
        results.forEach(result -> explain(result, people));
        var detections = Detections.of(results);
        detections.print(people);
        return report(results, detections);
    }

    private List<Bug> selected() throws IOException {
        return share.of(all());
    }

    /// A folder is one wherever it lies; everything else is a name.
    private List<Bug> all() throws IOException {
        var ours = scrubjay.home().resolve("conformance").resolve("bugs");
        if (selection.isEmpty()) {
            return BugBank.open(ours).bugs();
        }
        var bugs = new LinkedHashSet<Bug>();
        for (var word : selection) {
            var path = Path.of(word);
            if (word.contains("/") || Files.isDirectory(path)) {
                bugs.addAll(BugBank.open(path).bugs());
            } else {
                bugs.add(BugBank.open(ours).named(word));
            }
        }
        return List.copyOf(bugs);
    }

    private static List<String> widest(List<Bug> bugs) {
        var names = bugs.stream().map(Bug::name);
        var broken = bugs.stream().flatMap(bug -> bug.breaks().stream()).map(name -> name + ", 59 s");
        return List.of(longest(names), longest(broken), "seed 5, 9.9 s", "seed 5, 9.9 s", "seed 5, 9.9 s", "");
    }

    private static String longest(Stream<String> texts) {
        return texts.max(Comparator.comparingInt(String::length)).orElse("");
    }

    private static List<String> row(BugResult result) {
        var cells = new ArrayList<>(List.of(result.bug().name()));
        for (var kind : CheckKind.values()) {
            cells.add(
                    switch (cell(result, kind)) {
                        case BugResult.Cell.Caught(var where, var broken, var _, var time) ->
                            broken.orElse(where) + ", " + Words.time(time);
                        case BugResult.Cell.Missed _ -> "no";
                        case BugResult.Cell.NotTried _ -> "-";
                    });
        }
        return cells;
    }

    private static BugResult.Cell cell(BugResult result, CheckKind kind) {
        return result.cells().getOrDefault(kind, new BugResult.Cell.NotTried());
    }

    private void explain(BugResult result, PrintStream people) {
        if (!result.findings().isEmpty()) {
            people.println();
            findings(result).forEach(finding -> people.println(finding.where() + ": " + finding.text()));
            people.println("reproduce: " + reproduce(result.bug()));
        }
    }

    private List<Report.Finding> findings(BugResult result) {
        return result.findings().stream()
                .map(finding -> new Report.Finding(
                        finding.kind(), result.bug().name(), finding.text(), reproduce(result.bug())))
                .toList();
    }

    private String reproduce(Bug bug) {
        var ours = bug.folder().startsWith(scrubjay.home());
        return "./scrubjay bugs" + scope.word() + " "
                + (ours ? bug.name() : bug.folder().toAbsolutePath());
    }

    private Report report(List<BugResult> results, Detections detections) {
        var exit = results.stream().map(Bugs::exit).reduce(Exit.HELD, Exit::worst);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("bugs", results.stream().map(Bugs::facts).toList());
        detections.facts().ifPresent(seconds -> facts.put("detectionSeconds", seconds));
        return new Report(
                exit,
                closing(exit, results),
                results.stream().flatMap(result -> findings(result).stream()).toList(),
                facts);
    }

    /// Where TLC gave up, a check that saw nothing says nothing.
    private static Exit exit(BugResult result) {
        if (result.findings().isEmpty()) {
            return Exit.HELD;
        }
        return result.findings().stream().anyMatch(finding -> finding.kind().equals("undecided"))
                ? Exit.UNDECIDED
                : Exit.VIOLATED;
    }

    /// What the last line says after its verdict.
    static String closing(Exit exit, List<BugResult> results) {
        if (exit == Exit.HELD) {
            var catches = results.stream().mapToLong(BugResult::catches).sum();
            var takesPowerOff =
                    results.stream().filter(BugResult::takesPowerOff).count();
            return Words.count(results.size(), "bug") + ", " + Words.number(catches)
                    + (catches == 1 ? " catch" : " catches")
                    + (takesPowerOff == 0
                            ? ""
                            : "; a power-off shows " + Words.number(takesPowerOff) + " that kills do not");
        }
        var as = results.stream().filter(result -> exit(result) == exit).count();
        return as + " of " + Words.count(results.size(), "bug");
    }

    private static SequencedMap<String, Object> facts(BugResult result) {
        var bug = result.bug();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("bug", bug.name());
        facts.put("title", bug.title());
        bug.catalogue().ifPresent(number -> facts.put("catalogue", number));
        facts.put("verdict", exit(result).verdict());
        facts.put("seconds", result.time().toMillis() / 1000.0);
        facts.put("takesPowerOff", result.takesPowerOff());
        facts.put("checks", facts(result, CheckKind.checks()));
        facts.put("controls", facts(result, CheckKind.controls()));
        return facts;
    }

    private static List<SequencedMap<String, Object>> facts(BugResult result, List<CheckKind> kinds) {
        return kinds.stream()
                .map(kind -> facts(result.bug(), kind, cell(result, kind)))
                .toList();
    }

    private static SequencedMap<String, Object> facts(Bug bug, CheckKind kind, BugResult.Cell cell) {
        var facts = new LinkedHashMap<String, Object>();
        if (kind.isControl()) {
            facts.put("control", kind.word());
            facts.put("mustMiss", bug.missedBy().contains(kind));
        } else {
            facts.put("check", kind.word());
            facts.put("mustCatch", bug.caughtBy().contains(kind));
        }
        switch (cell) {
            case BugResult.Cell.Caught(var where, var broken, var text, var time) -> {
                facts.put("outcome", "caught");
                facts.put("where", where);
                broken.ifPresent(name -> facts.put("breaks", name));
                facts.put("text", text);
                facts.put("seconds", time.toMillis() / 1000.0);
            }
            case BugResult.Cell.Missed(var time) -> {
                facts.put("outcome", "missed");
                facts.put("seconds", time.toMillis() / 1000.0);
            }
            case BugResult.Cell.NotTried() -> facts.put("outcome", "not tried");
        }
        return facts;
    }
}
