package dev.scrubjay.cli;

import java.io.PrintStream;
import java.util.Map;

/// Where a command prints: results to `out`, progress and errors to `err`.
///
/// Java can tell whether input and output are both a terminal, but not about each stream alone, so the
/// launcher says it.
///
/// @param errIsTerminal whether a person watches `err`, so that a line may be overwritten
/// @param colour whether `out` may have colours
record Terminal(PrintStream out, PrintStream err, boolean errIsTerminal, boolean colour) {
    static final String OUT_PROPERTY = "scrubjay.terminal.out";
    static final String ERR_PROPERTY = "scrubjay.terminal.err";

    static Terminal ofProcess(Map<String, String> environment) {
        var dumb = "dumb".equals(environment.get("TERM"));
        var noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                System.out,
                System.err,
                Boolean.getBoolean(ERR_PROPERTY) && !dumb,
                Boolean.getBoolean(OUT_PROPERTY) && !dumb && !noColour);
    }
}
