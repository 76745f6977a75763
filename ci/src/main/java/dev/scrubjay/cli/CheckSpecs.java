package dev.scrubjay.cli;

import dev.scrubjay.specs.Counterexample;
import dev.scrubjay.specs.Mode;
import dev.scrubjay.specs.Model;
import dev.scrubjay.specs.ModelChecker;
import dev.scrubjay.specs.ModelResult;
import dev.scrubjay.specs.Outcome;
import dev.scrubjay.specs.SpecsFolder;
import dev.scrubjay.specs.Tier;
import dev.scrubjay.specs.Tlc;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// `check-specs`: has TLC check the models of a folder, and holds what it finds against the manifest.
@CommandLine.Command(
        name = "check-specs",
        headerHeading = "Example: ./scrubjay check-specs%n%n",
        header = "Model-check specifications with TLC, and compare the outcome with their manifest.json.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay check-specs [--tier TIER | --model NAME ...] [--dir PATH] [--tlc JAR] [--json]",
        sortOptions = false,
        description =
                "Without a manifest, each NAME.cfg or NAME.variant.cfg beside a NAME.tla is a model that must hold.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class CheckSpecs extends Command {
    @ArgGroup
    @Nullable
    Selection selection;

    @Option(
            names = "--dir",
            paramLabel = "PATH",
            description = "The folder with the specifications (default: our own specs folder).")
    @Nullable
    Path dir;

    @Option(
            names = "--tlc",
            paramLabel = "JAR",
            description = "Another tla2tools.jar to check with (default: TLC 2.18, which comes with us).")
    @Nullable
    Path tlc;

    static final class Selection {
        @Option(
                names = "--tier",
                paramLabel = "TIER",
                description =
                        "Check the models of this tier, smoke, quick or deep, and of those before it (default: smoke).")
        @Nullable
        Tier tier;

        @Option(
                names = "--model",
                paramLabel = "NAME",
                arity = "1..*",
                description = "Check these models, of any tier.")
        @Nullable
        List<String> models;
    }

    @Override
    Report run(PrintStream people, Progress progress) throws IOException, InterruptedException {
        var folder = SpecsFolder.open(shortest(dir == null ? scrubjay.home().resolve("specs") : dir));
        var models = selected(folder);
        var checker = new ModelChecker(
                tlc == null ? Tlc.bundled() : Tlc.at(tlc),
                Runtime.getRuntime().availableProcessors(),
                Path.of(System.getProperty("java.io.tmpdir")));

        var table =
                new Table(people, List.of("model", "distinct states", "expected", "time", "verdict"), widest(models));
        var results = new ArrayList<ModelResult>();
        for (var model : models) {
            progress.begin(model.name() + ": TLC starts");
            var result = checker.check(model, watcher(model, progress));
            progress.clear();
            table.row(row(result));
            results.add(result);
        }
        results.forEach(result -> explain(result, people));
        return report(results);
    }

    private List<Model> selected(SpecsFolder folder) {
        if (selection != null && selection.models != null) {
            return folder.named(selection.models);
        }
        return folder.upTo(selection == null || selection.tier == null ? Tier.SMOKE : selection.tier);
    }

    private static ModelChecker.Watcher watcher(Model model, Progress progress) {
        var begin = System.nanoTime();
        return (distinctStates, waiting) -> progress.update(model.name() + ": "
                + Words.count(distinctStates, "distinct state") + ", " + Words.number(waiting) + " waiting, "
                + Words.time(Duration.ofNanos(System.nanoTime() - begin)));
    }

    private static List<String> widest(List<Model> models) {
        var name = models.stream()
                .map(Model::name)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        return List.of(name, "1,000,000,000", "1,000,000,000", "59 min 59 s", "");
    }

    private static List<String> row(ModelResult result) {
        var states = result.model().distinctStates();
        var counted = result.model().mode() instanceof Mode.Exhaustive;
        return List.of(
                result.model().name(),
                counted ? Words.number(result.distinctStates()) : "not counted",
                states.isPresent() ? Words.number(states.getAsLong()) : "any",
                Words.time(result.time()),
                verdict(result));
    }

    private static String verdict(ModelResult result) {
        var exit = exit(result);
        return exit == Exit.HELD ? result.model().expected().toString() : exit.verdict();
    }

    private static Exit exit(ModelResult result) {
        return switch (result.outcome()) {
            case Outcome.Unreadable _ -> Exit.BAD_INPUT;
            case Outcome.Undecided _ -> Exit.UNDECIDED;
            case Outcome.Completed _, Outcome.Violated _ -> result.findings().isEmpty() ? Exit.HELD : Exit.VIOLATED;
        };
    }

    /// Below the table, for each model that is not as it should be: what, the behaviour, and the command that
    /// shows it again.
    private void explain(ModelResult result, PrintStream people) {
        var findings = findings(result);
        if (findings.isEmpty()) {
            return;
        }
        people.println();
        findings.forEach(finding -> people.println(finding.where() + ": " + finding.text()));
        result.counterexample().ifPresent(counterexample -> print(counterexample, people));
        people.println("reproduce: " + reproduce(result.model()));
    }

    /// The first state whole; of the others only what changed, which is what the reader looks for.
    private static void print(Counterexample counterexample, PrintStream people) {
        var before = new LinkedHashMap<String, String>();
        for (var state : counterexample.states()) {
            people.println("  " + state.number() + "  " + state.action());
            state.variables().forEach((name, value) -> {
                if (!value.equals(before.put(name, value))) {
                    people.println("       " + name + " = " + value.replace("\n", "\n       "));
                }
            });
        }
        switch (counterexample.ending()) {
            case Counterexample.Ending.Here() -> {}
            case Counterexample.Ending.Stuttering() -> people.println("  and then nothing ever happens again");
            case Counterexample.Ending.BackTo(int number) ->
                people.println("  and then on from state " + number + ", for ever");
        }
    }

    private List<Report.Finding> findings(ModelResult result) {
        var where = result.model().name();
        var reproduce = reproduce(result.model());
        return switch (result.outcome()) {
            case Outcome.Unreadable(var text) -> List.of(new Report.Finding("input", where, text, reproduce));
            case Outcome.Undecided(var text) -> List.of(new Report.Finding("undecided", where, text, reproduce));
            case Outcome.Completed _, Outcome.Violated _ ->
                result.findings().stream()
                        .map(finding -> new Report.Finding(finding.kind(), where, finding.text(), reproduce))
                        .toList();
        };
    }

    private Report report(List<ModelResult> results) {
        var exit = results.stream().map(CheckSpecs::exit).reduce(Exit.HELD, Exit::worst);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("tlc", results.isEmpty() ? "" : results.getFirst().tlc());
        facts.put("models", results.stream().map(CheckSpecs::facts).toList());
        return new Report(
                exit,
                closing(exit, results),
                results.stream().flatMap(result -> findings(result).stream()).toList(),
                facts);
    }

    private static String closing(Exit exit, List<ModelResult> results) {
        if (exit == Exit.HELD) {
            return Words.count(results.size(), "model")
                    + ", "
                    + Words.count(sum(results, model -> model.invariants().size()), "invariant")
                    + ", "
                    + Words.count(sum(results, model -> model.properties().size()), "property");
        }
        var as = results.stream().filter(result -> exit(result) == exit).count();
        return as + " of " + Words.count(results.size(), "model");
    }

    private static int sum(List<ModelResult> results, ToIntFunction<Model> size) {
        return results.stream().map(ModelResult::model).mapToInt(size).sum();
    }

    private static SequencedMap<String, Object> facts(ModelResult result) {
        var model = result.model();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("model", model.name());
        facts.put("tier", model.tier().word());
        facts.put("verdict", exit(result).verdict());
        facts.put("distinctStates", result.distinctStates());
        model.distinctStates().ifPresent(states -> facts.put("expectedDistinctStates", states));
        facts.put("seconds", result.time().toMillis() / 1000.0);
        facts.put("invariants", model.invariants());
        facts.put("properties", model.properties());
        result.counterexample().ifPresent(counterexample -> facts.put("counterexample", facts(counterexample)));
        return facts;
    }

    private static SequencedMap<String, Object> facts(Counterexample counterexample) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("states", counterexample.states());
        switch (counterexample.ending()) {
            case Counterexample.Ending.Here() -> {}
            case Counterexample.Ending.Stuttering() -> facts.put("then", "stuttering");
            case Counterexample.Ending.BackTo(int number) -> facts.put("backTo", number);
        }
        return facts;
    }

    private String reproduce(Model model) {
        return "./scrubjay check-specs"
                + Optional.ofNullable(dir).map(path -> " --dir " + quoted(path)).orElse("")
                + Optional.ofNullable(tlc).map(path -> " --tlc " + quoted(path)).orElse("")
                + " --model " + model.name();
    }

    private static String quoted(Path path) {
        return path.toString().contains(" ") ? "'" + path + "'" : path.toString();
    }

    /// As a person here would write it.
    private static Path shortest(Path path) {
        var here = Path.of("").toAbsolutePath();
        return path.isAbsolute() && path.startsWith(here) ? here.relativize(path) : path;
    }
}
