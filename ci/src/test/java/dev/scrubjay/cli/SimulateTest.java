package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `simulate` and `conform`, as they are typed.
final class SimulateTest {
    @TempDir
    Path scratch;

    @Test
    void aSeedHoldsAndLeavesItsTraceAndItsHistory() throws IOException {
        var trace = scratch.resolve("s.ndjson");
        var history = scratch.resolve("s.jsonl");

        var ended = Cli.run("simulate", "--seed", "1", "--trace", trace.toString(), "--history", history.toString());

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ended.lastLine())
                .matches("held: 1 seed, [\\d,]+ operations, \\d+ leader changes?, \\d+ power-offs? with loss");
        assertThat(Files.readAllLines(trace).getFirst()).startsWith("{\"trace\":1,\"node\":\"a\",");
        assertThat(Files.readAllLines(history).getFirst()).startsWith("{\"index\":0,\"type\":\"invoke\"");
        // The same again, byte for byte.
        var again = scratch.resolve("again.ndjson");
        Cli.run("simulate", "--seed", "1", "--trace", again.toString());
        assertThat(again).hasSameBinaryContentAs(trace);
    }

    @Test
    void aProgramIsToldWhatACampaignExercised() {
        var ended = Cli.run("simulate", "--seeds", "10", "--plan", "quick", "--json");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ReportSchema.violations(ended.json())).isEmpty();
        assertThat(ended.json().path("seeds").intValue()).isEqualTo(10);
        assertThat(ended.json().at("/exercised/leader changes").intValue()).isPositive();
        assertThat(ended.json().at("/medians/operations").intValue()).isGreaterThan(1_000);
        assertThat(ended.json().at("/medians/faults").intValue()).isGreaterThan(4);
        assertThat(ended.json().at("/coverage/met").intValue())
                .isGreaterThan(200)
                .isLessThan(ended.json().at("/coverage/cells").intValue());
        assertThat(ended.json().at("/failoverSeconds/count").intValue()).isPositive();
        assertThat(ended.json().at("/failoverSeconds/median").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(ended.json().at("/failoverSeconds/longest").doubleValue());
    }

    /// Clocks that keep no promise: two hold the lease at once.
    @Test
    void whatFailsIsMadeSmallerAndExplained() throws IOException {
        var ended = Cli.run("simulate", "--plan", "outside", "--seed", "1", "--explain");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out())
                .contains("smaller, and it fails in the same way (")
                .containsSubsequence(
                        "reproduce: ./scrubjay simulate --seed 1 --plan outside\n",
                        "reproduce: ./scrubjay simulate --scenario failures/seed-1.scenario\n")
                .containsPattern("how it came about .*\\n\\n(.*\\n)* +\\d+\\.\\d+ s {2}\\*\\*\\* clock ");
        var file = Path.of("failures", "seed-1.scenario");
        assertThat(Files.readAllLines(file)).hasSizeLessThan(15).first().isEqualTo("scenario 1");

        var again = Cli.run("simulate", "--scenario", file.toString(), "--no-shrink", "--json");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.json().at("/findings/0/text").stringValue()).startsWith("OneHolderInv: ");
        assertThat(ReportSchema.violations(again.json())).isEmpty();
    }

    @Test
    void aScenarioIsWrittenAndIsTheSameRun() throws IOException {
        var file = scratch.resolve("s.scenario");
        var drawn = scratch.resolve("drawn.ndjson");
        var read = scratch.resolve("read.ndjson");
        Cli.run(
                "simulate",
                "--seed",
                "3",
                "--plan",
                "rolling",
                "--write",
                file.toString(),
                "--trace",
                drawn.toString());

        var ended = Cli.run("simulate", "--scenario", file.toString(), "--trace", read.toString());

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(read).hasSameBinaryContentAs(drawn);
        assertThat(Cli.run("simulate", "--scenario", file.toString(), "--seeds", "2", "--from", "7")
                        .lastLine())
                .startsWith("held: 2 seeds of ");
    }

    @Test
    void aScenarioThatIsNoneIsSaidWithFileAndLine() throws IOException {
        var file = Files.writeString(scratch.resolve("s.scenario"), "scenario 1\nnode a\nat 1s explode a\n");

        var ended = Cli.run("simulate", "--scenario", file.toString());

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith(
                        "scrubjay simulate: " + file + ": line 3: 'explode' is no fault; allowed: power-off, leave");
    }

    @Test
    void peopleSeeHowLongFailoversTook() {
        var ended = Cli.run("simulate", "--seeds", "3", "--plan", "quick");

        assertThat(ended.out())
                .containsPattern(
                        "\\nfailovers +median +90 of 100 +99 of 100 +longest\\n[\\d,]+ +[\\d,]+ ms +[\\d,]+ ms ")
                .containsPattern("\\nfault x action in flight: \\d+ of [\\d,]+ met \\(")
                .containsPattern("\\npower-off +(\\d {2}|\\. {2}){20}")
                .containsPattern(
                        "\\nthe median run: [\\d,]+ operations, \\d+ faults with an effect, \\d+ leader changes?\\n");
    }

    @Test
    void aSeedOfACampaignIsAMinuteOrMore() {
        var ended = Cli.run("simulate", "--seed", "7", "--json");

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ended.json().at("/exercised/virtual milliseconds").longValue())
                .isGreaterThan(60_000);
    }

    @Test
    void aCampaignGoesOnAfterWhatIsInItsFile() throws IOException {
        var scenario = Files.writeString(
                scratch.resolve("small.scenario"),
                "scenario 1\nnode a\nset scrub.every=1s scrub.patience=1s\nworkload clients=1 keys=1\nrun 1s heal=20s\n");
        var file = scratch.resolve("campaign.json").toString();
        var small = scenario.toString();

        var first = Cli.run("simulate", "--scenario", small, "--seeds", "50", "--resume", file);
        var rest = Cli.run("simulate", "--scenario", small, "--seeds", "60", "--resume", file, "--json");
        var whole = Cli.run("simulate", "--scenario", small, "--seeds", "60", "--json");

        assertThat(first.exit()).as(first.out()).isZero();
        assertThat(rest.err()).contains("simulating 60 seeds, 50 of them done before");
        assertThat(rest.json().path("seeds").intValue()).isEqualTo(60);
        assertThat(rest.json().path("exercised")).isEqualTo(whole.json().path("exercised"));

        var other = Cli.run("simulate", "--seeds", "60", "--resume", file);
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err())
                .startsWith("scrubjay simulate: " + file + ": holds another campaign (seeds from 1 of the scenario ")
                .contains(", and this is seeds from 1 of the plan campaign); name another file");
        for (var text : List.of("{}", "no JSON")) {
            Files.writeString(Path.of(file), text);
            var broken = Cli.run("simulate", "--seeds", "4", "--resume", file);
            assertThat(broken.exit()).isEqualTo(2);
            assertThat(broken.err()).startsWith("scrubjay simulate: " + file + ": is no campaign that ");
        }
    }

    /// Clocks that keep no promise: something is found in many runs.
    @Test
    void allThatIsFoundIsCountedAndWrittenForOthers() throws IOException {
        var junit = scratch.resolve("results.xml");

        var ended = Cli.run(
                "simulate",
                "--plan",
                "outside",
                "--seeds",
                "6",
                "--keep-going",
                "--no-shrink",
                "--junit",
                junit.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.lastLine()).matches("violated: [2-6] of 6 seeds");
        var xml = Files.readString(junit);
        assertThat(xml)
                .contains("<testsuite name=\"simulate\" tests=\"6\" failures=\"")
                .contains("<testcase classname=\"simulate\" name=\"seed 6\"")
                .containsPattern("<failure message=\"\\w+: [^\"]+\">")
                .contains("reproduce: ./scrubjay simulate --seed ");
    }

    @Test
    void aRunIsDrawn() throws IOException {
        var picture = scratch.resolve("run.html");

        var ended = Cli.run("simulate", "--plan", "quick", "--seed", "1", "--picture", picture.toString());

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ended.out()).contains("picture: " + picture + "\n");
        assertThat(Files.readString(picture))
                .contains("A run in which nothing was found")
                .contains("client-8")
                .contains("Accept 1")
                .contains("./scrubjay simulate --seed 1 --plan quick --explain --picture " + picture);
    }

    @Test
    void onACalmDayNothingFailsOver() {
        var ended = Cli.run("simulate", "--seeds", "2", "--plan", "calm", "--json");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ReportSchema.violations(ended.json())).isEmpty();
        assertThat(ended.json().at("/medians/faults").intValue()).isZero();
        assertThat(ended.json().has("failoverSeconds")).isFalse();
    }

    @Test
    void aTraceOfASeedIsAccepted() {
        var ended = Cli.run("conform", "--seed", "2", "--json");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ReportSchema.violations(ended.json())).isEmpty();
        var trace = ended.json().at("/traces/0");
        assertThat(trace.path("trace").asString()).isEqualTo("seed 2");
        assertThat(trace.path("explained").intValue())
                .isEqualTo(trace.path("events").intValue())
                .isGreaterThan(500);
        assertThat(ended.json().path("actions").propertyNames()).contains("Lead", "Choose", "Acknowledge");
    }

    @Test
    void aTraceThatNeverHappenedIsRefusedWithTheEventAndTheState() throws IOException {
        var file = Files.writeString(scratch.resolve("t.ndjson"), """
                {"trace":1,"node":"a","build":"x","groups":{"1":["a.1","b.1","c.1"]}}
                {"group":1,"replica":"a.1","count":1,"order":1,"now":1,"action":"Stand","ballot":{"round":1,"replica":"a.1"},"released":{"round":0,"replica":"a.1"}}
                {"group":1,"replica":"a.1","count":2,"order":2,"now":1,"action":"Prepare","ballot":{"round":1,"replica":"a.1"}}
                """);

        var ended = Cli.run("conform", file.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out())
                .contains(file + ":3: Prepare of a.1 in group 1, its event 2: ")
                .contains("\nthe state there:\n")
                .containsPattern("\n  synced = .*\"a.1\" :> 0")
                .contains("reproduce: ./scrubjay conform " + file + "\n");
        assertThat(ended.lastLine()).isEqualTo("violated: 1 of 1 trace");
        var json = Cli.run("conform", file.toString(), "--json").json();
        assertThat(ReportSchema.violations(json)).isEmpty();
        assertThat(json.at("/findings/0/kind").asString()).isEqualTo("refused");
    }

    @Test
    void aTraceWithoutEventsProvesNothing() throws IOException {
        var file = Files.writeString(
                scratch.resolve("t.ndjson"),
                "{\"trace\":1,\"node\":\"a\",\"build\":\"x\",\"groups\":{\"1\":[\"a.1\"]}}\n");

        var ended = Cli.run("conform", file.toString());

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).contains("there is no event in any of these traces");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    simulate                                    | scrubjay simulate: which run\\? Name it with --seed S, --seeds N or --scenario FILE
                    simulate --seed 1 --from 3                  | scrubjay simulate: --from says where --seeds begins; .*
                    simulate --scenario gone                    | scrubjay simulate: gone: there is no such file; .*
                    simulate --scenario gone --plan calm        | scrubjay simulate: --plan and --scenario both say what goes wrong; .*
                    simulate --seeds 2 --write f                | scrubjay simulate: --trace, --history and --write write what one run did; .*
                    simulate --seed 1 --resume f                | scrubjay simulate: --resume and --keep-going are about many runs; .*
                    simulate --seeds 2 --junit /no/such/f       | scrubjay simulate: /no/such/f: cannot be written; .*
                    simulate --seeds 0                          | scrubjay simulate: --seeds: a number from 1 on is needed
                    simulate --seeds many                       | scrubjay simulate: .*many.*
                    simulate --seed 1 --plan wild               | scrubjay simulate: .*wild.*
                    simulate --seed 1 --seeds 2                 | scrubjay simulate: .*mutually exclusive.*
                    simulate --seeds 2 --trace t                | scrubjay simulate: --trace, --history and --write write what one run did; name it with --seed
                    simulate --seed 1 --trace /no/such/folder/t | scrubjay simulate: /no/such/folder/t: cannot be written; .*
                    conform                                     | scrubjay conform: what to judge\\? .*
                    conform --seeds 2 some.ndjson               | scrubjay conform: what to judge\\? .*
                    conform gone.ndjson                         | scrubjay conform: gone.ndjson: there is no such file; .*
                    """)
    void badInputIsOneLine(String arguments, String expected) {
        var ended = Cli.run(arguments.split(" "));

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err().strip()).matches(expected);
        assertThat(ended.out()).isEmpty();
    }
}
