package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.bug.BugBank;
import dev.scrubjay.bug.BugResult;
import dev.scrubjay.bug.CheckKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bugs` on our own bank, and on a bug that is none.
final class BugsTest {
    @TempDir
    Path scratch;

    @Test
    void aBugOfOursIsCaughtByEveryCheckThatMustCatchIt() {
        var ended = Cli.run("bugs", "--json", "19");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ReportSchema.violations(ended.json())).isEmpty();
        var bug = ended.json().at("/bugs/0");
        assertThat(bug.path("bug").asString()).isEqualTo("19-half-is-a-quorum");
        assertThat(bug.path("checks")
                        .valueStream()
                        .map(check -> check.path("outcome").asString()))
                .containsExactly("caught", "caught", "caught", "caught");
        assertThat(bug.at("/checks/0/breaks").asString()).isEqualTo("AgreementInv");
        assertThat(bug.at("/checks/2/where").asString()).isEqualTo("seed 1");
        assertThat(bug.at("/controls/0/control").asString()).isEqualTo("kills");
        assertThat(bug.at("/controls/0/outcome").asString()).isEqualTo("caught");
        assertThat(bug.path("takesPowerOff").asBoolean()).isFalse();
    }

    /// The runs that this takes are many, so nothing is run: each bug of ours that must be missed has been,
    /// but for one.
    @Test
    void theClosingLineSaysHowManyBugsAPowerOffShowsAndKillsDoNot() throws IOException {
        var bugs = BugBank.open(Cli.HOME.resolve("conformance/bugs")).bugs().stream()
                .filter(bug -> bug.missedBy().contains(CheckKind.KILLS))
                .toList();
        assertThat(bugs).hasSizeGreaterThan(3);
        var caught = new BugResult.Cell.Caught("seed 1", Optional.empty(), "", Duration.ZERO);
        var missed = new BugResult.Cell.Missed(Duration.ZERO);
        var results = new ArrayList<BugResult>();
        for (var bug : bugs) {
            BugResult.Cell kills = results.isEmpty() ? caught : missed;
            Map<CheckKind, BugResult.Cell> cells = Map.of(CheckKind.SIMULATION, caught, CheckKind.KILLS, kills);
            results.add(new BugResult(bug, cells, List.of(), Duration.ZERO));
        }

        assertThat(Bugs.closing(Exit.HELD, results))
                .isEqualTo("%1$d bugs, %1$d catches; a power-off shows %2$d that kills do not"
                        .formatted(bugs.size(), bugs.size() - 1));
        assertThat(Bugs.closing(Exit.HELD, results.subList(0, 1))).isEqualTo("1 bug, 1 catch");
    }

    @Test
    void theTableHasADashForWhatWasNotTried() {
        var ended = Cli.run("bugs", "--spec", "02-accept-answered-before-sync");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ended.out()).startsWith("bug ");
        assertThat(ended.out())
                .containsPattern("02-accept-answered-before-sync +SyncedBeforeSentInv, [0-9.]+ s +- +- +- +-\n");
        assertThat(ended.lastLine()).isEqualTo("held: 1 bug, 1 catch");
    }

    @Test
    void aBugThatBreaksNothingIsAFindingWithTheCommandThatShowsItAgain() throws IOException {
        var bug = Files.createDirectories(scratch.resolve("07-harmless"));
        Files.writeString(
                bug.resolve("bug.md"),
                "# Harmless\n\nCaught by: model check\nBreaks: LastWriteInv\n\nA change that means nothing.\n");
        var line = "Without(state, key) == [k \\in DOMAIN state \\ {key} |-> state[k]]";
        Files.writeString(bug.resolve("spec.patch"), patch(line, line.replace("k \\in", "k \\in  ")));

        var ended = Cli.run("bugs", bug.toString());

        assertThat(ended.exit()).as(ended.out()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("07-harmless +no +- +- +- +-\n")
                .contains(
                        "07-harmless: the model check does not catch it, and must\nreproduce: ./scrubjay bugs " + bug);
        assertThat(ended.lastLine()).isEqualTo("violated: 1 of 1 bug");
        var json = Cli.run("bugs", "--json", bug.toString()).json();
        assertThat(ReportSchema.violations(json)).isEmpty();
        assertThat(json.at("/findings/0/kind").asString()).isEqualTo("not-caught");
    }

    @Test
    void aMalformedBugIsBadInput() throws IOException {
        var bug = Files.createDirectories(scratch.resolve("07-lamp"));
        Files.writeString(bug.resolve("bug.md"), "# Lamp\n\nCaught by: luck\n\nStory.\n");

        var ended = Cli.run("bugs", bug.toString());

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("bug.md: Caught by: 'luck' is none of").hasLineCount(1);
    }

    @Test
    void aBugThatIsNotThereIsAnsweredWithThoseThatAre() {
        var ended = Cli.run("bugs", "999");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err())
                .contains("no bug '999' in ")
                .contains("; there are: 01-")
                .hasLineCount(1);
    }

    /// A patch of one line of the store, with the lines around it.
    private static String patch(String before, String after) throws IOException {
        var lines = Files.readAllLines(Cli.HOME.resolve("specs/KeyValueStore.tla"));
        int at = lines.indexOf(before);
        assertThat(at).isPositive();
        return """
                --- a/specs/KeyValueStore.tla
                +++ b/specs/KeyValueStore.tla
                @@ -%d,3 +%d,3 @@
                 %s
                -%s
                +%s
                 %s
                """.formatted(at, at, lines.get(at - 1), before, after, lines.get(at + 1));
    }
}
