package dev.scrubjay.cli;

import java.time.Duration;
import java.time.InstantSource;

/// Signs of life during long work, on standard error: one line that is written over on a terminal, and a line
/// now and then where nobody can see it change, so that a log stays short.
final class Progress implements AutoCloseable {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private final InstantSource clock;
    private long nextMillis;
    private long pauseMillis = SHORTEST_PAUSE.toMillis();
    private boolean shown;

    Progress(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /// Begins a part of the work; always shown, and at once.
    synchronized void begin(String text) {
        pauseMillis = SHORTEST_PAUSE.toMillis();
        show(text);
    }

    /// How far that part has got; shown if it is time to.
    synchronized void update(String text) {
        if (terminal.errIsTerminal() || clock.millis() >= nextMillis) {
            // The longer it takes, the rarer the lines: a night's log stays readable.
            pauseMillis = Math.min(pauseMillis * 2, Duration.ofMinutes(10).toMillis());
            show(text);
        }
    }

    private void show(String text) {
        nextMillis = clock.millis() + pauseMillis;
        if (terminal.errIsTerminal()) {
            terminal.err().print(CLEAR_LINE + text);
        } else {
            terminal.err().println(text);
        }
        terminal.err().flush();
        shown = true;
    }

    /// Takes the line away, before something that stays is printed.
    synchronized void clear() {
        if (shown && terminal.errIsTerminal()) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
        }
        shown = false;
    }

    @Override
    public void close() {
        clear();
    }
}
