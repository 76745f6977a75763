package dev.scrubjay.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Damage;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.value.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
import org.junit.jupiter.params.provider.ValueSource;

final class FrameFormTest {
    private static final ReplicaId A = new ReplicaId("a", 1);
    private static final ReplicaId B = new ReplicaId("b", 2);
    private static final Ballot BALLOT = new Ballot(3, B);
    private static final Entry ENTRY = new Entry.Write(5, 2, new Request.Put("colour", "blue"));

    /// One of each kind, by its name.
    private static final Map<String, Frame> ONE_OF_EACH = oneOfEach();

    private static Map<String, Frame> oneOfEach() {
        var frames = new LinkedHashMap<String, Frame>();
        List.of(
                        new Message.Prepare(BALLOT),
                        new Message.Promised(BALLOT, List.of(new Message.Report(new Ballot(2, A), ENTRY))),
                        new Message.Accept(BALLOT, 17, ENTRY),
                        new Message.Accepted(BALLOT, 17),
                        new Message.Chosen(BALLOT, 17, ENTRY),
                        new Message.Heartbeat(BALLOT, 16),
                        new Message.CatchUp(16),
                        new Message.Refused(BALLOT))
                .forEach(message ->
                        frames.put(message.getClass().getSimpleName(), new Frame.Between(7, 341, A, B, message)));
        frames.put(
                "ClientRequest",
                new Frame.Asked(
                        7, 341, "client-1", new ClientRequest(5, 2, "t", 9, new Request.Put("colour", "blue"))));
        List.of(
                        new ClientReply.Answered(new Reply.Found(MaybeValue.of("blue"))),
                        new ClientReply.NotLeader(Optional.of(B)),
                        new ClientReply.WrongGroup(Optional.of(8L)),
                        new ClientReply.Throttled(40))
                .forEach(reply -> frames.put(reply.getClass().getSimpleName(), told(reply)));
        frames.put("done", told(new ClientReply.Answered(Reply.DONE)));
        frames.put("unmet", told(new ClientReply.Answered(new Reply.Unmet(MaybeValue.ABSENT))));
        frames.put("no-leader", told(new ClientReply.NotLeader(Optional.empty())));
        frames.put("no-group", told(new ClientReply.WrongGroup(Optional.empty())));
        return frames;
    }

    private static Frame told(ClientReply reply) {
        return new Frame.Told(7, 341, "client-1", 5, 2, reply);
    }

    @Test
    void everyKindIsAmongOneOfEach() {
        var kinds = new TreeSet<String>();
        for (var sealed : List.of(Message.class, ClientReply.class)) {
            Arrays.stream(sealed.getPermittedSubclasses())
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
        var requests = Combinators.combine(
                        Values.numbers(), Values.numbers(), Values.texts(), Values.numbers(), Values.requests())
                .as(ClientRequest::new);
        var asked = Combinators.combine(Values.numbers(), Values.numbers(), Values.texts(), requests)
                .as(Frame.Asked::new);
        var told = Combinators.combine(
                        Values.numbers(),
                        Values.numbers(),
                        Values.texts(),
                        Values.numbers(),
                        Values.numbers(),
                        clientReplies())
                .as(Frame.Told::new);
        return Arbitraries.oneOf(between, asked, told);
    }

    private static Arbitrary<Message> messages() {
        var ballots = Values.ballots();
        var slots = Values.slots();
        var reports = Combinators.combine(ballots, Values.entries()).as(Message.Report::new);
        return Arbitraries.oneOf(
                ballots.map(Message.Prepare::new),
                Combinators.combine(ballots, reports.list().ofMaxSize(4)).as(Message.Promised::new),
                Combinators.combine(ballots, slots, Values.entries()).as(Message.Accept::new),
                Combinators.combine(ballots, slots).as(Message.Accepted::new),
                Combinators.combine(ballots, slots, Values.entries()).as(Message.Chosen::new),
                Combinators.combine(ballots, slots).as(Message.Heartbeat::new),
                slots.map(Message.CatchUp::new),
                ballots.map(Message.Refused::new));
    }

    private static Arbitrary<ClientReply> clientReplies() {
        return Arbitraries.oneOf(
                Values.replies().map(ClientReply.Answered::new),
                Values.replicas().optional().map(ClientReply.NotLeader::new),
                Values.numbers().optional().map(ClientReply.WrongGroup::new),
                Values.numbers().map(ClientReply.Throttled::new));
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
        assertOneForm(body);
    }

    @Test
    void ofEachKindWhatIsReadIsWhatWouldBeSentWhateverByteIsWrong() {
        for (var frame : ONE_OF_EACH.values()) {
            var whole = Damage.body(FrameForm.encode(frame));
            for (int at = 0; at < whole.length; at++) {
                for (int change = 1; change <= 0xFF; change++) {
                    var body = whole.clone();
                    body[at] ^= (byte) change;
                    assertOneForm(body);
                }
                assertOneForm(Arrays.copyOf(whole, at));
            }
            assertOneForm(Arrays.copyOf(whole, whole.length + 1));
        }
    }

    private static void assertOneForm(byte[] body) {
        var bytes = Damage.framed(body);
        Frame read;
        try {
            read = FrameForm.decode(bytes);
        } catch (MalformedException _) {
            return;
        }
        assertThat(FrameForm.encode(read)).isEqualTo(bytes);
    }

    /// Whoever breaks this test has changed what nodes of different versions say to each other: the version
    /// must change with it.
    @Test
    void theFormDoesNotChange() {
        var golden = """
                Prepare 00000035 4ddd4176 0101 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                Promised 0000006e 002d89d0 0102 00000000000000070000000000000155000000016100000001000000016200000002000000000000000300000001620000000200000001000000000000000200000001610000000101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Accept 00000061 a06d184c 0103 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002000000000000001101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Accepted 0000003d 582234cf 0104 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000011
                Chosen 00000061 30f656fc 0105 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002000000000000001101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                Heartbeat 0000003d 413eff7a 0106 0000000000000007000000000000015500000001610000000100000001620000000200000000000000030000000162000000020000000000000010
                CatchUp 0000002c cb1755dc 0107 000000000000000700000000000001550000000161000000010000000162000000020000000000000010
                Refused 00000035 d899bdb9 0108 000000000000000700000000000001550000000161000000010000000162000000020000000000000003000000016200000002
                ClientRequest 0000004e 559fcd23 0120 0000000000000007000000000000015500000008636c69656e742d3100000000000000050000000000000002000000017400000000000000090200000006636f6c6f757200000004626c7565
                Answered 00000039 5eea024d 0121 0000000000000007000000000000015500000008636c69656e742d310000000000000005000000000000000201020100000004626c7565
                NotLeader 00000039 0925c6fb 0121 0000000000000007000000000000015500000008636c69656e742d31000000000000000500000000000000020201000000016200000002
                WrongGroup 00000038 9aa77a74 0121 0000000000000007000000000000015500000008636c69656e742d310000000000000005000000000000000203010000000000000008
                Throttled 00000037 62471680 0121 0000000000000007000000000000015500000008636c69656e742d3100000000000000050000000000000002040000000000000028
                done 00000030 4e700c7b 0121 0000000000000007000000000000015500000008636c69656e742d31000000000000000500000000000000020101
                unmet 00000031 7c9b1acc 0121 0000000000000007000000000000015500000008636c69656e742d3100000000000000050000000000000002010300
                no-leader 00000030 88fc27e1 0121 0000000000000007000000000000015500000008636c69656e742d31000000000000000500000000000000020200
                no-group 00000030 9b5ebf96 0121 0000000000000007000000000000015500000008636c69656e742d31000000000000000500000000000000020300
                """;

        assertThat(ONE_OF_EACH.entrySet().stream()
                        .map(one -> one.getKey() + " " + Damage.hex(FrameForm.encode(one.getValue())) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(golden);
    }

    @Test
    void aVersionThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> FrameForm.decode(head(2, 1)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("kind 2 of version of a frame before byte 9 is not known to this version");
    }

    @ParameterizedTest
    @ValueSource(ints = {Byte.MIN_VALUE, -1, 0, 9, 15, 16, 31, 34, Byte.MAX_VALUE})
    void aKindThatIsReservedOrNotKnownIsNamed(int kind) {
        assertThatThrownBy(() -> FrameForm.decode(head(1, kind)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("kind " + kind + " of frame before byte 10 is not known to this version");
    }

    @Test
    void aSlotBelowTheFirstIsRefused() {
        var replica = new ReplicaId("a", 1);
        var accepted = new Message.Accepted(new Ballot(1, replica), 0);

        assertThatThrownBy(
                        () -> FrameForm.decode(FrameForm.encode(new Frame.Between(1, 1, replica, replica, accepted))))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith("slot 0 before byte ")
                .hasMessageEndingWith("; the first is 1");
    }

    @Test
    void aReplyOfAKindThatIsNotKnownIsNamed() {
        var head = head(1, 33, 7, 341);
        var bytes = head.put("client-1").put(5L).put(2L).put((byte) 5).framed();

        assertThatThrownBy(() -> FrameForm.decode(bytes))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith("kind 5 of reply to a client before byte");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1})
    void aCountOfReportsThatAreNotThereIsRefused(int count) {
        var bytes = head(1, 2, 7, 341).put(A).put(B).put(BALLOT).put(count).framed();

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
