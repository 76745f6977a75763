package dev.scrubjay.cli;

import dev.scrubjay.conformance.Judged;
import dev.scrubjay.conformance.TraceConformance;
import dev.scrubjay.conformance.TraceFile;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.specs.Tlc;
import dev.scrubjay.specs.TraceChecker;
import dev.scrubjay.trace.TraceEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/// `conform`: has TLC judge whether what an implementation did is a behaviour of the specification.
@CommandLine.Command(
        name = "conform",
        headerHeading = "Example: ./scrubjay conform --seeds 5%n%n",
        header = "Hold traces of an implementation against the specification.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay conform (--seed S | --seeds N | FILE ...) [--json]",
        sortOptions = false,
        description = "A trace of a seed is that of a short run of the simulated world.",
        descriptionHeading = "%n",
        parameterListHeading = "%nFiles:%n",
        optionListHeading = "%nOptions:%n")
final class Conform extends Command {
    /// So many seeds have to show every action.
    private static final int SEEDS_THAT_SHOW_ALL = 10;

    private static final int STATE_CHARACTERS_MAX = 600;

    @ArgGroup
    @Nullable
    Seeds seeds;

    @Parameters(
            paramLabel = "FILE",
            description = "A trace (docs/formats.md), or a folder with the traces of the nodes of one run, *.ndjson.")
    List<Path> files = List.of();

    @Override
    Report run(PrintStream people, Progress progress) throws IOException, InterruptedException {
        var traces = traces(progress);
        var begin = System.nanoTime();
        progress.begin(Words.count(traces.size(), "trace") + ": TLC starts");
        var checker = new TraceChecker(
                Tlc.bundled(),
                Runtime.getRuntime().availableProcessors(),
                Path.of(System.getProperty("java.io.tmpdir")));
        var judged = new TraceConformance(scrubjay.home().resolve("specs"), checker)
                .judge(
                        traces,
                        (explained, _) -> progress.update(Words.count(explained, "event") + " explained, "
                                + Words.time(Duration.ofNanos(System.nanoTime() - begin))));
        progress.clear();
        table(people, judged);
        judged.forEach(one -> explain(people, one));
        return report(people, judged);
    }

    private List<TraceFile> traces(Progress progress) throws IOException {
        var list = seeds == null ? List.<Long>of() : seeds.list(1);
        if (list.isEmpty() == files.isEmpty()) {
            throw new InputException(
                    "what to judge? Name trace files, or seeds of the simulated world with --seed or --seeds from 1 on");
        }
        var traces = new ArrayList<TraceFile>();
        for (var file : files) {
            traces.add(TraceFile.read(file));
        }
        for (var seed : list) {
            progress.update("simulating seed " + seed);
            var run = Simulation.run(seed, Plan.TRACE, Version.scrubjay());
            traces.add(TraceFile.of("seed " + seed, run.trace().get()));
        }
        return traces;
    }

    private static void table(PrintStream people, List<Judged> judged) {
        var widest = judged.stream()
                .map(Judged::trace)
                .reduce("", (one, other) -> other.length() > one.length() ? other : one);
        var table = new Table(
                people,
                List.of("trace", "group", "events", "explained", "verdict"),
                List.of(widest, "1,000", "1,000,000", "1,000,000", ""));
        for (var one : judged) {
            table.row(List.of(
                    one.trace(),
                    Words.number(one.group()),
                    Words.number(one.events()),
                    Words.number(one.explained()),
                    exit(one) == Exit.HELD ? "accepted" : exit(one) == Exit.VIOLATED ? "refused" : "undecided"));
        }
    }

    private static Exit exit(Judged judged) {
        return switch (judged.verdict()) {
            case Judged.Verdict.Accepted() -> Exit.HELD;
            case Judged.Verdict.Refused _ -> Exit.VIOLATED;
            case Judged.Verdict.Undecided _ -> Exit.UNDECIDED;
        };
    }

    private static void explain(PrintStream people, Judged judged) {
        if (judged.verdict() instanceof Judged.Verdict.Refused refused) {
            people.println();
            people.println(text(refused));
            people.println("  " + refused.json());
            people.println("the state there:");
            refused.state().forEach((variable, value) -> people.println("  " + variable + " = " + shortened(value)));
            people.println("reproduce: " + reproduce(judged));
        }
    }

    private static String text(Judged.Verdict.Refused refused) {
        return refused.at() + ": " + refused.who() + ": " + refused.reason();
    }

    private static String shortened(String value) {
        var text = value.length() <= STATE_CHARACTERS_MAX
                ? value
                : value.substring(0, STATE_CHARACTERS_MAX) + " ... (" + Words.number(value.length())
                        + " characters; whole with --json)";
        return text.replace("\n", "\n    ");
    }

    private static String reproduce(Judged judged) {
        return "./scrubjay conform " + (judged.trace().startsWith("seed ") ? "--" + judged.trace() : judged.trace());
    }

    private Report report(PrintStream people, List<Judged> judged) {
        var findings = new ArrayList<Report.Finding>();
        var actions = new TreeMap<String, Long>();
        for (var one : judged) {
            one.actions().forEach((action, count) -> actions.merge(action, count, Long::sum));
            switch (one.verdict()) {
                case Judged.Verdict.Accepted() -> {}
                case Judged.Verdict.Refused refused ->
                    findings.add(new Report.Finding("refused", one.trace(), text(refused), reproduce(one)));
                case Judged.Verdict.Undecided(var text) ->
                    findings.add(new Report.Finding("undecided", one.trace(), text, reproduce(one)));
            }
        }
        var exit = judged.stream().map(Conform::exit).reduce(Exit.HELD, Exit::worst);
        var events = judged.stream().mapToLong(Judged::events).sum();
        if (exit == Exit.HELD) {
            exit = vacuous(people, actions, events, findings);
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("traces", judged.stream().map(Conform::facts).toList());
        facts.put("actions", actions);
        var as = judged.size();
        var closing = switch (exit) {
            case HELD ->
                Words.count(as, "trace") + ", " + Words.count(events, "event") + ", "
                        + Words.count(actions.size(), "action");
            default -> findings.size() + " of " + Words.count(as, "trace");
        };
        return new Report(exit, closing, findings, facts);
    }

    /// A trace without events, or seeds in which an action never happens, prove nothing about it.
    private Exit vacuous(PrintStream people, Map<String, Long> actions, long events, List<Report.Finding> findings) {
        if (events == 0) {
            findings.add(new Report.Finding("undecided", "", "there is no event in any of these traces", ""));
        }
        if (seeds != null && seeds.list(1).size() >= SEEDS_THAT_SHOW_ALL) {
            Arrays.stream(TraceEvent.class.getPermittedSubclasses())
                    .map(Class::getSimpleName)
                    .filter(action -> !actions.containsKey(action))
                    .forEach(action -> findings.add(new Report.Finding(
                            "undecided", "", "the action " + action + " happens in none of these traces", "")));
        }
        findings.forEach(finding -> people.println(finding.text()));
        return findings.isEmpty() ? Exit.HELD : Exit.UNDECIDED;
    }

    private static SequencedMap<String, Object> facts(Judged judged) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("trace", judged.trace());
        facts.put("group", judged.group());
        facts.put("events", judged.events());
        facts.put("explained", judged.explained());
        facts.put("verdict", exit(judged).verdict());
        if (judged.verdict() instanceof Judged.Verdict.Refused refused) {
            facts.put("at", refused.at());
            facts.put("event", refused.json());
            facts.put("state", refused.state());
        }
        return facts;
    }
}
