package dev.scrubjay.simulation;

import dev.scrubjay.history.Format;
import dev.scrubjay.history.Histories;
import dev.scrubjay.world.Run;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// All that a run leaves, in one line: two runs that differ anywhere differ here. Also a program, so that
/// another JVM can say what it makes of a seed.
final class RunDigest {
    private RunDigest() {}

    static String of(Run run) throws IOException {
        var history = new StringWriter();
        Histories.write(run.history(), Format.JSON_LINES, history);
        return "trace " + sha256(String.join("\n", run.trace().get())) + " history " + sha256(history.toString())
                + " exercised " + sha256(run.exercised().toString()) + " failovers " + run.failoverNanos()
                + " findings " + run.findings();
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Prints the digest of a run of each seed that is named.
    public static void main(String... seeds) throws IOException {
        for (var seed : seeds) {
            System.out.println(of(Simulation.run(Long.parseLong(seed), Plan.TRACE, "test")));
        }
    }
}
