package dev.scrubjay.scenario;

/// A text is no scenario. The message names the line and the word, and says what may stand there.
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param line the first is 1
    ScenarioException(int line, String what) {
        super("line " + line + ": " + what);
    }
}
