package dev.scrubjay.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.scrubjay.specs.TraceVerdict.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLC itself, on traces of a counter that goes up and down by what an event says, and knows a few names.
final class TraceCheckerTest {
    private static final String COUNTER = """
            ---- MODULE Counter ----
            EXTENDS Integers
            CONSTANT Limit
            VARIABLES count, last
            Init == count = 0 /\\ last = "nothing"
            Up(n) == count + n <= Limit /\\ count' = count + n /\\ last' = "up"
            Down(n) == count' = count - n /\\ last' = "down"
            Restart == count' = 0 /\\ UNCHANGED last
            ====
            """;

    private static final String TRACE = """
            ---- MODULE CounterTrace ----
            EXTENDS Counter, TraceIO, Sequences, TLC
            VARIABLES run, line
            TheLimit == Parameters.limit
            TraceInit == Init /\\ run \\in DOMAIN Traces /\\ line = 0
            Event == Traces[run][line + 1]
            Steps == [one |-> 1, two |-> 2]
            Kinds == [
                text |-> "a", least |-> -2147483647 - 1, greatest |-> 2147483647, yes |-> TRUE, no |-> FALSE,
                list |-> <<1, "x", <<>>, [a |-> 1]>>, empty |-> <<>>, nested |-> [b |-> [c |-> 2]]]
            Explains ==
                \\/ Event.action = "Up" /\\ Up(Event.by)
                \\/ Event.action = "Down" /\\ Down(Event.by)
                \\/ Event.action = "UpBy" /\\ Up(Steps[Event.step])
                \\/ Event.action = "Assert" /\\ Assert(FALSE, "asserted") /\\ UNCHANGED <<count, last>>
                \\/ Event.action = "Either" /\\ count' \\in 1 .. 3 /\\ UNCHANGED last
                \\/ Event.action = "Same" /\\ Event.one = Event.other /\\ UNCHANGED <<count, last>>
                \\/ Event.action = "Kinds" /\\ Event.value = Kinds /\\ UNCHANGED <<count, last>>
                \\/ Event.action = "Say" /\\ last' = Event.what /\\ UNCHANGED count
            TraceNext ==
                /\\ line < Len(Traces[run])
                /\\ line' = line + 1
                /\\ UNCHANGED run
                /\\ Explains
            Seen == Explained(run, line)
            NotTwoInv == count # 2
            UpwardsProp == [][count' >= count]_count
            UnknownStepInv == count # 2 \\/ Steps["five"] = 5
            ====
            """;

    private static final String CONFIG = """
            INIT TraceInit
            NEXT TraceNext
            CONSTANT Limit <- TheLimit
            CONSTRAINT Seen
            """;

    private static final String UP = "{\"action\": \"Up\", \"by\": 1}";
    private static final String DOWN = "{\"action\": \"Down\", \"by\": 1}";
    private static final String SAME = "{\"action\": \"Same\", \"one\": 1, \"other\": 1}";
    private static final String NONSENSE = "{\"action\": \"UpBy\", \"step\": \"three\"}";
    private static final String INCOMPLETE = "{\"action\": \"Up\"}";

    private Path folder;
    private Specs specs;
    private TraceSpec spec;

    @BeforeEach
    void writeACounter(@TempDir Path parent) throws IOException {
        folder = Files.createDirectory(parent.resolve("a folder, with spaces"));
        specs = new Specs(folder).file("Counter.tla", COUNTER);
        spec = traceSpec(TRACE, CONFIG);
    }

    private TraceSpec traceSpec(String module, String config) throws IOException {
        var inside = Files.createDirectories(folder.resolve("trace"));
        new Specs(inside).file("CounterTrace.tla", module).file("CounterTrace.cfg", config);
        return new TraceSpec(
                inside.resolve("CounterTrace.tla"), inside.resolve("CounterTrace.cfg"), folder, Set.of("now"));
    }

    private List<TraceVerdict> check(int workers, List<Trace> traces) throws IOException, InterruptedException {
        var checker = new TraceChecker(Tlc.bundled(), workers, Files.createDirectories(specs.temporary()));
        var verdicts = checker.check(spec, "{\"limit\": 3}", traces, (distinctStates, waiting) -> {});
        assertThat(specs.temporary()).isEmptyDirectory();
        return verdicts;
    }

    private TraceVerdict check(String... events) throws IOException, InterruptedException {
        return check(1, List.of(new Trace("t", List.of(events)))).getFirst();
    }

    private static Judgement.Refused refusal(TraceVerdict verdict) {
        assertThat(verdict.judgement()).isInstanceOf(Judgement.Refused.class);
        return (Judgement.Refused) verdict.judgement();
    }

    @Test
    void aTraceThatIsABehaviourIsAccepted() throws Exception {
        assertThat(check(UP, UP, UP, DOWN, UP)).isEqualTo(new TraceVerdict("t", 5, 5, new Judgement.Accepted()));
    }

    /// The counter is where it was, but the line is not.
    @Test
    void aStateThatComesAgainDoesNotEndTheSearch() throws Exception {
        assertThat(check(SAME, SAME, SAME, UP, DOWN, UP, DOWN).accepted()).isTrue();
    }

    @Test
    void aTraceIsRefusedAtTheFirstEventThatNothingExplains() throws Exception {
        var verdict = check(DOWN, UP, UP, UP, UP, UP, DOWN);

        assertThat(verdict.accepted()).isFalse();
        assertThat(verdict.events()).isEqualTo(7);
        assertThat(verdict.explained()).isEqualTo(5);
        assertThat(refusal(verdict).reason()).isEqualTo("no action explains it");
        assertThat(refusal(verdict).state())
                .containsOnly(entry("run", "1"), entry("line", "5"), entry("count", "3"), entry("last", "\"up\""));
    }

    @Test
    void aRefusalOfTheLastEventIsNoAcceptance() throws Exception {
        var sideways = "{\"action\": \"Sideways\"}";

        var verdicts =
                check(1, List.of(new Trace("long", List.of(UP, UP, sideways)), new Trace("short", List.of(sideways))));

        assertThat(verdicts).noneMatch(TraceVerdict::accepted);
        assertThat(verdicts).extracting(TraceVerdict::explained).containsExactly(2, 0);
    }

    @Test
    void everyTraceGetsAVerdictOfItsOwn() throws Exception {
        var verdicts = check(
                1,
                List.of(
                        new Trace("good", List.of(UP, UP)),
                        new Trace("bad", List.of(UP, UP, UP, UP, DOWN)),
                        new Trace("empty", List.of()),
                        new Trace("good too", List.of(DOWN))));

        assertThat(verdicts).extracting(TraceVerdict::name).containsExactly("good", "bad", "empty", "good too");
        assertThat(verdicts).extracting(TraceVerdict::accepted).containsExactly(true, false, true, true);
        assertThat(verdicts).extracting(TraceVerdict::explained).containsExactly(2, 3, 0, 1);
        assertThat(verdicts).extracting(TraceVerdict::events).containsExactly(2, 5, 0, 1);
        assertThat(refusal(verdicts.get(1)).state()).containsEntry("run", "2");
    }

    @Test
    void withoutTracesThereAreNoVerdicts() throws Exception {
        assertThat(check(1, List.of())).isEmpty();
    }

    /// Several states may follow an event. What counts is the behaviour that gets farthest.
    @Test
    void anEventThatLeavesSomethingOpenIsTriedEveryWay() throws Exception {
        var either = "{\"action\": \"Either\"}";

        var verdicts = check(
                1,
                List.of(
                        new Trace("one way", List.of(either, UP, UP)),
                        new Trace("no way", List.of(either, UP, UP, UP, DOWN))));

        assertThat(verdicts).extracting(TraceVerdict::accepted).containsExactly(true, false);
        assertThat(verdicts.getLast().explained()).isEqualTo(3);
        assertThat(refusal(verdicts.getLast()).state()).containsEntry("count", "3");
    }

    /// TLC ends at the first formula that has no value, and says nothing of the traces it was not done with.
    @Test
    void anEventThatHasNoValueIsARefusalAndHidesNoOtherVerdict() throws Exception {
        var verdicts = check(
                2,
                List.of(
                        new Trace("long", Collections.nCopies(50, SAME)),
                        new Trace("nonsense", List.of(UP, UP, NONSENSE, UP)),
                        new Trace("refused", List.of(UP, UP, UP, UP)),
                        new Trace("incomplete", List.of(INCOMPLETE)),
                        new Trace("asserted", List.of(UP, "{\"action\": \"Assert\"}")),
                        new Trace("good", List.of(UP))));

        assertThat(verdicts).extracting(TraceVerdict::accepted).containsExactly(true, false, false, false, false, true);
        assertThat(verdicts).extracting(TraceVerdict::explained).containsExactly(50, 2, 3, 0, 1, 1);
        assertThat(refusal(verdicts.get(1)).reason())
                .isEqualTo(spec.module()
                        + ":14: Attempted to apply the record [one |-> 1, two |-> 2] to nonexistent record "
                        + "field three.");
        assertThat(refusal(verdicts.get(1)).state())
                .containsOnly(entry("run", "1"), entry("line", "2"), entry("count", "2"), entry("last", "\"up\""));
        assertThat(refusal(verdicts.get(3)).reason()).contains("nonexistent field \"by\"");
        assertThat(refusal(verdicts.get(4)).reason()).contains("asserted");
    }

    /// One behaviour gets past the event that has no value in the other. That it has none is said all the
    /// same, and where.
    @Test
    void anEventThatHasNoValueInOneOfSeveralStatesIsRefusedThere() throws Exception {
        spec = traceSpec(
                TRACE.replace(
                        "\\/ Event.action = \"Up\" ",
                        "\\/ Event.action = \"Up\" /\\ (IF count = 2 THEN Steps[0] = 0 ELSE TRUE) "),
                CONFIG);

        var verdict = check("{\"action\": \"Either\"}", "{\"action\": \"Say\", \"what\": \"x\"}", UP);

        assertThat(verdict.explained()).isEqualTo(2);
        assertThat(refusal(verdict).state()).containsEntry("count", "2").containsEntry("line", "2");
    }

    @Test
    void anInvariantThatBreaksIsARefusalOfTheEventThatBrokeIt() throws Exception {
        spec = traceSpec(TRACE, CONFIG + "INVARIANT NotTwoInv\n");
        var broken = check(DOWN, UP, UP, UP, UP);
        assertThat(broken.explained()).isEqualTo(3);
        assertThat(refusal(broken).reason()).isEqualTo("invariant NotTwoInv does not hold");
        assertThat(refusal(broken).state()).containsEntry("count", "2");

        spec = traceSpec(TRACE, CONFIG + "INVARIANT UnknownStepInv\n");
        var unknown = check(DOWN, UP, UP, UP, UP);
        assertThat(unknown.explained()).isEqualTo(3);
        assertThat(refusal(unknown).reason()).contains("UnknownStepInv");
    }

    @Test
    void aPropertyOverStepsThatBreaksIsARefusal() throws Exception {
        spec = traceSpec(TRACE, CONFIG + "PROPERTY UpwardsProp\n");
        var verdict = check(UP, UP, DOWN, UP);

        assertThat(verdict.explained()).isEqualTo(2);
        assertThat(refusal(verdict).reason()).isEqualTo("property UpwardsProp does not hold");
    }

    @Test
    void everyKindOfJsonIsAValue() throws Exception {
        var kinds = """
                {"action": "Kinds", "value": {"yes": true, "no": false, "text": "a", "least": -2147483648,
                 "greatest": 2147483647, "list": [1, "x", [], {"a": 1}], "empty": {}, "nested": {"b": {"c": 2}}}}""";

        var others = Stream.of("true:false", "\"a\":\"b\"", "[]:[1]", "{}:{\"d\": 1}", "2}:3}", "647,:646,")
                .map(change -> change.split(":", 2))
                .map(change -> kinds.replace(change[0], change[1]))
                .toList();

        var verdicts = check(
                1,
                others.stream()
                        .map(other -> new Trace(other, List.of(kinds, other)))
                        .toList());

        assertThat(others).doesNotContain(kinds);
        assertThat(verdicts).extracting(TraceVerdict::explained).containsOnly(1);
    }

    /// Each is a string of JSON that has done harm somewhere: to a parser, a terminal, a file.
    @Test
    void aStringIsAStringWhateverIsInIt() throws Exception {
        var strings = List.of(
                "a \\\" quote",
                "a backslash \\\\",
                "two\\nlines\\r\\n/\\\\ count = 7",
                "\\t\\u0000\\u001b[31m",
                "caf\u00e9 \u0130stanbul \u4e2d \ud83d\ude00",
                "half a pair \\ud800",
                "@!@!@STARTMSG 2193:0 @!@!@",
                "<<\\\"reached\\\", \\\"X\\\">>",
                "",
                "{\\\"action\\\": \\\"Up\\\"}]]");

        var verdicts = check(
                1,
                strings.stream()
                        .map(text -> new Trace(text, List.of(say(text), same(text, text), same(text, text + "."))))
                        .toList());

        assertThat(verdicts).hasSameSizeAs(strings).allSatisfy(verdict -> {
            assertThat(verdict.explained()).isEqualTo(2);
            assertThat(refusal(verdict).state()).containsOnlyKeys("count", "last", "run", "line");
            assertThat(refusal(verdict).state().get("last")).startsWith("\"").endsWith("\"");
        });
    }

    private static String say(String text) {
        return "{\"action\": \"Say\", \"what\": \"" + text + "\"}";
    }

    private static String same(String one, String other) {
        return "{\"action\": \"Same\", \"one\": \"" + one + "\", \"other\": \"" + other + "\"}";
    }

    @Test
    void lettersBeyondAsciiAreShownAsTheyAre() throws Exception {
        var verdict = check(say("\u0130stanbul \u4e2d"), "{\"action\": \"Sideways\"}");

        assertThat(refusal(verdict).state()).containsEntry("last", "\"\u0130stanbul \u4e2d\"");
    }

    @Test
    void aKeyThatIsLeftOutIsNotSeen() throws Exception {
        var verdicts = check(
                1,
                List.of(
                        new Trace("has it", List.of("{\"action\": \"Up\", \"now\": 12480000000, \"by\": 1}")),
                        new Trace(
                                "is it",
                                List.of("{\"now\": \"Up\", \"action\": \"Say\", \"what\": 1}", "{\"now\": 1}"))));

        assertThat(verdicts.getFirst().accepted()).isTrue();
        assertThat(verdicts.getLast().explained()).isEqualTo(1);
    }

    /// Each row is an event that TLC cannot be given, and what is said of it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"action": "Up", "by": 2147483648}        | t: event 2: by: 2147483648 is beyond the 32 bits
            {"a": {"b": [1, -2147483649]}}            | t: event 2: a.b[1]: -2147483649 is beyond the 32 bits
            {"a": 12345678901234567890}               | t: event 2: a: 12345678901234567890 is beyond the 32 bits
            {"a": {"now": 12480000000}}               | t: event 2: a.now: 12480000000 is beyond the 32 bits
            {"a": 1.5}                                | t: event 2: a: TLA+ has no value for 1.5
            {"a": 1.0}                                | t: event 2: a: TLA+ has no value for 1.0
            {"a": null}                               | t: event 2: a: TLA+ has no value for null
            {"a": 1, "a": 2}                          | t: event 2: not JSON: Duplicate
            {"a": 1}}                                 | t: event 2: not JSON:
            {"a": 1                                   | t: event 2: not JSON:
            [1]                                       | t: event 2: wants a JSON object
            ``                                        | t: event 2:
            """)
    void whatTlcCannotBeGivenIsRefusedBeforeItStarts(String event, String message) {
        assertThatThrownBy(() -> check(UP, event))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void parametersThatCannotBeUsedAreRefused() throws Exception {
        var checker = new TraceChecker(Tlc.bundled(), 1, Files.createDirectories(specs.temporary()));

        assertThatThrownBy(() -> checker.check(spec, "{\"limit\": 3e9}", List.of(), (distinctStates, waiting) -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("parameters: limit: TLA+ has no value for 3");
    }

    @Test
    void aSpecificationThatCannotBeReadIsNoVerdict() throws Exception {
        spec = traceSpec(TRACE.replace("Seen == ", "Seen = = "), CONFIG);
        assertThatThrownBy(() -> check(UP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("CounterTrace.tla:")
                .hasMessageNotContaining("\n");
        spec = traceSpec(TRACE, CONFIG.replace("Seen", "Sene"));
        assertThatThrownBy(() -> check(UP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("CounterTrace.cfg")
                .hasMessageContaining("Sene");
        spec = new TraceSpec(folder.resolve("None.tla"), folder.resolve("None.cfg"), folder, Set.of());
        assertThatThrownBy(() -> check(UP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("None.tla: there is no such file");
        spec = traceSpec(TRACE.replace("VARIABLES", "ASSUME 1 > 2\nVARIABLES"), CONFIG);
        assertThatThrownBy(() -> check(UP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("CounterTrace.tla: Assumption");
    }

    /// TLC is content with each of these, and so it would be with any trace.
    @Test
    void aSpecificationThatDoesNotCountWhatItExplainsIsNoVerdict() throws Exception {
        spec = traceSpec(TRACE, CONFIG.replace("CONSTRAINT Seen", ""));
        assertThatThrownBy(() -> check(UP)).isInstanceOf(InputException.class).hasMessageContaining("CONSTRAINT");
        spec = traceSpec(TRACE.replace("line = 0", "line = 1").replace("line + 1]", "line]"), CONFIG);
        assertThatThrownBy(() -> check(UP, UP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("begin with line 0");
        spec = traceSpec(TRACE.replace("line' = line + 1", "line' = line + 2"), CONFIG);
        assertThatThrownBy(() -> check(UP, UP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("add 1 for each event");
        spec = traceSpec(TRACE.replace("Explained(run, line)", "Explained(run, 2 * line)"), CONFIG);
        assertThatThrownBy(() -> check(UP)).isInstanceOf(InputException.class);
        spec = traceSpec(
                TRACE.replace("TraceIO, ", "")
                        .replace("TheLimit ==", "Traces == <<<<>>>>\nParameters == [limit |-> 3]\nTheLimit ==")
                        .replace("Explained(run, line)", "TRUE"),
                CONFIG);
        assertThatThrownBy(() -> check())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("TLC did not take the traces from us");
    }

    @Test
    void aTraceThatCannotEvenBeginIsRefused() throws Exception {
        spec = traceSpec(TRACE.replace("/\\ line = 0", "/\\ line = 0 /\\ Traces[run][1].by = 1"), CONFIG);
        var good = new Trace("good", List.of(UP));
        var bad = new Trace("bad", List.of("{\"action\": \"Down\", \"by\": 2}"));
        var worse = new Trace("worse", List.of(SAME));

        var verdicts = check(2, List.of(worse, bad, good));

        assertThat(verdicts).extracting(TraceVerdict::accepted).containsExactly(false, false, true);
        assertThat(refusal(verdicts.get(0)).reason()).contains("nonexistent field \"by\"");
        assertThat(refusal(verdicts.get(1)).reason()).isEqualTo("there is no first state for this trace");
    }

    /// Against a counter of our own, which needs no TLC.
    @Test
    void oneWorkerAndTwoSayTheSameAndAreRight() throws Exception {
        var random = new Random(42);
        var traces = new ArrayList<Trace>();
        var explained = new ArrayList<Integer>();
        for (int i = 0; i < 50; i++) {
            var events = new ArrayList<String>();
            int count = 0;
            int broken = -1;
            for (int n = random.nextInt(30); n > 0; n--) {
                var up = random.nextBoolean();
                if (up && count == 3 && broken < 0) {
                    broken = events.size();
                }
                count += up ? 1 : -1;
                events.add(up ? UP : DOWN);
            }
            traces.add(new Trace("trace " + i, events));
            explained.add(broken < 0 ? events.size() : broken);
        }

        var one = check(1, traces);
        var two = check(2, traces);

        assertThat(two).isEqualTo(one);
        assertThat(one).extracting(TraceVerdict::explained).isEqualTo(explained);
        assertThat(one).extracting(TraceVerdict::accepted).contains(true, false);
    }

    @Test
    void twentyTracesOfAThousandEventsAreJudgedWhole() throws Exception {
        var traces = new ArrayList<Trace>();
        for (int i = 0; i < 20; i++) {
            var events = new ArrayList<String>();
            for (int n = 0; n < 500; n++) {
                events.addAll(List.of(UP, DOWN));
            }
            if (i == 7) {
                events.set(998, "{\"action\": \"Sideways\"}");
            }
            traces.add(new Trace("trace " + i, events));
        }

        var verdicts = check(2, traces);

        assertThat(verdicts.get(7).explained()).isEqualTo(998);
        assertThat(verdicts).filteredOn(TraceVerdict::accepted).hasSize(19).allMatch(each -> each.explained() == 1000);
    }

    /// Not even the checker knows what a TLC that was killed would have said.
    @Test
    void aTlcThatIsKilledIsNoVerdict() throws Exception {
        spec = endless();
        var checker = new TraceChecker(Tlc.bundled(), 1, Files.createDirectories(specs.temporary()));

        var verdicts = checker.check(
                spec,
                "{\"limit\": 3}",
                List.of(new Trace("t", List.of(UP))),
                (distinctStates, waiting) ->
                        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly));

        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.accepted()).isFalse();
            assertThat(verdict.judgement()).isInstanceOf(Judgement.Undecided.class);
        });
        assertThat(specs.temporary()).isEmptyDirectory();
    }

    @Test
    void anInterruptedCheckStopsTlcAndLeavesNoFiles() throws Exception {
        spec = endless();
        var checker = new TraceChecker(Tlc.bundled(), 1, Files.createDirectories(specs.temporary()));
        var thread = Thread.currentThread();
        var tlc = new ArrayList<ProcessHandle>();

        assertThatThrownBy(() -> checker.check(
                        spec, "{\"limit\": 3}", List.of(new Trace("t", List.of(UP))), (distinctStates, waiting) -> {
                            tlc.addAll(ProcessHandle.current().children().toList());
                            thread.interrupt();
                        }))
                .isInstanceOf(InterruptedException.class);

        assertThat(tlc).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(specs.temporary()).isEmptyDirectory();
    }

    /// Steps that explain no event, without end.
    private TraceSpec endless() throws IOException {
        return traceSpec(
                TRACE.replace(
                        "Seen ==", "Spin == Down(1) /\\ UNCHANGED <<run, line>>\nSpins == TraceNext \\/ Spin\nSeen =="),
                CONFIG.replace("TraceNext", "Spins"));
    }

    /// In any other run of TLC the operators mean what the module says.
    @Test
    void aModelThatExtendsTraceIoHasNoTraces() throws Exception {
        try (var module = TraceChecker.class.getResourceAsStream("TraceIO.tla")) {
            Files.copy(Objects.requireNonNull(module), folder.resolve("TraceIO.tla"));
        }
        Files.delete(folder.resolve("Counter.tla"));
        var result = specs.file("Quiet.tla", """
                        ---- MODULE Quiet ----
                        EXTENDS TraceIO
                        VARIABLE x
                        Init == x = 0
                        Next == UNCHANGED x
                        NoTracesInv == Traces = <<>> /\\ Parameters = <<>> /\\ Explained(1, 1)
                        ====
                        """).file("Quiet.cfg", "INIT Init\nNEXT Next\nINVARIANT NoTracesInv\n");
        Files.delete(spec.config());

        assertThat(result.check().outcome()).isEqualTo(new Outcome.Completed());
    }
}
