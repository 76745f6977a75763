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
                        new Message.Heartbeat(BALLOT, Ballot.none(A), 16, 12, 5_000_000_000L, true),
                        new Message.CatchUp(16, 64),
                        new Message.Refused(BALLOT),
                        new Message.Archived(16),
                        new Message.Here(new Site(ReplicaKind.LOG, "east", "r1"), 12, 8),
                        new Message.Probe(new ReplicaId("a", 1), new ReplicaId("c", 1)),
                        new Message.Alive(new ReplicaId("a", 1), new ReplicaId("c", 1)),
                        new Message.AskPart(3, 16, KEY),
                        new Message.Part(SnapshotPart.of(16, KEY, List.of(new Row(KEY, KEY)), true)),
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
                Combinators.combine(ballots, ballots, slots, slots, Values.numbers(), yesOrNo())
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
                Combinators.combine(ballots, yesOrNo(), slots).as(Message.Answer::new));
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(6).map(Bytes::of);
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
                Prepare 00000046 2708ae19 0501 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000002000000016100000001
                Promised 00000087 ef2b324d 0502 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002000000000000001000000001000000000000000200000001610000000101000000000000000500000000000000020200000006636f6c6f757200000004626c75650000000000000000000000016100000001
                Accept 00000069 383d3f32 0503 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000001000000000000001101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Accepted 0000003d 757186ec 0504 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000011
                Chosen 00000069 ad0843b1 0505 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000001000000000000001101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Heartbeat 0000005f eb3548b5 0506 00000000000000070000000000000155000000016100000001000000016200000002000000000000000300000001620000000200000000000000000000000161000000010000000000000010000000000000000c000000012a05f20001
                CatchUp 00000034 db876972 0507 0000000000000007000000000000015500000001610000000100000001620000000200000000000000100000000000000040
                Refused 00000035 f29aeb02 0508 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                Archived 0000002c eb8d154e 050d 000000000000000700000000000001550000000161000000010000000162000000020000000000000010
                Here 00000043 0ab32296 050e 00000000000000070000000000000155000000016100000001000000016200000002020000000465617374000000027231000000000000000c0000000000000008
                Probe 00000036 66a1d4e7 050f 00000000000000070000000000000155000000016100000001000000016200000002000000016100000001000000016300000001
                Alive 00000036 ee531689 0510 00000000000000070000000000000155000000016100000001000000016200000002000000016100000001000000016300000001
                AskPart 0000003a a289600f 0511 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000000000010000000020102
                Part 00000047 2a31c53e 0512 0000000000000007000000000000015500000001610000000100000001620000000200000000000000100000000201020157e32c2400000001000000020102000000020102
                Granted 00000045 99fc3a40 0509 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002000000012a05f2000000000011e1a300
                Release 00000035 bfab74a7 050a 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                Question 00000035 1bc5800d 050b 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                Answer 0000003e e61cc9b4 050c 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002010000000000000010
                Begin 0000003b d46e17a3 0520 0000000000000007000000000000015500000008636c69656e742d3100000000000000060000000174000000000000000901000000036e2d31
                End 0000003c 09ee0a6a 0520 0000000000000007000000000000015500000008636c69656e742d31000000000000000600000001740000000000000009020000000000000005
                Write 00000057 7243d225 0520 0000000000000007000000000000015500000008636c69656e742d3100000000000000060000000174000000000000000903000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Read 0000003e 8815dec1 0520 0000000000000007000000000000015500000008636c69656e742d310000000000000006000000017400000000000000090400000006636f6c6f7572
                EventualRead 00000046 ecc8efa8 0520 0000000000000007000000000000015500000008636c69656e742d310000000000000006000000017400000000000000090500000006636f6c6f75720000000000000010
                Answered 00000039 e9295634 0521 0000000000000007000000000000015500000008636c69656e742d31000000000000000601020100000004626c75650000000000000011
                NotLeader 00000031 a36fe578 0521 0000000000000007000000000000015500000008636c69656e742d3100000000000000060201000000016200000002
                WrongGroup 00000030 0afd2b39 0521 0000000000000007000000000000015500000008636c69656e742d31000000000000000603010000000000000008
                Throttled 0000002f d9ff0280 0521 0000000000000007000000000000015500000008636c69656e742d310000000000000006040000000000000028
                Behind 0000002f d9b63efd 0521 0000000000000007000000000000015500000008636c69656e742d31000000000000000605000000000000000f
                done 00000030 f151b621 0521 0000000000000007000000000000015500000008636c69656e742d31000000000000000601010000000000000011
                unmet 00000031 3cb45552 0521 0000000000000007000000000000015500000008636c69656e742d3100000000000000060103000000000000000011
                begun 00000038 3d1daa19 0521 0000000000000007000000000000015500000008636c69656e742d310000000000000006010400000000000000110000000000000011
                ended 00000030 2f9e7412 0521 0000000000000007000000000000015500000008636c69656e742d31000000000000000601050000000000000011
                no-session 00000030 3631783b 0521 0000000000000007000000000000015500000008636c69656e742d31000000000000000601060000000000000011
                stale 00000030 c20fae73 0521 0000000000000007000000000000015500000008636c69656e742d31000000000000000601070000000000000011
                no-leader 00000028 6f9b143d 0521 0000000000000007000000000000015500000008636c69656e742d3100000000000000060200
                no-group 00000028 7c398c4a 0521 0000000000000007000000000000015500000008636c69656e742d3100000000000000060300
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

    @ParameterizedTest
    @ValueSource(ints = {Byte.MIN_VALUE, -1, 0, 19, 20, 31, 34, Byte.MAX_VALUE})
    void aKindThatIsReservedOrNotKnownIsNamed(int kind) {
        assertThatThrownBy(() -> FrameForm.decode(head(5, kind)))
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
                arguments(between(new Message.Heartbeat(BALLOT, BALLOT, -1, 0, 0, true)), "number of slots -1", 0),
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
        assertNoFlag(new Message.Heartbeat(BALLOT, BALLOT, 16, 12, 0, true), 1, "confirmation of a grant");
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
            var head = head(5, 32, 7, 341);
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
        var head = head(5, 33, 7, 341);
        var bytes = head.put("client-1").put(6L).put((byte) 6).framed();

        assertThatThrownBy(() -> FrameForm.decode(bytes))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith("kind 6 of reply to a client before byte");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1})
    void aCountOfReportsThatAreNotThereIsRefused(int count) {
        var bytes =
                head(5, 2, 7, 341).put(A).put(B).put(BALLOT).put(0L).put(count).framed();

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
