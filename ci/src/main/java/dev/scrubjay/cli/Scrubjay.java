package dev.scrubjay.cli;

import dev.scrubjay.specs.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as a whole: its commands, and how each of them fails.
@Command(
        name = "scrubjay",
        headerHeading = "Example: ./scrubjay check-specs%n%n",
        header = "Formal models and conformance tests for replicated storage.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay COMMAND [OPTION ...]",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = "./scrubjay COMMAND --help tells more about one; docs/command-line.md about all, and the exit codes.",
        versionProvider = Version.class,
        subcommands = {CheckSpecs.class, RunTests.class})
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
        return new CommandLine(new Scrubjay(terminal, home))
                .setOut(new java.io.PrintWriter(terminal.out(), true, java.nio.charset.StandardCharsets.UTF_8))
                .setErr(new java.io.PrintWriter(terminal.err(), true, java.nio.charset.StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler((exception, arguments) -> refuse(terminal, exception, arguments))
                .setExecutionExceptionHandler(
                        (exception, commandLine, parsed) -> fail(terminal, exception, commandLine, parsed));
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
        var text = exception.getMessage();
        if (exception instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            text += "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        var name = commandLine.getCommandSpec().qualifiedName();
        return end(
                terminal,
                commandLine,
                Arrays.asList(arguments).contains(dev.scrubjay.cli.Command.JSON),
                Exit.BAD_INPUT,
                "usage",
                text + " (see ./" + name + " --help)");
    }

    private static int fail(Terminal terminal, Exception exception, CommandLine commandLine, ParseResult parsed) {
        var json = parsed.hasMatchedOption(dev.scrubjay.cli.Command.JSON);
        return switch (exception) {
            case InputException input -> end(terminal, commandLine, json, Exit.BAD_INPUT, "input", input.getMessage());
            case InterruptedException _ ->
                end(terminal, commandLine, json, Exit.INTERRUPTED, "interrupted", "interrupted; nothing is left behind");
            default -> {
                exception.printStackTrace(terminal.err());
                yield end(terminal, commandLine, json, Exit.BROKEN, "fault", Version.fault(exception));
            }
        };
    }

    private static int end(
            Terminal terminal, CommandLine commandLine, boolean json, Exit exit, String kind, String text) {
        var spec = commandLine.getCommandSpec();
        terminal.err().println(spec.qualifiedName() + ": " + text);
        if (json) {
            terminal.out().println(Report.failure(exit, kind, "", text).json(spec.name(), Duration.ZERO));
        }
        return exit.code();
    }
}
