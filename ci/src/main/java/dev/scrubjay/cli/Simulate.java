package dev.scrubjay.cli;

import dev.scrubjay.history.Histories;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioException;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Build;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.simulation.Swarm;
import dev.scrubjay.simulation.Tally;
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
import java.util.Locale;
import java.util.Optional;
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
                "./scrubjay simulate (--seed S [--trace FILE] [--history FILE] [--write FILE] | --seeds N [--from S] "
                        + "[--keep-going] [--resume FILE]) [--plan NAME | --scenario FILE] [--no-shrink] [--explain] "
                        + "[--picture FILE] [--junit FILE] [--json]%n       ./scrubjay simulate --bench [--json]",
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
            paramLabel = "campaign|quick|gray|rolling|replacing|kills|outside|lying|calm",
            description =
                    "What goes wrong: all that a group has to survive, the same in shorter runs, one link at a time, leaders that leave "
                            + "while links are bad, every node lost for ever in its turn, the second without anything lost with the power, clocks or disks "
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
            names = "--picture",
            paramLabel = "FILE",
            description =
                    "Draw the first run in which something was found there, made smaller if that goes; or a single "
                            + "run, whatever comes of it: an HTML file with lanes, messages, faults and the story "
                            + "(docs/pictures.md).")
    @Nullable
    Path picture;

    @Option(
            names = "--bench",
            description =
                    "Measure how fast simulated time passes at some loads, with everything checked: by the time that one "
                            + "thread has a core. Takes some minutes.")
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

    @Option(
            names = "--keep-going",
            description = "Run all seeds, whatever is found, and count it. Otherwise no run begins after the first in "
                    + "which something was.")
    boolean keepGoing;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Keep there what the campaign has come to; where the file is there already, go on after that. "
                            + "With --seeds only.")
    @Nullable
    Path resume;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the runs there as JUnit XML, a test for each.")
    @Nullable
    Path junit;

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
        refuseWhatDoesNotFit(single);
        if (write != null) {
            Files.writeString(write, ScenarioForm.write(scenarios.apply(list.getFirst())));
        }
        var checks = new ArrayList<Check>(List.of(new HistoryCheck()));
        if (trace != null || history != null) {
            checks.add(this::write);
        }
        var file = Optional.ofNullable(resume).map(there -> new CampaignFile(there, words(list.getFirst(), scenarios)));
        var tally = file.isPresent() ? file.get().read() : new Tally();
        var build = build(list, scenarios, progress);
        var order = new Campaign.Order(
                list.getFirst(),
                list.getLast(),
                scenarios,
                single || scenario != null
                        ? Optional.empty()
                        : Optional.of(plan().plan()).filter(Plan::mayAim),
                build,
                checks,
                Runtime.getRuntime().availableProcessors(),
                keepGoing);
        var begin = System.nanoTime();
        progress.begin("simulating " + Words.count(list.size(), "seed")
                + (tally.runs() == 0 ? "" : ", " + Words.number(tally.runs()) + " of them done before"));
        Campaign.run(order, tally, new Rate(list.size(), tally, progress, file));
        progress.clear();
        return report(people, progress, order, tally, Duration.ofNanos(System.nanoTime() - begin), single);
    }

    private void refuseWhatDoesNotFit(boolean single) {
        if (!single && (trace != null || history != null || write != null)) {
            throw new InputException("--trace, --history and --write write what one run did; name it with --seed");
        }
        if (single && (resume != null || keepGoing)) {
            throw new InputException("--resume and --keep-going are about many runs; say how many with --seeds");
        }
        for (var file : new Path[] {trace, history, write, resume, junit, picture}) {
            writable(file);
        }
    }

    /// What is run, so that a file goes on with nothing else. How many seeds there are is no matter.
    private String words(long first, LongFunction<Scenario> scenarios) {
        return "seeds from " + first + " of "
                + (scenario == null
                        ? "the plan " + plan()
                        : "the scenario "
                                + Integer.toHexString(
                                        ScenarioForm.write(scenarios.apply(0)).hashCode()))
                + (keepGoing ? ", all" : "");
    }

    private Report report(
            PrintStream people, Progress progress, Campaign.Order order, Tally tally, Duration time, boolean single)
            throws InterruptedException {
        var output = new CampaignOutput(tally, order, scenario == null ? Optional.of(plan()) : Optional.empty());
        output.printCounts(people, single);
        if (Thread.interrupted()) {
            people.println("interrupted after " + Words.number(tally.runs()) + " of "
                    + Words.count(order.last() - order.first() + 1, "seed") + goOn(order, tally));
            throw new InterruptedException();
        }
        // Said at once: to look for something smaller takes a while, and may be interrupted.
        var findings = output.printFindings(people, Optional.ofNullable(scenario));
        if (junit != null) {
            CampaignJunit.write(junit, tally, findings, time.toMillis() / 1_000.0);
        }
        var shrunk = shrunk(order, tally, progress);
        shrunk.ifPresent(smaller -> smaller.print(people));
        var told = tally.found().stream()
                .findFirst()
                .map(found -> shrunk.map(Shrunk::least).orElseGet(() -> scenario(order, found)));
        if ((explain && told.isPresent()) || picture != null) {
            var shown = told.or(() -> single ? Optional.of(order.scenarios().apply(order.first())) : Optional.empty());
            if (shown.isPresent()) {
                explain(people, order.build(), shown.get(), shrunk.flatMap(Shrunk::file));
            } else {
                people.println(picture + ": not drawn, since nothing was found; name one run with --seed");
            }
        }
        return output.report(people, findings, shrunk, single);
    }

    /// The later version is made only where some node is upgraded to it.
    private Build build(List<Long> list, LongFunction<Scenario> scenarios, Progress progress)
            throws IOException, InterruptedException {
        boolean isMixed = (scenario == null && list.size() > 1 && plan().plan().versions())
                || list.stream()
                        .flatMap(seed -> scenarios.apply(seed).steps().stream())
                        .anyMatch(step -> step.fault() instanceof Fault.Upgrade);
        if (!isMixed) {
            return Build.of(Version.scrubjay());
        }
        progress.begin("making the next version of the program");
        var next = NextVersion.make(scrubjay.home(), Path.of(System.getProperty("java.io.tmpdir")));
        return new Build(Version.scrubjay(), Optional.of(next));
    }

    private String goOn(Campaign.Order order, Tally tally) {
        if (resume != null) {
            return "; the same command goes on after the last fifty that were whole";
        }
        var ended = tally.sizes().stream().map(Tally.Size::seed).collect(Collectors.toSet());
        long next = order.first();
        while (ended.contains(next)) {
            next++;
        }
        return next > order.last() ? "" : "; go on with --seeds " + (order.last() - next + 1) + " --from " + next;
    }

    private void explain(PrintStream people, Build build, Scenario told, Optional<Path> kept) {
        var explained = Simulation.explain(told, build);
        var finding = Campaign.findings(explained.run(), List.of(new HistoryCheck())).stream()
                .findFirst();
        if (explain && finding.isPresent()) {
            people.println();
            people.println("how it came about (true time; *** is what was done to the nodes):");
            people.println();
            explained.story(finding.get()).forEach(people::println);
            people.println();
        }
        if (picture != null) {
            var again = "./scrubjay simulate "
                    + kept.map(file -> "--scenario " + file).orElse(which(told.seed()))
                    + " --explain --picture " + picture;
            var summary = List.of(
                    Words.count(told.nodes().size(), "node") + ", " + Words.count(told.groups(), "group") + ", "
                            + Words.count(told.workload().clients(), "client") + ", "
                            + Words.count(told.steps().size(), "fault") + "; seed " + told.seed(),
                    again);
            try {
                explained.picture(finding, summary).write(picture);
            } catch (IOException e) {
                throw new InputException(e.getMessage() + ": cannot be written; name another file");
            }
            people.println("picture: " + picture);
        }
    }

    private String which(long seed) {
        return "--seed " + seed
                + (scenario == null ? "" : " --scenario " + scenario)
                + (plan() == PlanName.campaign ? "" : " --plan " + plan());
    }

    /// The run in which something was found.
    private static Scenario scenario(Campaign.Order order, Tally.Found found) {
        return found.scenario()
                .map(ScenarioForm::read)
                .orElseGet(() -> order.scenarios().apply(found.seed()));
    }

    /// Of the first seed in which something was found.
    private Optional<Shrunk> shrunk(Campaign.Order order, Tally tally, Progress progress) throws InterruptedException {
        if (noShrink) {
            return Optional.empty();
        }
        for (var found : tally.found()) {
            if (!found.finding().check().equals(Finding.UNDECIDED)) {
                return Optional.of(Shrunk.of(
                        scenario(order, found), found.finding(), order.build(), List.of(new HistoryCheck()), progress));
            }
        }
        return Optional.empty();
    }

    /// Says how fast it goes, and keeps what a round came to.
    private static final class Rate implements Campaign.Listener {
        private final long seeds;
        private final long before;
        private final Tally tally;
        private final Progress progress;
        private final Optional<CampaignFile> file;
        private final long begin = System.nanoTime();

        Rate(long seeds, Tally tally, Progress progress, Optional<CampaignFile> file) {
            this.seeds = seeds;
            this.before = tally.runs();
            this.tally = tally;
            this.progress = progress;
            this.file = file;
        }

        @Override
        public void ended(long runs) {
            var time = Duration.ofNanos(System.nanoTime() - begin);
            double rate = (runs - before) / Math.max(1e-3, time.toMillis() / 1e3);
            progress.update(Words.number(runs) + " of " + Words.count(seeds, "seed") + ", " + Words.time(time) + ", "
                    + String.format(Locale.ROOT, "%.1f a second", rate)
                    + (tally.runs() == 0 ? "" : "; " + CampaignOutput.soFar(tally)));
        }

        @Override
        public void saved(Tally tally) {
            file.ifPresent(there -> there.write(tally));
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
            return seed -> Swarm.draw(seed, plan);
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
}
