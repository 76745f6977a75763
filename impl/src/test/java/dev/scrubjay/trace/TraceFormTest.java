package dev.scrubjay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

final class TraceFormTest {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final ReplicaId A = new ReplicaId("a", 1);
    private static final ReplicaId B = new ReplicaId("b", 1);
    private static final Ballot BALLOT = new Ballot(3, B);
    private static final Ballot NONE = Ballot.none(A);
    private static final Ballot RELEASED = new Ballot(2, A);

    private static final List<TraceEvent> ONE_OF_EACH = List.of(
            new TraceEvent.Ask(entry(new Request.Get("k"))),
            new TraceEvent.Stand(BALLOT, NONE),
            new TraceEvent.Prepare(BALLOT),
            new TraceEvent.Lead(BALLOT, List.of(A, B)),
            new TraceEvent.Propose(BALLOT, 17, entry(new Request.Put("k", "v"))),
            new TraceEvent.Propose(BALLOT, 18, new Entry.Reconfigure(2, new TreeSet<>(List.of(B, A)))),
            new TraceEvent.Choose(BALLOT, 17),
            new TraceEvent.Acknowledge(17, Reply.DONE),
            new TraceEvent.Promise(BALLOT, RELEASED),
            new TraceEvent.Promised(BALLOT, 16, List.of(new Ballot(1, A), BALLOT), List.of(17L)),
            new TraceEvent.Promised(BALLOT, 0, List.of(), List.of()),
            new TraceEvent.AskLease(BALLOT),
            new TraceEvent.Grant(BALLOT),
            new TraceEvent.Hold(BALLOT, A),
            new TraceEvent.RunOut(),
            new TraceEvent.HandOver(BALLOT, A),
            new TraceEvent.StepDown(BALLOT),
            new TraceEvent.Read("k", 16, new Reply.Found(MaybeValue.of("v"))),
            new TraceEvent.ReadEventually("k", 12, 16, new Reply.Found(MaybeValue.ABSENT)),
            new TraceEvent.Ask(new Entry.Begin("n-1")),
            new TraceEvent.Ask(new Entry.End(5)),
            new TraceEvent.Apply(17, new Reply.Begun(17)),
            new TraceEvent.Apply(17, Reply.ENDED),
            new TraceEvent.Apply(17, Reply.NO_SESSION),
            new TraceEvent.Apply(17, Reply.STALE),
            new TraceEvent.Accept(BALLOT, 1, 17, entry(new Request.Delete("k"))),
            new TraceEvent.Accepted(BALLOT, 17),
            new TraceEvent.Learn(BALLOT, 1, 17, entry(new Request.ConditionalPut("k", MaybeValue.ABSENT, "v"))),
            new TraceEvent.Learn(BALLOT, 1, 18, entry(new Request.ConditionalPut("k", MaybeValue.of("u"), "v"))),
            new TraceEvent.Apply(17, new Reply.Found(MaybeValue.ABSENT)),
            new TraceEvent.Apply(18, new Reply.Unmet(MaybeValue.of("u"))),
            new TraceEvent.Fetch(17, Reply.DONE),
            new TraceEvent.Snapshot(17),
            new TraceEvent.Install(17),
            new TraceEvent.Trim(17),
            new TraceEvent.Archive(17),
            new TraceEvent.Verify(17),
            new TraceEvent.Hash(17),
            new TraceEvent.Quarantine(17),
            new TraceEvent.Discard(),
            new TraceEvent.Decay("k", MaybeValue.of("w")),
            new TraceEvent.Propose(BALLOT, 19, Entry.SCRUB_MARK),
            new TraceEvent.Sync(4),
            new TraceEvent.PowerOff(3, 2),
            new TraceEvent.Rot(2),
            new TraceEvent.LoseDisk(),
            new TraceEvent.Repair(BALLOT, 1, 1, Entry.NO_OP),
            new TraceEvent.Tell(BALLOT, 1),
            new TraceEvent.Restart());

    private static Entry entry(Request request) {
        return new Entry.Write(5, 2, request);
    }

    @Test
    void everyActionIsAmongOneOfEach() {
        assertThat(ONE_OF_EACH)
                .extracting(TraceEvent::action)
                .containsAll(Arrays.stream(TraceEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }

    /// All lines begin alike and end with a brace; between stands what tells them apart.
    @Test
    void eachEventIsALine() {
        var head = "{\"group\":7,\"replica\":\"a.1\",\"count\":12,\"order\":341,\"now\":12480000000,";
        var golden = """
                "action":"Ask","entry":{"kind":"write","session":5,"number":2,"request":{"kind":"get","key":"k"}}
                "action":"Stand","ballot":{"round":3,"replica":"b.1"},"released":{"round":0,"replica":"a.1"}
                "action":"Prepare","ballot":{"round":3,"replica":"b.1"}
                "action":"Lead","ballot":{"round":3,"replica":"b.1"},"quorum":["a.1","b.1"]
                "action":"Propose","ballot":{"round":3,"replica":"b.1"},"slot":17,"entry":{"kind":"write","session":5,"number":2,"request":{"kind":"put","key":"k","value":"v"}}
                "action":"Propose","ballot":{"round":3,"replica":"b.1"},"slot":18,"entry":{"kind":"reconfigure","generation":2,"voters":["a.1","b.1"]}
                "action":"Choose","ballot":{"round":3,"replica":"b.1"},"slot":17
                "action":"Acknowledge","slot":17,"reply":{"outcome":"done"}
                "action":"Promise","ballot":{"round":3,"replica":"b.1"},"released":{"round":2,"replica":"a.1"}
                "action":"Promised","ballot":{"round":3,"replica":"b.1"},"trimmed":16,"accepted":[{"round":1,"replica":"a.1"},{"round":3,"replica":"b.1"}],"corrupt":[17]
                "action":"Promised","ballot":{"round":3,"replica":"b.1"},"trimmed":0,"accepted":[],"corrupt":[]
                "action":"AskLease","ballot":{"round":3,"replica":"b.1"}
                "action":"Grant","ballot":{"round":3,"replica":"b.1"}
                "action":"Hold","ballot":{"round":3,"replica":"b.1"},"from":"a.1"
                "action":"RunOut"
                "action":"HandOver","ballot":{"round":3,"replica":"b.1"},"successor":"a.1"
                "action":"StepDown","ballot":{"round":3,"replica":"b.1"}
                "action":"Read","key":"k","slot":16,"reply":{"outcome":"done","held":["v"]}
                "action":"ReadEventually","key":"k","atLeast":12,"slot":16,"reply":{"outcome":"done","held":[]}
                "action":"Ask","entry":{"kind":"begin","nonce":"n-1"}
                "action":"Ask","entry":{"kind":"end","session":5}
                "action":"Apply","slot":17,"reply":{"outcome":"begun","session":17}
                "action":"Apply","slot":17,"reply":{"outcome":"ended"}
                "action":"Apply","slot":17,"reply":{"outcome":"no-session"}
                "action":"Apply","slot":17,"reply":{"outcome":"stale"}
                "action":"Accept","ballot":{"round":3,"replica":"b.1"},"generation":1,"slot":17,"entry":{"kind":"write","session":5,"number":2,"request":{"kind":"delete","key":"k"}}
                "action":"Accepted","ballot":{"round":3,"replica":"b.1"},"slot":17
                "action":"Learn","ballot":{"round":3,"replica":"b.1"},"generation":1,"slot":17,"entry":{"kind":"write","session":5,"number":2,"request":{"kind":"conditional-put","key":"k","expected":[],"value":"v"}}
                "action":"Learn","ballot":{"round":3,"replica":"b.1"},"generation":1,"slot":18,"entry":{"kind":"write","session":5,"number":2,"request":{"kind":"conditional-put","key":"k","expected":["u"],"value":"v"}}
                "action":"Apply","slot":17,"reply":{"outcome":"done","held":[]}
                "action":"Apply","slot":18,"reply":{"outcome":"unmet","held":["u"]}
                "action":"Fetch","slot":17,"reply":{"outcome":"done"}
                "action":"Snapshot","slot":17
                "action":"Install","slot":17
                "action":"Trim","slot":17
                "action":"Archive","slot":17
                "action":"Verify","slot":17
                "action":"Hash","slot":17
                "action":"Quarantine","slot":17
                "action":"Discard"
                "action":"Decay","key":"k","held":["w"]
                "action":"Propose","ballot":{"round":3,"replica":"b.1"},"slot":19,"entry":{"kind":"scrub-mark"}
                "action":"Sync","synced":4
                "action":"PowerOff","synced":3,"applied":2
                "action":"Rot","record":2
                "action":"LoseDisk"
                "action":"Repair","ballot":{"round":3,"replica":"b.1"},"generation":1,"slot":1,"entry":{"kind":"no-op"}
                "action":"Tell","ballot":{"round":3,"replica":"b.1"},"slot":1
                "action":"Restart"
                """;

        assertThat(ONE_OF_EACH.stream()
                        .map(event -> TraceForm.line(7, A, 12, 341, 12_480_000_000L, event) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(golden.lines().map(line -> head + line + "}\n").collect(Collectors.joining()));
    }

    @Test
    void aTraceBeginsWithWhoWroteIt() {
        var groups = new TreeMap<Long, List<ReplicaId>>();
        groups.put(10L, List.of(A));
        groups.put(2L, List.of(A, B));

        var replicas = new TreeMap<>(groups);
        replicas.put(10L, List.of(A, B));
        var logs = new TreeMap<Long, List<ReplicaId>>();
        logs.put(10L, List.of(B));

        assertThat(TraceForm.header("a", "0.1 \"x\"", groups, replicas, logs))
                .isEqualTo(
                        "{\"trace\":1,\"node\":\"a\",\"build\":\"0.1 \\\"x\\\"\","
                                + "\"groups\":{\"2\":[\"a.1\",\"b.1\"],\"10\":[\"a.1\"]},"
                                + "\"replicas\":{\"2\":[\"a.1\",\"b.1\"],\"10\":[\"a.1\",\"b.1\"]},\"logs\":{\"10\":[\"b.1\"]}}");
        assertThat(JSON.readTree(TraceForm.header("a", "x", noGroups(), noGroups(), noGroups()))
                        .get("groups")
                        .size())
                .isZero();
    }

    private static SortedMap<Long, List<ReplicaId>> noGroups() {
        return new TreeMap<>();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whateverTextAnEventHoldsIsReadAgain(@ForAll("texts") String node, @ForAll("texts") String key) {
        var read = line(new ReplicaId(node, 1), new Request.Put(key, key));

        assertThat(read.get("replica").stringValue()).isEqualTo(node + ".1");
        assertThat(read.at("/entry/request/key").stringValue()).isEqualTo(key);
        assertThat(read.at("/entry/request/value").stringValue()).isEqualTo(key);
    }

    /// Each is a text that breaks a writer that escapes too little: through bytes, as a file does it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\\",
                "\\\"",
                "\\u0041",
                "\n",
                "\r\n",
                "\t",
                "\0",
                "\u001F",
                "\u007F",
                "\u0085",
                "\u2028",
                "</script>",
                "\"},{\"action\":\"Choose\"",
                "I\u0131\u0130i",
                "\uD83D\uDC26",
                "\uD83D",
                "\uDC26",
                "\uFFFD",
                "\uFEFF",
                "\uFFFF"
            })
    void hostileTextIsReadAgain(String text) {
        assertThat(line(A, new Request.Get(text)).at("/entry/request/key").stringValue())
                .isEqualTo(text);
    }

    private static JsonNode line(ReplicaId replica, Request request) {
        var line = TraceForm.line(1, replica, 1, 1, 0, new TraceEvent.Ask(entry(request)));
        assertThat(line.lines()).as("one line").hasSize(1);
        return JSON.readTree(line.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> texts() {
        return Values.texts();
    }
}
