package dev.scrubjay.cli;

import dev.scrubjay.specs.InputException;
import dev.scrubjay.specs.Tier;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as a whole: its commands, and how each of them fails.
@CommandLine.Command(
        name = "scrubjay",
        headerHeading = "Example: ./scrubjay check-specs%n%n",
        header = "Formal models and conformance tests for replicated storage.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay COMMAND [OPTION ...]",
        optionListHeading = "%nOptions:%n",
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = "./scrubjay COMMAND --help tells more about one; docs/command-line.md about all, and the exit codes.",
        versionProvider = Version.class,
        subcommands = {
            Bugs.class,
            CheckHistory.class,
            CheckSpecs.class,
            Conform.class,
            Restore.class,
            Scrub.class,
            Simulate.class,
            RunTests.class
        })
final class Scrubjay implements Runnable {
    @Spec
    CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the versions of Scrubjay and Java.")
    boolean version;

    private final Terminal terminal;
    private final Path home;

    private Scrubjay(Terminal terminal, Path home) {
        this.terminal = terminal;
        this.home = home;
    }

    /// The command line of a checkout.
    ///
    /// @param home the folder that the launcher lies in
    static CommandLine commandLine(Terminal terminal, Path home) {
        var whole = new CommandLine(new Scrubjay(terminal, home));
        ReadingOptions.registerOn(whole);
        return whole.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .registerConverter(Tier.class, Scrubjay::tier)
                .registerConverter(Share.class, Share::parse)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler((exception, arguments) -> refuse(terminal, exception, arguments))
                .setExecutionExceptionHandler(
                        (exception, commandLine, parsed) -> fail(terminal, exception, commandLine, parsed));
    }

    private static Tier tier(String word) {
        return Arrays.stream(Tier.values())
                .filter(tier -> tier.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is none of smoke, quick, deep"));
    }

    Terminal terminal() {
        return terminal;
    }

    Path home() {
        return home;
    }

    /// Without a command there is nothing to do.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int refuse(Terminal terminal, ParameterException exception, String[] arguments) {
        var commandLine = exception.getCommandLine();
        var text = exception instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched)
                : String.valueOf(exception.getMessage()).replaceFirst("^Error: ", "");
        text += " (see ./" + commandLine.getCommandSpec().qualifiedName() + " --help)";
        return end(terminal, commandLine, List.of(arguments), Exit.BAD_INPUT, "usage", text);
    }

    private static String unknown(UnmatchedArgumentException exception) {
        var word = exception.getUnmatched().getFirst();
        var commands = exception.getCommandLine().getSubcommands().keySet();
        if (word.startsWith("-")) {
            var suggestions = exception.getSuggestions();
            return "no option '" + word + "'"
                    + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?");
        }
        return commands.isEmpty()
                ? "'" + word + "' is not expected here"
                : "no command '" + word + "'; there are: " + String.join(", ", commands);
    }

    private static int fail(Terminal terminal, Exception exception, CommandLine commandLine, ParseResult parsed) {
        var arguments = parsed.originalArgs();
        return switch (exception) {
            case InputException input ->
                end(terminal, commandLine, arguments, Exit.BAD_INPUT, "input", input.getMessage());
            case InterruptedException _ ->
                end(
                        terminal,
                        commandLine,
                        arguments,
                        Exit.INTERRUPTED,
                        "interrupted",
                        "interrupted; nothing is left behind");
            default -> {
                exception.printStackTrace(terminal.err());
                yield end(terminal, commandLine, arguments, Exit.BROKEN, "fault", Version.fault(exception));
            }
        };
    }

    private static int end(
            Terminal terminal, CommandLine commandLine, List<String> arguments, Exit exit, String kind, String text) {
        var spec = commandLine.getCommandSpec();
        terminal.err().println(spec.qualifiedName() + ": " + text);
        // Taken from the words themselves, because what went wrong may be the reading of them.
        if (arguments.contains(Command.JSON)) {
            terminal.out().println(Report.failure(exit, kind, "", text).json(spec.name(), Duration.ZERO));
        }
        return exit.code();
    }
}
