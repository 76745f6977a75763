package dev.scrubjay.cli;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine;

/// `test`: the whole test suite, which is `mvn verify` with the Java that the launcher found.
@CommandLine.Command(
        name = "test",
        headerHeading = "Example: ./scrubjay test%n%n",
        header = "Run the whole test suite.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay test [--json]",
        sortOptions = false,
        description = "The same as 'mvn verify'. CONTRIBUTING.md says how to run one test alone.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class RunTests extends Command {
    private static final String REPRODUCE = "./scrubjay test";

    @Override
    Report run(PrintStream people, Progress progress) throws IOException, InterruptedException {
        var before = TestReports.stamps(scrubjay.home());
        var maven = start();
        int exit;
        try {
            exit = maven.waitFor();
        } finally {
            maven.destroy();
        }
        var reports = TestReports.since(before, scrubjay.home());
        var findings = new ArrayList<>(reports.failures());
        if (exit != 0 && findings.isEmpty()) {
            findings.add(new Report.Finding(
                    "build", "mvn verify", "Maven ended with " + exit + "; its output says why", REPRODUCE));
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("tests", reports.tests());
        facts.put("skipped", reports.skipped());
        if (findings.isEmpty() && reports.tests() == 0) {
            findings.add(new Report.Finding("undecided", "mvn verify", "no test ran", REPRODUCE));
            return new Report(Exit.UNDECIDED, "no test ran", findings, facts);
        }
        var closing = Words.count(reports.tests(), "test") + ", "
                + Words.number(reports.failures().size()) + " failed, " + Words.number(reports.skipped()) + " skipped";
        return new Report(findings.isEmpty() ? Exit.HELD : Exit.VIOLATED, closing, findings, facts);
    }

    /// Maven's own output is what a person wants to see; a program that asked for JSON finds it on standard
    /// error.
    private Process start() throws IOException {
        var command = json ? List.of("sh", "-c", "exec mvn verify >&2") : List.of("mvn", "verify");
        try {
            return new ProcessBuilder(command)
                    .directory(scrubjay.home().toFile())
                    .inheritIO()
                    .start();
        } catch (IOException _) {
            throw new InputException("there is no 'mvn' on the PATH; install Maven 3.8.6 or newer");
        }
    }
}
