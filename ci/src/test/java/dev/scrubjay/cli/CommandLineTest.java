package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What every command has in common, above all how it fails.
final class CommandLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense                           | scrubjay: no command 'nonsense'; there are: bugs, check-history, check-specs, conform, restore, scrub, simulate, test (see ./scrubjay --help)
            check-specs --modle x              | scrubjay check-specs: no option '--modle'; did you mean --model? (see ./scrubjay check-specs --help)
            check-specs x                      | scrubjay check-specs: 'x' is not expected here (see ./scrubjay check-specs --help)
            check-specs --model                | scrubjay check-specs: Missing required parameter for option '--model' at index 0 (NAME) (see ./scrubjay check-specs --help)
            check-specs --tier huge            | scrubjay check-specs: Invalid value for option '--tier': 'huge' is none of smoke, quick, deep (see ./scrubjay check-specs --help)
            check-specs --model x --tier quick | scrubjay check-specs: --tier=TIER, --model=NAME are mutually exclusive (specify only one) (see ./scrubjay check-specs --help)
            test --fast                        | scrubjay test: no option '--fast' (see ./scrubjay test --help)
            ''                                      | scrubjay: which command? (see ./scrubjay --help)
            """)
    void badUsageIsOneLineThatSaysWhereToLook(String arguments, String line) {
        var ended = Cli.run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo(line + "\n");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void badUsageIsAnObjectForAProgramThatAskedForOne() {
        var ended = Cli.run("check-specs", "--json", "--modle", "x");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ReportSchema.violations(ended.json())).isEmpty();
        assertThat(ended.json().at("/findings/0/kind").asString()).isEqualTo("usage");
        assertThat(ended.json().at("/findings/0/text").asString()).contains("--modle");
    }

    @Test
    void helpBeginsWithAnExampleThatWorksAsPasted() {
        var commandLine = Cli.commandLine();
        assertThat(commandLine.getSubcommands()).isNotEmpty();
        for (var name : commandLine.getSubcommands().keySet()) {
            var example = Cli.run(name, "--help").out().lines().findFirst().orElseThrow();

            assertThat(example).startsWith("Example: ./scrubjay " + name);
            var arguments = example.substring("Example: ./scrubjay ".length()).split(" ", -1);
            assertThat(commandLine.parseArgs(arguments).errors()).isEmpty();
        }
        assertThat(Cli.run("--help").out()).startsWith("Example: ./scrubjay ").contains("check-specs    Model-check");
    }

    @Test
    void versionNamesScrubjayAndJava() {
        assertThat(Cli.run("--version").out())
                .contains("scrubjay ")
                .contains("java " + Runtime.version().feature());
    }

    @Test
    void aFaultOfOursIsNeverMistakenForAFinding() {
        var ended = Cli.run(commandLine -> commandLine.addSubcommand(new Faulty()), "faulty");

        assertThat(ended.exit()).isEqualTo(4);
        assertThat(ended.err())
                .contains("at dev.scrubjay.cli.CommandLineTest$Faulty.run")
                .contains(
                        "scrubjay faulty: this is a fault of Scrubjay itself, not a finding: IllegalStateException: slot 3 twice; "
                                + "please report it");
        var json = Cli.run(commandLine -> commandLine.addSubcommand(new Faulty()), "faulty", "--json")
                .json();
        assertThat(ReportSchema.violations(json)).isEmpty();
        assertThat(json.at("/exit").asInt()).isEqualTo(4);
        assertThat(json.at("/verdict").asString()).isEqualTo("error");
    }

    @CommandLine.Command(name = "faulty")
    static final class Faulty extends Command {
        @Override
        Report run(PrintStream people, Progress progress) {
            throw new IllegalStateException("slot 3 twice");
        }
    }

    /// The order of the design: a finding counts most, then a fault of ours, bad input, an open question.
    @Test
    void ofSeveralEndsTheWorstCounts() {
        var worstFirst = new Exit[] {Exit.VIOLATED, Exit.BROKEN, Exit.BAD_INPUT, Exit.UNDECIDED, Exit.HELD};
        for (int worse = 0; worse < worstFirst.length; worse++) {
            for (int better = worse; better < worstFirst.length; better++) {
                assertThat(Exit.worst(worstFirst[worse], worstFirst[better])).isEqualTo(worstFirst[worse]);
                assertThat(Exit.worst(worstFirst[better], worstFirst[worse])).isEqualTo(worstFirst[worse]);
            }
        }
    }
}
