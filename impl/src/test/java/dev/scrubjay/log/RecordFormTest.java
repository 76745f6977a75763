package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Damage;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Request;
import dev.scrubjay.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

final class RecordFormTest {
    private static final Ballot BALLOT = new Ballot(3, new ReplicaId("b", 1));

    /// One of each kind, and of each kind of request.
    private static final Map<String, LogRecord> ONE_OF_EACH = oneOfEach();

    private static Map<String, LogRecord> oneOfEach() {
        var records = new LinkedHashMap<String, LogRecord>();
        records.put("promise", new LogRecord.Promise(BALLOT));
        records.put("trim", new LogRecord.Trim(BALLOT, 17, 40));
        records.put("begin", new LogRecord.Accept(BALLOT, 1, 17, new Entry.Begin("n-1")));
        records.put("end", new LogRecord.Accept(BALLOT, 1, 17, new Entry.End(5)));
        records.put("no-op", new LogRecord.Accept(BALLOT, 2, 17, Entry.NO_OP));
        var voters = new TreeSet<>(List.of(new ReplicaId("b", 1), new ReplicaId("a", 2)));
        records.put("reconfigure", new LogRecord.Accept(BALLOT, 2, 17, new Entry.Reconfigure(2, voters)));
        records.put("get", accept(new Request.Get("colour")));
        records.put("put", accept(new Request.Put("colour", "blue")));
        records.put("delete", accept(new Request.Delete("colour")));
        records.put("put-if-none", accept(new Request.ConditionalPut("colour", MaybeValue.ABSENT, "blue")));
        records.put("put-if", accept(new Request.ConditionalPut("colour", MaybeValue.of("red"), "blue")));
        return records;
    }

    private static LogRecord accept(Request request) {
        return new LogRecord.Accept(BALLOT, 1, 17, new Entry.Write(5, 2, request));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("records") Logged logged) {
        assertThat(RecordForm.decode(RecordForm.encode(logged.group(), logged.record())))
                .isEqualTo(logged);
    }

    @Provide
    Arbitrary<Logged> records() {
        var promises = Values.ballots().map(LogRecord.Promise::new);
        var accepts = Combinators.combine(Values.ballots(), Values.slots(), Values.slots(), Values.entries())
                .as(LogRecord.Accept::new);
        var trims = Combinators.combine(Values.ballots(), Values.slots(), Values.slots())
                .as(LogRecord.Trim::new);
        return Combinators.combine(Values.numbers(), Arbitraries.<LogRecord>oneOf(promises, accepts, trims))
                .as(Logged::new);
    }

    @Test
    void aByteThatChangedIsNoticedWhereverItIs() {
        ONE_OF_EACH.values().forEach(record -> Damage.isRefused(RecordForm.encode(7, record), RecordForm::decode));
    }

    /// The checksum is right here: only reading on shows what is wrong.
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void whatIsReadIsWhatWouldBeWritten(
            @ForAll("records") Logged logged, @ForAll @Size(min = 1, max = 3) List<Long> changes) {
        var body = Damage.body(RecordForm.encode(logged.group(), logged.record()));
        for (long change : changes) {
            body[(int) Long.remainderUnsigned(change >>> 8, body.length)] = (byte) change;
        }
        LogBytes.readRecord(body);
    }

    /// Whoever breaks this test has changed what stands on disks: the version must change with it.
    @Test
    void theFormDoesNotChange() {
        var golden = """
                promise 0000001b f505ed8c 3001 00000000000000070000000000000003000000016200000001
                trim 0000002b 244443f7 3005 0000000000000007000000000000000300000001620000000100000000000000110000000000000028
                begin 00000033 f5000cc3 3002 000000000000000700000000000000030000000162000000010000000000000001000000000000001106000000036e2d31
                end 00000034 6d2558e1 3002 0000000000000007000000000000000300000001620000000100000000000000010000000000000011050000000000000005
                no-op 0000002c 7234c937 3002 000000000000000700000000000000030000000162000000010000000000000002000000000000001102
                reconfigure 0000004a 7930b499 3002 000000000000000700000000000000030000000162000000010000000000000002000000000000001103000000000000000200000002000000016100000002000000016200000001
                get 00000047 e8d353e0 3002 000000000000000700000000000000030000000162000000010000000000000001000000000000001101000000000000000500000000000000020100000006636f6c6f7572
                put 0000004f 0a7b5d89 3002 000000000000000700000000000000030000000162000000010000000000000001000000000000001101000000000000000500000000000000020200000006636f6c6f757200000004626c7565
                delete 00000047 c3dcca93 3002 000000000000000700000000000000030000000162000000010000000000000001000000000000001101000000000000000500000000000000020300000006636f6c6f7572
                put-if-none 00000050 464c6d5a 3002 000000000000000700000000000000030000000162000000010000000000000001000000000000001101000000000000000500000000000000020400000006636f6c6f75720000000004626c7565
                put-if 00000057 422b4601 3002 000000000000000700000000000000030000000162000000010000000000000001000000000000001101000000000000000500000000000000020400000006636f6c6f7572010000000372656400000004626c7565
                """;

        assertThat(ONE_OF_EACH.entrySet().stream()
                        .map(one -> one.getKey() + " " + Damage.hex(RecordForm.encode(7, one.getValue())) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(golden);
    }

    @Test
    void aVersionThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> RecordForm.decode(head(1, 1)))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("kind 1 of version of a record before byte 9 is not known to this version");
    }

    @Test
    void aKindThatIsNotKnownIsNamed() {
        var known = new ArrayList<Integer>();
        for (int kind = Byte.MIN_VALUE; kind <= Byte.MAX_VALUE; kind++) {
            var bytes = head(0x30, kind);
            var text = "kind " + kind + " of record before byte 10 is not known to this version";
            try {
                RecordForm.decode(bytes);
            } catch (MalformedException e) {
                if (!text.equals(e.getMessage())) {
                    known.add(kind);
                }
            }
        }

        assertThat(known).containsExactly(1, 2, 5);
    }

    @Test
    void anEntryOfAReservedKindIsNamed() {
        for (byte kind : new byte[] {0, 7, -1}) {
            var bytes = beforeTheEntry().put(kind).framed();

            assertThatThrownBy(() -> RecordForm.decode(bytes))
                    .isExactlyInstanceOf(MalformedException.class)
                    .hasMessage("kind " + kind + " of entry before byte 52 is not known to this version");
        }
    }

    /// A session has the number of a slot, and its writes count from 1.
    @Test
    void anEntryOfANumberThatCannotBeIsRefused() {
        var request = new Request.Get("k");
        for (var entry : List.of(new Entry.Write(0, 1, request), new Entry.Write(1, 0, request), new Entry.End(-1))) {
            var bytes = RecordForm.encode(7, new LogRecord.Accept(BALLOT, 1, 17, entry));

            assertThatThrownBy(() -> RecordForm.decode(bytes))
                    .as(entry.toString())
                    .isExactlyInstanceOf(MalformedException.class)
                    .hasMessageEndingWith("; the first is 1");
        }
    }

    @Test
    void votersThatAreNoneOrNotInTheirOrderAreRefused() {
        assertRefused("no replicas before byte 64");
        assertRefused("a.1 after a.1, before byte 82: replicas stand in their order, each once", "a", "a");
        assertRefused("a.1 after b.1, before byte 82: replicas stand in their order, each once", "b", "a");
    }

    private static void assertRefused(String what, String... voters) {
        var encoder = beforeTheEntry().put((byte) 3).put(1L).put(voters.length);
        for (var voter : voters) {
            encoder.put(new ReplicaId(voter, 1));
        }
        assertThatThrownBy(() -> RecordForm.decode(encoder.framed()))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage(what);
    }

    /// An accept in slot 17, up to its entry.
    private static Encoder beforeTheEntry() {
        return new Encoder()
                .put((byte) 0x30)
                .put((byte) 2)
                .put(7L)
                .put(BALLOT)
                .put(1L)
                .put(17L);
    }

    private static byte[] head(int version, int kind) {
        return new Encoder().put((byte) version).put((byte) kind).framed();
    }
}
