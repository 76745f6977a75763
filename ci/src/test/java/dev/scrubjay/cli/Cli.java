package dev.scrubjay.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line as a test runs it: in this process, with what it prints kept.
public final class Cli {
    static final Path HOME = Path.of(System.getProperty("scrubjay.home"));

    private static final JsonMapper JSON = new JsonMapper();

    private Cli() {}

    /// The commands and their options, to be looked at and not run.
    public static CommandLine commandLine() {
        return Scrubjay.commandLine(Terminal.ofProcess(Map.of()), HOME);
    }

    record Ended(int exit, String out, String err) {
        JsonNode json() {
            return JSON.readTree(out);
        }

        String lastLine() {
            return out.lines().reduce("", (_, line) -> line);
        }
    }

    static Ended run(String... arguments) {
        return run(_ -> {}, arguments);
    }

    static Ended run(Consumer<CommandLine> change, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(print(out), print(err), false, false);
        var commandLine = Scrubjay.commandLine(terminal, HOME);
        change.accept(commandLine);
        var exit = commandLine.execute(arguments);
        return new Ended(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
