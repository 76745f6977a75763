package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Progress in virtual time.
final class ProgressTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void onATerminalOneLineIsWrittenOverAndTakenAway() {
        try (var progress = progress(true)) {
            progress.begin("TLC starts");
            progress.update("1 state");
        }

        assertThat(text()).isEqualTo("\r\u001b[2KTLC starts\r\u001b[2K1 state\r\u001b[2K");
    }

    @Test
    void inALogTheLinesGetRarer() {
        try (var progress = progress(false)) {
            progress.begin("begin");
            for (int second = 1; second <= 3600; second++) {
                now = now.plus(Duration.ofSeconds(1));
                progress.update("after " + second + " s");
            }
        }

        assertThat(text().lines())
                .startsWith("begin", "after 10 s", "after 30 s", "after 70 s")
                .hasSizeLessThan(15);
        assertThat(text()).doesNotContain("\u001b");
    }

    private Progress progress(boolean onTerminal) {
        var err = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Progress(
                new Terminal(
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        err,
                        onTerminal,
                        false),
                () -> now);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
