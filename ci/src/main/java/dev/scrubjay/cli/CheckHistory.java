package dev.scrubjay.cli;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Judgement;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.checker.Verdict;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `check-history`: whether what clients saw is what a sequential object can do.
@CommandLine.Command(
        name = "check-history",
        headerHeading = "Example: ./scrubjay check-history --expect history-checker/examples/examples.expect%n%n",
        header = "Decide whether recorded histories are linearizable.",
        synopsisHeading = "%nUsage: ",
        customSynopsis =
                "./scrubjay check-history FILE ... [--object NAME] [--engine NAME] [--expect FILE] [OPTION ...]",
        sortOptions = false,
        description = "Reads EDN, lines of JSON and Jepsen's log lines, compressed by gzip or not (docs/formats.md).",
        descriptionHeading = "%n",
        parameterListHeading = "%nFiles:%n",
        optionListHeading = "%nOptions:%n")
final class CheckHistory extends Command {
    private static final String ALL_ENGINES = "all";
    private static final String CHOSEN = "auto";

    @Parameters(
            paramLabel = "FILE",
            description = "A history, a folder of them, or - for standard input. With --expect the folder that its "
                    + "paths start from (default: the one that it lies in).")
    List<Path> files = List.of();

    @Mixin
    ReadingOptions options = new ReadingOptions();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Decide by this engine alone (docs/history-checker.md), or by 'all' that can and see that "
                    + "they agree (default: auto, which chooses for each key).")
    String engine = CHOSEN;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "Check the histories that this file lists, as lines of 'PATH OBJECT [OPTION ...] VERDICT', "
                    + "and compare the verdicts.")
    @Nullable
    Path expect;

    @Option(
            names = "--limit-seconds",
            paramLabel = "N",
            description = "Give up on a history after so long; its verdict is unknown then (default: 300).")
    int limitSeconds = 300;

    /// A history, how to read it, and what should come out.
    private record Task(
            Path file,
            String where,
            ReadingOptions options,
            @Nullable Expectation expectation) {}

    private sealed interface Done {}

    /// What came out.
    private record Judged(Task task, int operations, String object, String reading, Judgement judgement, Duration time)
            implements Done {
        String word() {
            return CheckHistory.word(judgement.verdict());
        }

        boolean isAsExpected() {
            return task.expectation() == null || task.expectation().verdict().equals(word());
        }
    }

    /// It is no history, or not one of this object.
    private record Broken(Task task, String text) implements Done {}

    @Override
    Report run(PrintStream people, Progress progress) throws IOException, InterruptedException {
        if (limitSeconds < 1) {
            throw new InputException("--limit-seconds: a number from 1 on is needed");
        }
        checkEngine();
        var tasks = tasks();
        progress.begin("checking " + Words.count(tasks.size(), "history"));
        var done = new ArrayList<Done>();
        Table table = null;
        for (var task : tasks) {
            progress.update(
                    Words.number(done.size()) + " of " + Words.count(tasks.size(), "history") + ": " + task.where());
            try {
                var judged = check(task);
                progress.clear();
                table = table == null ? table(people, tasks) : table;
                for (var one : judged) {
                    row(table, one);
                }
                done.addAll(judged);
            } catch (InputException e) {
                // One of many does not keep the others from being checked.
                if (tasks.size() == 1) {
                    throw e;
                }
                done.add(new Broken(task, e.getMessage()));
            }
        }
        progress.clear();
        explain(people, done);
        return report(done);
    }

    private void checkEngine() {
        if (engine.equals(CHOSEN) || engine.equals(ALL_ENGINES)) {
            return;
        }
        try {
            Checker.requireEngine(engine);
        } catch (IllegalArgumentException e) {
            throw new InputException("--engine: " + e.getMessage());
        }
    }

    private List<Task> tasks() throws IOException {
        var tasks = new ArrayList<Task>();
        if (expect == null) {
            if (files.isEmpty()) {
                throw new InputException("what to check? Name histories, folders of them, or - for standard input");
            }
            for (var file : HistoryFiles.of(files)) {
                tasks.add(new Task(
                        file,
                        file.equals(HistoryFiles.STANDARD_INPUT) ? "standard input" : file.toString(),
                        options,
                        null));
            }
            return tasks;
        }
        if (files.size() > 1 || (files.size() == 1 && !Files.isDirectory(files.getFirst()))) {
            throw new InputException("--expect: the file lists the histories; name at most one folder beside it");
        }
        var folder = files.isEmpty() ? expect.resolveSibling("") : files.getFirst();
        for (var expectation : Expectation.read(expect, folder)) {
            var where = expect + ":" + expectation.line();
            var words = new ArrayList<>(List.of("--object", expectation.object()));
            words.addAll(expectation.options());
            try {
                tasks.add(new Task(
                        expectation.file(), expectation.file().toString(), ReadingOptions.parse(words), expectation));
            } catch (InputException e) {
                throw new InputException(where + ": " + e.getMessage());
            }
        }
        return tasks;
    }

    /// By one engine or by all that take it.
    private List<Judged> check(Task task) throws IOException, InterruptedException {
        try {
            var loaded = HistoryFiles.load(task.file(), System.in);
            var object = task.options().object(loaded, task.where());
            var done = new ArrayList<Judged>();
            var worker = Thread.currentThread();
            for (var name : engine.equals(ALL_ENGINES) ? Checker.engines() : List.of(engine)) {
                long begin = System.nanoTime();
                long end = begin + limitSeconds * 1_000_000_000L;
                var checker = new Checker(
                        object, Limits.standard().until(() -> worker.isInterrupted() || System.nanoTime() - end > 0));
                var judgement = (name.equals(CHOSEN) ? checker : checker.with(name)).judge(loaded.history());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!(engine.equals(ALL_ENGINES) && judgement.isDeclined())) {
                    done.add(new Judged(
                            task,
                            loaded.history().size(),
                            object.name(),
                            task.options().text(task.options().reading(loaded.format())),
                            judgement,
                            Duration.ofNanos(System.nanoTime() - begin)));
                }
            }
            return done;
        } catch (HistoryException e) {
            var text = e.getMessage();
            throw new InputException(text.startsWith(task.where()) ? text : task.where() + ": " + text);
        }
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Linearizable _ -> "linearizable";
            case Verdict.NotLinearizable _ -> "not-linearizable";
            case Verdict.Unknown _ -> "unknown";
        };
    }

    private static Table table(PrintStream people, List<Task> tasks) {
        var widest =
                tasks.stream().map(Task::where).reduce("", (one, other) -> other.length() > one.length() ? other : one);
        return new Table(
                people,
                List.of("history", "operations", "object", "engine", "time", "verdict"),
                List.of(widest, "1,000,000", "independent:register", "zones, search", "1 min 10 s", ""));
    }

    private static void row(Table table, Judged done) {
        var expectation = done.task().expectation();
        table.row(List.of(
                done.task().where(),
                Words.number(done.operations()),
                done.object(),
                String.join(", ", engines(done.judgement()).keySet()),
                Words.time(done.time()),
                done.word()
                        + (expectation == null || done.isAsExpected() ? "" : ", expected: " + expectation.verdict())));
    }

    /// Of each engine, for how many parts of the object it was chosen.
    private static Map<String, Integer> engines(Judgement judgement) {
        var engines = new LinkedHashMap<String, Integer>();
        judgement.parts().forEach(part -> engines.merge(part.engine(), 1, Integer::sum));
        return engines;
    }

    /// How histories were read, why not, and why by which engine.
    private void explain(PrintStream people, List<Done> done) {
        var judged = judged(done);
        if (!judged.isEmpty()) {
            people.println();
        }
        judged.stream().map(Judged::reading).distinct().forEach(reading -> people.println("read with " + reading));
        if (judged.size() == 1) {
            reasons(people, judged.getFirst().judgement());
        }
        for (var finding : findings(done)) {
            people.println();
            people.println(finding.text());
            if (!finding.reproduce().isEmpty()) {
                people.println("reproduce: " + finding.reproduce());
            }
        }
    }

    private static List<Judged> judged(List<Done> done) {
        return done.stream()
                .filter(Judged.class::isInstance)
                .map(Judged.class::cast)
                .toList();
    }

    private static void reasons(PrintStream people, Judgement judgement) {
        engines(judgement).forEach((engine, parts) -> {
            var first = judgement.parts().stream()
                    .filter(part -> part.engine().equals(engine))
                    .findFirst()
                    .orElseThrow();
            var of = first.key().isEmpty() ? "" : " for " + Words.count(parts, "key");
            var example = parts > 1 && !engine.equals("zones")
                    ? " (key " + first.key().orElseThrow() + ")"
                    : "";
            people.println("engine " + engine + of + ", " + first.reason() + example);
        });
    }

    private List<Report.Finding> findings(List<Done> done) {
        var findings = new ArrayList<Report.Finding>();
        for (var one : done) {
            switch (one) {
                case Broken(var task, var text) -> findings.add(new Report.Finding("input", task.where(), text, ""));
                case Judged judged -> {
                    if (exit(judged) != Exit.HELD) {
                        findings.add(new Report.Finding(
                                judged.task().expectation() == null ? judged.word() : "unexpected",
                                judged.task().where(),
                                judged.task().where() + ": "
                                        + judged.judgement().verdict().text(),
                                reproduce(judged)));
                    }
                }
            }
        }
        return findings;
    }

    private String reproduce(Judged done) {
        var file = done.task().file().equals(HistoryFiles.STANDARD_INPUT)
                ? "-"
                : done.task().where();
        return "./scrubjay check-history " + file + " --object " + done.object() + " " + done.reading()
                + (engine.equals(CHOSEN) ? "" : " --engine " + engine);
    }

    private Report report(List<Done> done) {
        var findings = findings(done);
        var exit = done.stream().map(CheckHistory::exit).reduce(Exit.HELD, Exit::worst);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("histories", judged(done).stream().map(CheckHistory::facts).toList());
        var isEach = expect == null && !engine.equals(ALL_ENGINES);
        var all = Words.count(done.size(), isEach ? "history" : "verdict");
        var as = expect == null ? "linearizable" : "as expected";
        var closing = switch (exit) {
            case HELD -> all + " " + as;
            case UNDECIDED -> findings.size() + " of " + all + " undecided";
            default -> findings.size() + " of " + all + " not " + as;
        };
        return new Report(exit, closing, findings, facts);
    }

    private static Exit exit(Done done) {
        return switch (done) {
            case Broken _ -> Exit.BAD_INPUT;
            case Judged judged when judged.isAsExpected() && judged.task().expectation() != null -> Exit.HELD;
            case Judged judged ->
                switch (judged.judgement().verdict()) {
                    case Verdict.Linearizable _ -> judged.task().expectation() == null ? Exit.HELD : Exit.VIOLATED;
                    case Verdict.NotLinearizable _ -> Exit.VIOLATED;
                    case Verdict.Unknown _ -> Exit.UNDECIDED;
                };
        };
    }

    private static SequencedMap<String, Object> facts(Judged done) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("history", done.task().where());
        facts.put("operations", done.operations());
        facts.put("object", done.object());
        facts.put("read", done.reading());
        facts.put("verdict", done.word());
        facts.put("engines", engines(done.judgement()));
        facts.put("seconds", done.time().toNanos() / 1e9);
        return facts;
    }
}
