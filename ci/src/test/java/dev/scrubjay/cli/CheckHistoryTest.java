package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `check-history`, as it is typed.
final class CheckHistoryTest {
    private static final Path EXAMPLES = Cli.HOME.resolve("history-checker/examples");

    private static final String STALE = """
            {:process 0, :type :invoke, :f :write, :value 1}
            {:process 0, :type :ok,     :f :write, :value 1}
            {:process 0, :type :invoke, :f :write, :value 2}
            {:process 0, :type :ok,     :f :write, :value 2}
            {:process 1, :type :invoke, :f :read,  :value nil}
            {:process 1, :type :ok,     :f :read,  :value 1}
            """;

    @TempDir
    Path scratch;

    /// Every engine that takes an example says the same about it.
    @ParameterizedTest
    @ValueSource(strings = {"auto", "all"})
    void theExamplesAreWhatTheySayTheyAre(String engine) {
        var ended = Cli.run(
                "check-history", "--expect", EXAMPLES.resolve("examples.expect").toString(), "--engine", engine);

        assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(0);
        assertThat(ended.lastLine()).matches("held: \\d+ verdicts as expected");
    }

    /// The histories that peers are tested with are not ours to keep, so they are somewhere else.
    @ParameterizedTest
    @ValueSource(strings = {"auto", "all"})
    void theHistoriesOfPeersAreWhatPeersSay(String engine) {
        var folder = System.getProperty("scrubjay.histories", "");
        assumeThat(folder).as("-Dscrubjay.histories").isNotEmpty();

        var ended = Cli.run(
                "check-history",
                Cli.HOME.resolve(folder).toString(),
                "--expect",
                Cli.HOME
                        .resolve("history-checker/src/test/resources/shared-histories.expect")
                        .toString(),
                "--engine",
                engine);

        assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(0);
    }

    @Test
    void aHistoryThatIsNotLinearizableIsAFindingWithItsReasons() throws IOException {
        var file = file("stale.edn", STALE);

        var ended = Cli.run("check-history", file);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out())
                .contains("read with --fail dropped --read-nil unknown --initial nil\n")
                .contains("engine zones, because each value is written once at most\n")
                .contains(
                        "process 0 write 2 -> 2 (events 2 to 3) comes after process 0 write 1 -> 1 (events 0 to 1) and "
                                + "before process 1 read nil -> 1 (events 4 to 5), which belong together\n")
                .contains("reproduce: ./scrubjay check-history " + file + " --object register --fail dropped "
                        + "--read-nil unknown --initial nil\n");
        assertThat(ended.lastLine()).isEqualTo("violated: 1 of 1 history not linearizable");
    }

    @Test
    void aProgramIsToldTheSame() throws IOException {
        var json = Cli.run("check-history", file("stale.edn", STALE), "--json").json();

        assertThat(ReportSchema.violations(json)).isEmpty();
        assertThat(json.at("/findings/0/kind").asString()).isEqualTo("not-linearizable");
        assertThat(json.at("/histories/0/verdict").asString()).isEqualTo("not-linearizable");
        assertThat(json.at("/histories/0/engines/zones").intValue()).isEqualTo(1);
    }

    /// What the first write was before decides what the read may have seen.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            read result | options                            | exit
            nil         |                                    | 0
            nil         | --read-nil initial                 | 1
            5           |                                    | 1
            5           | --initial 5                        | 1
            1           | --initial 5                        | 0
            """)
    void optionsSayHowAHistoryIsRead(String result, String options, int exit) throws IOException {
        var file = file("h.edn", """
                {:process 0, :type :invoke, :f :write, :value 1}
                {:process 0, :type :ok,     :f :write, :value 1}
                {:process 1, :type :invoke, :f :read,  :value nil}
                {:process 1, :type :ok,     :f :read,  :value %s}
                """.formatted(result));
        var arguments = ("check-history " + file + (options == null ? "" : " " + options)).split(" ", -1);

        assertThat(Cli.run(arguments).exit()).isEqualTo(exit);
    }

    @Test
    void aFailureTellsSomethingOnlyIfItIsSaid() throws IOException {
        var file = file("h.edn", """
                {:process 0, :type :invoke, :f :write, :value 1}
                {:process 0, :type :ok,     :f :write, :value 1}
                {:process 0, :type :invoke, :f :cas,   :value [1 2]}
                {:process 0, :type :fail,   :f :cas,   :value [1 2]}
                """);

        assertThat(Cli.run("check-history", file).exit()).isEqualTo(0);
        assertThat(Cli.run("check-history", file, "--fail", "observed").exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '`', textBlock = """
            content                                                | message
            `{:type :ok, :process 0, :f :read}`                    | h.edn:1: event 0: process 0 completes 'read', but
            `{:type :invoke, :process 0, :f :read`                 | h.edn:1: not EDN: the file ends
            `{:type :invoke, :process 0, :f :fly}`                 | name the object with --object; its operations (fly)
            `{:type :invoke, :process 0, :f :cas, :value 3}`       | h.edn: event 0: cas wants [old new], but has 3
            `{"type":"invoke"}`                                    | h.edn:1: not EDN
            """)
    void brokenInputIsOneLine(String content, String message) throws IOException {
        refused(message, "check-history", file("h.edn", content));
    }

    @Test
    void whatIsNoHistoryAtAllIsOneLine() throws IOException {
        Files.write(scratch.resolve("binary"), new byte[] {1, 2, 0, 3});
        refused(
                "binary:1: holds a byte of value 0",
                "check-history",
                scratch.resolve("binary").toString());

        var whole = scratch.resolve("whole.edn.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write(STALE.getBytes(StandardCharsets.UTF_8));
        }
        var bytes = Files.readAllBytes(whole);
        var cut = scratch.resolve("cut.edn.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(Cli.run("check-history", whole.toString()).exit()).isEqualTo(1);
        refused("the file ends in the middle of what gzip wrote", "check-history", cut.toString());

        var endless = scratch.resolve("long.edn");
        Files.writeString(endless, "{:type :invoke, :process 0, :f :write, :value \"" + "x".repeat(100_000_000));
        refused("long.edn:1:", "check-history", endless.toString());
    }

    @Test
    void badUsageIsOneLine() throws IOException {
        var file = file("stale.edn", STALE);
        refused("what to check? Name histories", "check-history");
        refused("nope: no such file", "check-history", "nope");
        refused("there is no engine 'fast'; there are: ", "check-history", file, "--engine", "fast");
        refused("there is no object 'lamp'", "check-history", file, "--object", "lamp");
        refused("a queue has no 'write'", "check-history", file, "--object", "queue");
        refused("--initial: ')' is no value of EDN", "check-history", file, "--initial", ")");
        refused("--limit-seconds: a number from 1 on", "check-history", file, "--limit-seconds", "0");
        refused("'maybe' is none of dropped, observed", "check-history", file, "--fail", "maybe");
        refused(
                "no history in this folder",
                "check-history",
                Files.createDirectory(scratch.resolve("empty")).toString());
    }

    @Test
    void whatIsExpectedIsReadWithCare() throws IOException {
        file("stale.edn", STALE);
        refused("e:1: wants PATH OBJECT [OPTION ...] VERDICT", expecting("stale.edn"));
        refused("e:1: 'fine' is no verdict", expecting("stale.edn register fine"));
        refused("e:1: Invalid value for option '--fail'", expecting("stale.edn register --fail x linearizable"));
        refused("e:1: nothing in", expecting("*.log register linearizable"));
        refused("e: expects nothing", expecting("# nothing"));

        var ended = Cli.run(expecting("*.edn register linearizable # it is not\n"));
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("not-linearizable, expected: linearizable");
        assertThat(ended.lastLine()).isEqualTo("violated: 1 of 1 verdict not as expected");
    }

    @Test
    void aBrokenHistoryDoesNotKeepOthersFromBeingChecked() throws IOException {
        file("a.edn", "{:type");
        file("b.edn", STALE.lines().limit(4).reduce("", (one, other) -> one + other + "\n"));

        var ended = Cli.run("check-history", scratch.toString());

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).containsPattern("b\\.edn +2 .*linearizable").contains("a.edn:1: not EDN");
    }

    private String[] expecting(String lines) throws IOException {
        return new String[] {"check-history", "--expect", file("e", lines)};
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(scratch.resolve(name), content).toString();
    }

    private static void refused(String message, String... arguments) {
        var ended = Cli.run(arguments);

        assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(2);
        assertThat(ended.err().lines().filter(line -> line.startsWith("scrubjay")))
                .hasSize(1)
                .first()
                .asString()
                .contains(message);
        assertThat(ended.err()).doesNotContain("\tat ");
    }
}
