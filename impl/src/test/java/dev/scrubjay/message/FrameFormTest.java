package dev.scrubjay.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Damage;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.Site;
import dev.scrubjay.value.SnapshotPart;
import dev.scrubjay.value.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameFormTest {
    private static final ReplicaId A = new ReplicaId("a", 1);
    private static final ReplicaId B = new ReplicaId("b", 2);
    private static final Ballot BALLOT = new Ballot(3, B);
    private static final Bytes KEY = Bytes.of(new byte[] {1, 2});
    private static final Entry ENTRY = new Entry.Write(5, 2, new Request.Put("colour", "blue"));

    /// One of each kind, by its name.
    private static final Map<String, Frame> ONE_OF_EACH = oneOfEach();

    private static Map<String, Frame> oneOfEach() {
        var frames = new LinkedHashMap<String, Frame>();
        List.of(
                        new Message.Prepare(BALLOT, new Ballot(2, A)),
                        new Message.Promised(
                                BALLOT, 16, List.of(new Message.Report(new Ballot(2, A), ENTRY, Ballot.none(A)))),
                        new Message.Accept(BALLOT, 1, 17, ENTRY),
                        new Message.Accepted(BALLOT, 17),
                        new Message.Chosen(BALLOT, 1, 17, ENTRY),
                        new Message.Heartbeat(BALLOT, Ballot.none(A), 16, 12, true, 5_000_000_000L, true),
                        new Message.CatchUp(16, 64),
                        new Message.Refused(BALLOT),
                        new Message.Archived(16),
                        new Message.Here(new Site(ReplicaKind.LOG, "east", "r1"), 12, 8),
                        new Message.Probe(new ReplicaId("a", 1), new ReplicaId("c", 1)),
                        new Message.Alive(new ReplicaId("a", 1), new ReplicaId("c", 1)),
                        new Message.AskPart(3, 16, KEY),
                        new Message.Part(SnapshotPart.of(16, KEY, List.of(new Row(KEY, KEY)), true)),
                        new Message.AskHashes(16, 272),
                        new Message.Hashes(16, 272, List.of(KEY, KEY)),
                        new Message.Rows(16, 273, List.of(new Row(KEY, KEY))),
                        new Message.Quarantine(16, KEY, new TreeSet<>(List.of(A, B))),
                        new Message.Granted(BALLOT, 5_000_000_000L, 300_000_000L),
                        new Message.Release(BALLOT),
                        new Message.Question(BALLOT),
                        new Message.Answer(BALLOT, true, 16))
                .forEach(message -> frames.put(message.getClass().getSimpleName(), between(message)));
        List.of(
                        new Operation.Begin("n-1"),
                        new Operation.End(5),
                        new Operation.Write(5, 2, new Request.Put("colour", "blue")),
                        new Operation.Read("colour"),
                        new Operation.EventualRead("colour", 16))
                .forEach(operation -> frames.put(operation.getClass().getSimpleName(), asked(operation)));
        List.of(
                        new ClientReply.Answered(new Reply.Found(MaybeValue.of("blue")), 17),
                        new ClientReply.NotLeader(Optional.of(B)),
                        new ClientReply.WrongGroup(Optional.of(8L)),
                        new ClientReply.Throttled(40),
                        new ClientReply.Behind(15))
                .forEach(reply -> frames.put(reply.getClass().getSimpleName(), told(reply)));
        frames.put("done", told(new ClientReply.Answered(Reply.DONE, 17)));
        frames.put("unmet", told(new ClientReply.Answered(new Reply.Unmet(MaybeValue.ABSENT), 17)));
        frames.put("begun", told(new ClientReply.Answered(new Reply.Begun(17), 17)));
        frames.put("ended", told(new ClientReply.Answered(Reply.ENDED, 17)));
        frames.put("no-session", told(new ClientReply.Answered(Reply.NO_SESSION, 17)));
        frames.put("stale", told(new ClientReply.Answered(Reply.STALE, 17)));
        frames.put("no-leader", told(new ClientReply.NotLeader(Optional.empty())));
        frames.put("no-group", told(new ClientReply.WrongGroup(Optional.empty())));
        return frames;
    }

    private static Frame between(Message message) {
        return new Frame.Between(7, 341, A, B, message);
    }

    private static Frame asked(Operation operation) {
        return new Frame.Asked(7, 341, "client-1", new ClientRequest(6, "t", 9, operation));
    }

    private static Frame told(ClientReply reply) {
        return new Frame.Told(7, 341, "client-1", 6, reply);
    }

    @Test
    void everyKindIsAmongOneOfEach() {
        var kinds = new TreeSet<String>();
        for (var sealed : List.of(Message.class, Operation.class, Operation.AtLeader.class, ClientReply.class)) {
            Arrays.stream(sealed.getPermittedSubclasses())
                    .filter(Class::isRecord)
                    .map(Class::getSimpleName)
                    .forEach(kinds::add);
        }

        assertThat(ONE_OF_EACH.keySet()).containsAll(kinds);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsSentIsReceived(@ForAll("frames") Frame frame) {
        assertThat(FrameForm.decode(FrameForm.encode(frame))).isEqualTo(frame);
    }

    @Provide
    Arbitrary<Frame> frames() {
        var between = Combinators.combine(
                        Values.numbers(), Values.numbers(), Values.replicas(), Values.replicas(), messages())
                .as(Frame.Between::new);
        var requests = Combinators.combine(Values.numbers(), Values.texts(), Values.numbers(), operations())
                .as(ClientRequest::new);
        var asked = Combinators.combine(Values.numbers(), Values.numbers(), Values.texts(), requests)
                .as(Frame.Asked::new);
        var told = Combinators.combine(
                        Values.numbers(), Values.numbers(), Values.texts(), Values.numbers(), clientReplies())
                .as(Frame.Told::new);
        return Arbitraries.oneOf(between, asked, told);
    }

    private static Arbitrary<Message> messages() {
        var ballots = Values.ballots();
        var slots = Values.slots();
        var reports = Combinators.combine(ballots, Values.entries(), ballots).as(Message.Report::new);
        return Arbitraries.oneOf(
                Combinators.combine(ballots, ballots).as(Message.Prepare::new),
                Combinators.combine(ballots, slots, reports.list().ofMaxSize(4)).as(Message.Promised::new),
                Combinators.combine(ballots, slots, slots, Values.entries()).as(Message.Accept::new),
                Combinators.combine(ballots, slots).as(Message.Accepted::new),
                Combinators.combine(ballots, slots, slots, Values.entries()).as(Message.Chosen::new),
                Combinators.combine(ballots, ballots, slots, slots, yesOrNo(), Values.numbers(), yesOrNo())
                        .as(Message.Heartbeat::new),
                Combinators.combine(slots, slots).as(Message.CatchUp::new),
                ballots.map(Message.Refused::new),
                slots.map(Message.Archived::new),
                Combinators.combine(ballots, Values.numbers(), Values.numbers()).as(Message.Granted::new),
                ballots.map(Message.Release::new),
                ballots.map(Message.Question::new),
                Combinators.combine(Values.sites(), slots, slots).as(Message.Here::new),
                Combinators.combine(Values.replicas(), Values.replicas()).as(Message.Probe::new),
                Combinators.combine(Values.replicas(), Values.replicas()).as(Message.Alive::new),
                Combinators.combine(counts(), counts(), bytes()).as(Message.AskPart::new),
                Combinators.combine(slots, bytes(), rows().list().ofMaxSize(4), yesOrNo())
                        .as(SnapshotPart::of)
                        .map(Message.Part::new),
                Combinators.combine(slots, nodes()).as(Message.AskHashes::new),
                Combinators.combine(slots, nodes(), bytes().list().ofMaxSize(4)).as(Message.Hashes::new),
                Combinators.combine(slots, nodes(), rows().list().ofMaxSize(4)).as(Message.Rows::new),
                Combinators.combine(
                                slots,
                                bytes(),
                                Values.replicas().set().ofMinSize(1).ofMaxSize(3))
                        .as((slot, root, sound) -> new Message.Quarantine(slot, root, new TreeSet<>(sound))),
                Combinators.combine(ballots, yesOrNo(), slots).as(Message.Answer::new));
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(6).map(Bytes::of);
    }

    private static Arbitrary<Integer> nodes() {
        return Arbitraries.integers().between(0, 16 + 256 + 4_096);
    }

    private static Arbitrary<Row> rows() {
        return Combinators.combine(bytes(), bytes()).as(Row::new);
    }

    private static Arbitrary<Boolean> yesOrNo() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Operation> operations() {
        return Arbitraries.oneOf(
                Values.texts().map(Operation.Begin::new),
                Values.slots().map(Operation.End::new),
                Combinators.combine(Values.slots(), Values.slots(), Values.requests())
                        .as(Operation.Write::new),
                Values.texts().map(Operation.Read::new),
                Combinators.combine(Values.texts(), counts()).as(Operation.EventualRead::new));
    }

    /// How many slots: none too.
    private static Arbitrary<Long> counts() {
        return Arbitraries.longs().greaterOrEqual(0);
    }

    private static Arbitrary<ClientReply> clientReplies() {
        return Arbitraries.oneOf(
                Combinators.combine(Values.replies(), counts()).as(ClientReply.Answered::new),
                Values.replicas().optional().map(ClientReply.NotLeader::new),
                Values.numbers().optional().map(ClientReply.WrongGroup::new),
                Values.numbers().map(ClientReply.Throttled::new),
                counts().map(ClientReply.Behind::new));
    }

    @Test
    void aByteThatChangedIsNoticedWhereverItIs() {
        ONE_OF_EACH.values().forEach(frame -> Damage.isRefused(FrameForm.encode(frame), FrameForm::decode));
    }

    /// The checksum is right here: only reading on shows what is wrong. Each frame has one form, so what is
    /// read says everything that was there.
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void whatIsReadIsWhatWouldBeSent(
            @ForAll("frames") Frame frame, @ForAll @Size(min = 1, max = 3) List<Long> changes) {
        var body = Damage.body(FrameForm.encode(frame));
        for (long change : changes) {
            body[(int) Long.remainderUnsigned(change >>> 8, body.length)] = (byte) change;
        }
        FrameBytes.read(body);
    }

    @Test
    void ofEachKindWhatIsReadIsWhatWouldBeSentWhateverByteIsWrong() {
        for (var frame : ONE_OF_EACH.values()) {
            var whole = Damage.body(FrameForm.encode(frame));
            for (int at = 0; at < whole.length; at++) {
                for (int change = 1; change <= 0xFF; change++) {
                    var body = whole.clone();
                    body[at] ^= (byte) change;
                    FrameBytes.read(body);
                }
                FrameBytes.read(Arrays.copyOf(whole, at));
            }
            FrameBytes.read(Arrays.copyOf(whole, whole.length + 1));
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void anyBytesAreWhatWouldBeSentOrRefused(@ForAll @Size(max = 80) byte[] body) {
        FrameBytes.read(body);
    }

    /// Whoever breaks this test has changed what nodes of different versions say to each other: the version
    /// must change with it.
    @Test
    void theFormDoesNotChange() {
        var golden = """
                Prepare 00000046 47405e5c 8001 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000002000000016100000001
                Promised 00000087 4976212f 8002 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002000000000000001000000001000000000000000200000001610000000101000000000000000500000000000000020200000006636f6c6f757200000004626c75650000000000000000000000016100000001
                Accept 00000069 408cc6c9 8003 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000001000000000000001101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Accepted 0000003d 28d017d6 8004 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000011
                Chosen 00000069 d5b9ba4a 8005 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000001000000000000001101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Heartbeat 00000060 1e62b9e0 8006 00000000000000070000000000000155000000016100000001000000016200000002000000000000000300000001620000000200000000000000000000000161000000010000000000000010000000000000000c01000000012a05f20001
                CatchUp 00000034 f91ebfd1 8007 0000000000000007000000000000015500000001610000000100000001620000000200000000000000100000000000000040
                Refused 00000035 43a33486 8008 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                Archived 0000002c c4af79cc 800d 000000000000000700000000000001550000000161000000010000000162000000020000000000000010
                Here 00000043 c199e524 800e 00000000000000070000000000000155000000016100000001000000016200000002020000000465617374000000027231000000000000000c0000000000000008
                Probe 00000036 237c415f 800f 00000000000000070000000000000155000000016100000001000000016200000002000000016100000001000000016300000001
                Alive 00000036 ab8e8331 8010 00000000000000070000000000000155000000016100000001000000016200000002000000016100000001000000016300000001
                AskPart 0000003a 7791ad02 8011 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000000000010000000020102
                Part 00000047 5edb846e 8012 0000000000000007000000000000015500000001610000000100000001620000000200000000000000100000000201020157e32c2400000001000000020102000000020102
                AskHashes 00000030 d0f0ed4d 8013 00000000000000070000000000000155000000016100000001000000016200000002000000000000001000000110
                Hashes 00000040 e432eff9 8014 0000000000000007000000000000015500000001610000000100000001620000000200000000000000100000011000000002000000020102000000020102
                Rows 00000040 6e46d94c 8015 0000000000000007000000000000015500000001610000000100000001620000000200000000000000100000011100000001000000020102000000020102
                Quarantine 00000048 137e8304 8016 00000000000000070000000000000155000000016100000001000000016200000002000000000000001000000002010200000002000000016100000001000000016200000002
                Granted 00000045 12736bd1 8009 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002000000012a05f2000000000011e1a300
                Release 00000035 0e92ab23 800a 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                Question 00000035 aafc5f89 800b 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                Answer 0000003e bd4009ac 800c 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002010000000000000010
                Begin 0000003b 6b9343bd 8020 0000000000000007000000000000015500000008636c69656e742d3100000000000000060000000174000000000000000901000000036e2d31
                End 0000003c b5778f76 8020 0000000000000007000000000000015500000008636c69656e742d31000000000000000600000001740000000000000009020000000000000005
                Write 00000057 76c45308 8020 0000000000000007000000000000015500000008636c69656e742d3100000000000000060000000174000000000000000903000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Read 0000003e d3491ed9 8020 0000000000000007000000000000015500000008636c69656e742d310000000000000006000000017400000000000000090400000006636f6c6f7572
                EventualRead 00000046 8c801fed 8020 0000000000000007000000000000015500000008636c69656e742d310000000000000006000000017400000000000000090500000006636f6c6f75720000000000000010
                Answered 00000039 3e6cc6c2 8021 0000000000000007000000000000015500000008636c69656e742d31000000000000000601020100000004626c75650000000000000011
                NotLeader 00000031 7ad3b6e3 8021 0000000000000007000000000000015500000008636c69656e742d3100000000000000060201000000016200000002
                WrongGroup 00000030 41f44183 8021 0000000000000007000000000000015500000008636c69656e742d31000000000000000603010000000000000008
                Throttled 0000002f 8f335eaa 8021 0000000000000007000000000000015500000008636c69656e742d310000000000000006040000000000000028
                Behind 0000002f 8f7a62d7 8021 0000000000000007000000000000015500000008636c69656e742d31000000000000000605000000000000000f
                done 00000030 ba58dc9b 8021 0000000000000007000000000000015500000008636c69656e742d31000000000000000601010000000000000011
                unmet 00000031 e50806c9 8021 0000000000000007000000000000015500000008636c69656e742d3100000000000000060103000000000000000011
                begun 00000038 bcdd2c0d 8021 0000000000000007000000000000015500000008636c69656e742d310000000000000006010400000000000000110000000000000011
                ended 00000030 64971ea8 8021 0000000000000007000000000000015500000008636c69656e742d31000000000000000601050000000000000011
                no-session 00000030 7d381281 8021 0000000000000007000000000000015500000008636c69656e742d31000000000000000601060000000000000011
                stale 00000030 8906c4c9 8021 0000000000000007000000000000015500000008636c69656e742d31000000000000000601070000000000000011
                no-leader 00000028 db10ce16 8021 0000000000000007000000000000015500000008636c69656e742d3100000000000000060200
                no-group 00000028 c8b25661 8021 0000000000000007000000000000015500000008636c69656e742d3100000000000000060300
                """;

        assertThat(ONE_OF_EACH.entrySet().stream()
                        .map(one -> one.getKey() + " " + Damage.hex(FrameForm.encode(one.getValue())) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(golden);
    }

    @Test
    void aVersionThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> FrameForm.decode(head(1, 1)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("kind 1 of version of a frame before byte 9 is not known to this version");
    }

    /// What a later version adds at the end is left unread; what this one knows must be there.
    @Test
    void ofALaterVersionWhatItSaysMoreIsLeftOut() {
        var heartbeat = Objects.requireNonNull(ONE_OF_EACH.get("Heartbeat"));
        var body = Damage.body(FrameForm.encode(heartbeat));
        var later = Arrays.copyOf(body, body.length + Long.BYTES);
        later[0] = (byte) 0x81;

        assertThat(FrameForm.decode(Damage.framed(later))).isEqualTo(heartbeat);
        assertThatThrownBy(() -> FrameForm.decode(Damage.framed(Arrays.copyOf(later, body.length - 1))))
                .isExactlyInstanceOf(MalformedException.class);
        later[0] = (byte) 0x80;
        assertThatThrownBy(() -> FrameForm.decode(Damage.framed(later)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith("8 bytes too many");
        later[0] = (byte) 0x91;
        assertThatThrownBy(() -> FrameForm.decode(Damage.framed(later)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageContaining("version of a frame");
    }

    @ParameterizedTest
    @ValueSource(ints = {Byte.MIN_VALUE, -1, 0, 23, 31, 34, Byte.MAX_VALUE})
    void aKindThatIsReservedOrNotKnownIsNamed(int kind) {
        assertThatThrownBy(() -> FrameForm.decode(head(0x80, kind)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("kind " + kind + " of frame before byte 10 is not known to this version");
    }

    /// Each has one number that cannot be, and what the reader says of it.
    static Stream<Arguments> numbersThatCannotBe() {
        var request = new Request.Get("k");
        return Stream.of(
                arguments(between(new Message.Accepted(BALLOT, 0)), "slot 0", 1),
                arguments(between(new Message.Accept(BALLOT, 1, 0, ENTRY)), "slot 0", 1),
                arguments(between(new Message.Chosen(BALLOT, 1, -1, ENTRY)), "slot -1", 1),
                arguments(
                        between(new Message.Heartbeat(BALLOT, BALLOT, -1, 0, true, 0, true)), "number of slots -1", 0),
                arguments(between(new Message.CatchUp(-1, 1)), "number of slots -1", 0),
                arguments(between(new Message.Answer(BALLOT, true, -1)), "number of slots -1", 0),
                arguments(between(new Message.Accept(BALLOT, 1, 1, new Entry.Write(0, 1, request))), "session 0", 1),
                arguments(
                        between(new Message.Accept(BALLOT, 1, 1, new Entry.Write(1, 0, request))),
                        "number of a write 0",
                        1),
                arguments(between(new Message.Accept(BALLOT, 1, 1, new Entry.End(0))), "session 0", 1),
                arguments(asked(new Operation.End(0)), "session 0", 1),
                arguments(asked(new Operation.Write(-1, 1, request)), "session -1", 1),
                arguments(asked(new Operation.Write(1, -1, request)), "number of a write -1", 1),
                arguments(asked(new Operation.EventualRead("k", -1)), "number of slots -1", 0),
                arguments(told(new ClientReply.Answered(Reply.DONE, -1)), "number of slots -1", 0),
                arguments(told(new ClientReply.Answered(new Reply.Begun(0), 1)), "session 0", 1),
                arguments(told(new ClientReply.Behind(-1)), "number of slots -1", 0));
    }

    @ParameterizedTest
    @MethodSource("numbersThatCannotBe")
    void aNumberBelowTheFirstIsRefused(Frame frame, String what, long first) {
        assertThatThrownBy(() -> FrameForm.decode(FrameForm.encode(frame)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith(what + " before byte ")
                .hasMessageEndingWith("; the first is " + first);
    }

    @Test
    void whatIsNeitherYesNorNoIsRefused() {
        assertNoFlag(new Message.Heartbeat(BALLOT, BALLOT, 16, 12, true, 0, true), 1, "confirmation of a grant");
        assertNoFlag(new Message.Answer(BALLOT, true, 16), 1 + Long.BYTES, "answer to a question");
    }

    private static void assertNoFlag(Message message, int beforeEnd, String what) {
        var body = Damage.body(FrameForm.encode(between(message)));
        body[body.length - beforeEnd] = 2;

        assertThatThrownBy(() -> FrameForm.decode(Damage.framed(body)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith("kind 2 of " + what + " before byte ");
    }

    @Test
    void anOperationOfAKindThatIsNotKnownIsNamed() {
        for (byte kind : new byte[] {0, 6, -1}) {
            var head = head(0x80, 32, 7, 341);
            var bytes = head.put("client-1").put(6L).put("t").put(9L).put(kind).framed();

            assertThatThrownBy(() -> FrameForm.decode(bytes))
                    .isExactlyInstanceOf(MalformedException.class)
                    .hasMessageStartingWith("kind " + kind + " of operation before byte");
        }
    }

    /// What is asked for and what is written down are the same thing.
    @Test
    void anOperationThatWritesHasAnEntryAndAReadHasNone() {
        assertThat(new Operation.Begin("n-1").entry()).hasValue(new Entry.Begin("n-1"));
        assertThat(new Operation.End(5).entry()).hasValue(new Entry.End(5));
        assertThat(new Operation.Write(5, 2, new Request.Put("colour", "blue")).entry())
                .hasValue(ENTRY);
        assertThat(new Operation.Read("colour").entry()).isEmpty();
        assertThat(new Operation.EventualRead("colour", 1).entry()).isEmpty();
    }

    @Test
    void aReplyOfAKindThatIsNotKnownIsNamed() {
        var head = head(0x80, 33, 7, 341);
        var bytes = head.put("client-1").put(6L).put((byte) 6).framed();

        assertThatThrownBy(() -> FrameForm.decode(bytes))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith("kind 6 of reply to a client before byte");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1})
    void aCountOfReportsThatAreNotThereIsRefused(int count) {
        var bytes = head(0x80, 2, 7, 341)
                .put(A)
                .put(B)
                .put(BALLOT)
                .put(0L)
                .put(count)
                .framed();

        assertThatThrownBy(() -> FrameForm.decode(bytes))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("a count of " + count + " with 0 bytes left");
    }

    private static Encoder head(int version, int kind, long group, long order) {
        return new Encoder().put((byte) version).put((byte) kind).put(group).put(order);
    }

    private static byte[] head(int version, int kind) {
        return new Encoder().put((byte) version).put((byte) kind).framed();
    }
}
