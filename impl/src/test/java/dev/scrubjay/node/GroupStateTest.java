package dev.scrubjay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.state.TestedMemory;
import dev.scrubjay.state.TestedRocks;
import dev.scrubjay.state.TestedStore;
import dev.scrubjay.value.Damage;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.value.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupStateTest {
    /// Two groups of one node, so that one order of writes has both.
    private static final List<Long> GROUPS = List.of(7L, 8L);

    private static final String ALMOST_LAST = "\uDBFF\uDFFF";

    // ---------------------------------------------------------------- the bytes

    @Test
    void theRowsAreThoseThatTheFormatSays() {
        try (var tested = new TestedMemory()) {
            var sessions = new Sessions(new GroupState(tested.store(), 7));
            sessions.apply(1, new Entry.Begin("nonce"));
            sessions.apply(2, new Entry.Begin("nonce"));
            sessions.apply(3, new Entry.Write(1, 4, new Request.Put("\u00E4", "xy")));
            sessions.apply(4, new Entry.Write(2, 1, new Request.Get("\u00E4")));
            sessions.apply(5, new Entry.End(2));

            var rows = new TreeMap<String, String>();
            tested.store().scan(7, new byte[0], (key, value) -> {
                rows.put(hex(key), hex(value));
                return true;
            });
            assertThat(rows)
                    .containsExactly(
                            Map.entry("01c3a4", "017879"),
                            Map.entry("020000000000000001", "010000000000000004000000000000000301"),
                            Map.entry("03", "0100000001"),
                            Map.entry("050412", "01fcf8d802b06db1774daf96fb27680aa1"),
                            Map.entry("05090c", "01c761feeba17c22f2c01400e640730cef"),
                            Map.entry("050a41", "011285e77dcec85bd05cad62061aa57f09"));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// Only an entry that ends the present generation leaves other voters, and a store that is opened
    /// again has them.
    @Test
    void whoVotesIsKeptWithTheState() {
        try (var tested = new TestedMemory()) {
            var sessions = new Sessions(new GroupState(tested.store(), 7));
            assertThat(sessions.members()).isEmpty();
            var members = Members.first(List.of(new ReplicaId("a", 1), new ReplicaId("b", 1)));
            var swap = members.replacedBy(List.of(new ReplicaId("a", 1), new ReplicaId("c", 2)));
            assertThat(sessions.apply(1, swap)).isEqualTo(Reply.DONE);
            assertThat(sessions.apply(2, members.replacedBy(List.of(new ReplicaId("a", 1)))))
                    .isEqualTo(Reply.DONE);

            var again = new Sessions(new GroupState(tested.store(), 7));
            assertThat(again.members()).hasValue(members.after(swap));
            assertThat(tested.store().get(7, new byte[] {4}))
                    .hasValueSatisfying(row -> assertThat(hex(row))
                            .isEqualTo("01000000000000000200000002000000016100000001000000016300000002"));
        }
    }

    @Test
    void aRowThatMakesNoSenseIsCorrupt() {
        try (var tested = new TestedMemory()) {
            var key = "\u0001a".getBytes(StandardCharsets.UTF_8);
            tested.store().write(7, 1, rows -> rows.put(key, new byte[] {1, (byte) 0xFF}));
            tested.store().write(8, 1, rows -> rows.put(key, new byte[] {2, 'x'}));

            assertThatThrownBy(() -> new GroupState(tested.store(), 7).held("a"))
                    .isInstanceOfSatisfying(
                            CorruptException.class,
                            corrupt -> assertThat(corrupt.group()).hasValue(7));
            assertThatThrownBy(() -> new GroupState(tested.store(), 8).held("a"))
                    .as("of a later version, and so not corrupt")
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("version 2");
        }
    }

    /// A session of the same number would be taken for this one, a number below the first for no session.
    @ParameterizedTest
    @CsvSource({
        "the key of a session with a byte too many, 02000000000000000100, 010000000000000004000000000000000301",
        "a session below the first, 020000000000000000, 010000000000000004000000000000000301",
        "the number of a write below none, 020000000000000001, 01ffffffffffffffff000000000000000301",
        "a write in no slot, 020000000000000001, 010000000000000004000000000000000001",
        "less than no sessions, 03, 01ffffffff"
    })
    void aRowThatCannotBeIsCorrupt(String what, String key, String value) {
        try (var tested = new TestedMemory()) {
            tested.store().write(7, 1, rows -> rows.put(Damage.bytes(key), Damage.bytes(value)));
            var state = new GroupState(tested.store(), 7);

            assertThatThrownBy(() -> List.of(state.sessions(), state.table()))
                    .as(what)
                    .isInstanceOf(CorruptException.class);
        }
    }

    // ---------------------------------------------------------------- laws

    /// A kind of a row is before it, so that most are looked at.
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void anyRowIsReadOrCorrupt(
            @ForAll @IntRange(min = 1, max = 3) int kind, @ForAll @Size(min = 2, max = 40) byte[] row) {
        row[1] = (byte) kind;
        RowBytes.read(row);
    }

    /// The next slot of one of the two groups, and whether a flush begins, or ends, after it.
    record Step(int group, Entry entry, boolean flushBegins, boolean flushEnds) {}

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void inMemoryAnyLogComesToTheSame(@ForAll("steps") List<Step> steps) {
        try (var tested = new TestedMemory()) {
            comesToTheSame(steps, tested);
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void inRocksDbAnyLogComesToTheSame(@ForAll("steps") List<Step> steps) throws IOException {
        var folder = Files.createTempDirectory("state");
        try (var tested = new TestedRocks(folder)) {
            comesToTheSame(steps, tested);
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Beside the store of the protocol in memory, slot by slot; and then the power goes, and the rest of
    /// the log is applied again.
    private static void comesToTheSame(List<Step> steps, TestedStore tested) {
        var plain = GROUPS.stream().map(_ -> new Sessions()).toList();
        var kept = all(tested.store());
        var logs = GROUPS.stream().map(_ -> new ArrayList<Entry>()).toList();
        var replies = GROUPS.stream().map(_ -> new ArrayList<Reply>()).toList();
        boolean underWay = false;
        for (var step : steps) {
            int group = step.group();
            logs.get(group).add(step.entry());
            long slot = logs.get(group).size();
            var reply = plain.get(group).apply(slot, step.entry());
            replies.get(group).add(reply);
            assertThat(kept.get(group).apply(slot, step.entry())).isEqualTo(reply);
            assertThat(kept.get(group).count()).isEqualTo(plain.get(group).count());
            if (step.flushBegins() && !underWay) {
                underWay = true;
                tested.store().flush(_ -> {});
            } else if (step.flushEnds() && underWay) {
                underWay = false;
                tested.carryOut();
                tested.hear();
            }
        }
        same(kept, plain);
        long again = 0;
        for (var left : tested.powerOffs()) {
            var restarted = all(left);
            for (int group = 0; group < GROUPS.size(); group++) {
                var after = restarted.get(group);
                assertThat(after.applied())
                        .isGreaterThanOrEqualTo(tested.store().flushed(GROUPS.get(group)));
                for (int slot = (int) after.applied(); slot < logs.get(group).size(); slot++) {
                    assertThat(after.apply(slot + 1L, logs.get(group).get(slot)))
                            .isEqualTo(replies.get(group).get(slot));
                    again++;
                }
            }
            same(restarted, plain);
        }
        Statistics.label("something was applied again, and something was not")
                .collect(again > 0 && again < steps.size())
                .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 30));
        Statistics.label("there were sessions and values")
                .collect(plain.stream()
                        .anyMatch(sessions ->
                                sessions.count() > 0 && !sessions.state().isEmpty()))
                .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 40));
    }

    private static List<Sessions> all(StateStore store) {
        return GROUPS.stream()
                .map(group -> new Sessions(new GroupState(store, group)))
                .toList();
    }

    private static void same(List<Sessions> tested, List<Sessions> plain) {
        for (int group = 0; group < GROUPS.size(); group++) {
            var one = tested.get(group);
            var other = plain.get(group);
            assertThat(one.applied()).isEqualTo(other.applied());
            assertThat(one.state()).isEqualTo(other.state());
            assertThat(one.table()).isEqualTo(other.table());
            assertThat(one.count()).isEqualTo(other.count());
            for (var key : List.of("", "a", "\u0131", ALMOST_LAST)) {
                assertThat(one.held(key)).isEqualTo(other.held(key));
            }
            for (long session = 0; session < 5; session++) {
                assertThat(one.last(session)).isEqualTo(other.last(session));
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var sessions = Arbitraries.of(1L, 1L, 2L, 3L);
        var writes = Combinators.combine(sessions, Arbitraries.longs().between(1, 8), requests())
                .as(Entry.Write::new);
        var entries = Arbitraries.<Entry>frequencyOf(
                Tuple.of(4, Values.texts().map(Entry.Begin::new)),
                Tuple.of(1, Arbitraries.just(Entry.NO_OP)),
                Tuple.of(1, sessions.map(Entry.End::new)),
                Tuple.of(12, writes));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        entries,
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(40)
                .map(steps -> Stream.concat(begun(), steps.stream()).toList());
    }

    /// In each group a session that the writes may be of.
    private static Stream<Step> begun() {
        return Stream.of(0, 1).map(group -> new Step(group, new Entry.Begin("nonce"), false, false));
    }

    private static Arbitrary<Request> requests() {
        var keys = Arbitraries.of("", "a", "\u0131", ALMOST_LAST);
        var values = Arbitraries.oneOf(Arbitraries.of("x", "y"), Values.texts());
        var maybes = Arbitraries.of(MaybeValue.ABSENT, MaybeValue.of("x"), MaybeValue.of("y"));
        return Arbitraries.oneOf(
                keys.map(Request.Get::new),
                Combinators.combine(keys, values).as(Request.Put::new),
                keys.map(Request.Delete::new),
                Combinators.combine(keys, maybes, values).as(Request.ConditionalPut::new));
    }
}
