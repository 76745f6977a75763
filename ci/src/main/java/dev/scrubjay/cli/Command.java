package dev.scrubjay.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// What every command does the same way: time itself, print for a person or for a program, end with the
/// verdict.
abstract class Command implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @ParentCommand
    Scrubjay scrubjay;

    // What all commands have comes last in their help.
    @Option(
            names = JSON,
            order = 1_000,
            description = "Print one JSON object on standard output, and nothing else there.")
    boolean json;

    @Option(names = "--help", order = 1_001, usageHelp = true, description = "Show this help.")
    boolean help;

    static final String JSON = "--json";

    /// Does the work. What it prints to `people` is shown as it comes, unless a program is listening.
    abstract Report run(PrintStream people, Progress progress) throws Exception;

    @Override
    public final Integer call() throws Exception {
        var begin = System.nanoTime();
        var terminal = scrubjay.terminal();
        Report report;
        try (var progress = new Progress(terminal, InstantSource.system())) {
            report = run(
                    json
                            ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                            : terminal.out(),
                    progress);
        }
        var time = Duration.ofNanos(System.nanoTime() - begin);
        terminal.out()
                .println(json ? report.json(spec.name(), time) : report.exit().word() + ": " + report.closing());
        return report.exit().code();
    }
}
