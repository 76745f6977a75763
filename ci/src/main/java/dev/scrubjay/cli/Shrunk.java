package dev.scrubjay.cli;

import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Build;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.world.Check;
import dev.scrubjay.world.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The smallest scenario that still fails like the one that was found, in a file.
///
/// @param first what was found
/// @param least what is left of it
/// @param file where it is written; nowhere if nothing can be
record Shrunk(Scenario first, Scenario least, int runs, Finding finding, Optional<Path> file) {
    private static final int RUNS_MAX = 600;

    /// Looks for it, and writes it down.
    static Shrunk of(Scenario first, Finding found, Build build, List<Check> checks, Progress progress)
            throws InterruptedException {
        var runs = new int[1];
        progress.begin("looking for a smaller scenario that fails in the same way");
        var least = Campaign.shrink(
                first, found, build, checks, RUNS_MAX, Runtime.getRuntime().availableProcessors(), (tried, faults) -> {
                    runs[0] = tried;
                    progress.update(Words.count(faults, "fault") + " left after " + Words.count(tried, "run"));
                });
        progress.clear();
        var run = Simulation.run(least, build);
        var finding = Campaign.findings(run, checks).stream()
                .filter(each -> found.isLike(each))
                .findFirst()
                .orElseThrow();
        var text = ScenarioForm.write(least) + "# " + finding.check() + ": "
                + finding.text().replace('\n', ' ') + "\n";
        return new Shrunk(first, least, runs[0], finding, written(text, "seed-" + first.seed() + ".scenario"));
    }

    private static Optional<Path> written(String text, String name) {
        try {
            var file = Files.createDirectories(Path.of("failures")).resolve(name);
            return Optional.of(Files.writeString(file, text));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    void print(PrintStream people) {
        people.println();
        people.println("smaller, and it fails in the same way ("
                + Words.count(least.steps().size(), "fault") + " of "
                + first.steps().size() + ", " + Words.count(least.workload().clients(), "client") + " of "
                + first.workload().clients() + ", " + Words.count(least.nodes().size(), "node") + " of "
                + first.nodes().size() + "; " + Words.count(runs, "run") + "):");
        people.println();
        ScenarioForm.write(least).lines().forEach(line -> people.println("    " + line));
        people.println();
        people.println(finding.check() + ": " + finding.text()
                + (finding.when().isEmpty() ? "" : " (" + finding.when() + ")"));
        people.println(file.map(there -> "reproduce: ./scrubjay simulate --scenario " + there)
                .orElse("the folder 'failures' cannot be written here; keep these lines in a file"));
    }

    /// The same for programs.
    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        file.ifPresent(there -> facts.put("file", there.toString()));
        facts.put("scenario", ScenarioForm.write(least));
        facts.put("runs", runs);
        return facts;
    }
}
