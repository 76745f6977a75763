package dev.scrubjay.bug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the cells of a bug come to.
final class BugResultTest {
    @TempDir
    Path folder;

    /// A power-off is needed where the bug says that kills miss it, and that is what was seen.
    ///
    /// Without that word two different days may have been different by luck. A control counts for no catch.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            says  | simulation | kills     | power-off | catches
            true  | caught     | missed    | true      | 1

            false | caught     | missed    | false     | 1
            true  | caught     | caught    | false     | 1
            true  | missed     | missed    | false     | 0
            true  | missed     | caught    | false     | 0
            true  | caught     | not tried | false     | 1
            """, useHeadersInDisplayName = true)
    void aPowerOffIsNeededWhereTheSimulationSeesABugAndKillsDoNot(
            boolean says, String simulation, String kills, boolean takesPowerOff, long catches) throws IOException {
        var bank = Bugs.in(folder)
                .file(
                        "01-lamp/bug.md",
                        "# Lamp\n\nCaught by: simulation\n" + (says ? "Missed by: kills\n" : "") + "\nStory.\n")
                .file("01-lamp/impl.patch", "+++ b/impl/src/main/java/Lamp.java\n@@ -1 +1 @@\n-a\n+b\n");
        var cells = Map.of(CheckKind.SIMULATION, cell(simulation), CheckKind.KILLS, cell(kills));

        var result = new BugResult(BugBank.open(bank.bank()).named("1"), cells, List.of(), Duration.ZERO);

        assertThat(result.takesPowerOff()).isEqualTo(takesPowerOff);
        assertThat(result.catches()).isEqualTo(catches);
    }

    private static BugResult.Cell cell(String word) {
        return switch (word) {
            case "caught" -> new BugResult.Cell.Caught("seed 1", Optional.empty(), "dark", Duration.ZERO);
            case "missed" -> new BugResult.Cell.Missed(Duration.ZERO);
            default -> new BugResult.Cell.NotTried();
        };
    }
}
