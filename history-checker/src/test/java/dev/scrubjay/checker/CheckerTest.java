package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.history.Histories;
import dev.scrubjay.history.History;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.KeyValueStore;
import dev.scrubjay.object.Register;
import dev.scrubjay.object.SequentialObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is linearizable and what is not, by example.
final class CheckerTest {
    @Test
    void aReadSeesTheLastWrite() {
        assertThat(verdict("""
                {:process 0 :type :invoke :f :write :value 1}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 0 :type :invoke :f :read}
                {:process 0 :type :ok     :f :read  :value 1}
                """)).isInstanceOf(Verdict.Linearizable.class);
    }

    @Test
    void aReadOfAnOverwrittenValueIsRefused() {
        var verdict = verdict("""
                {:process 0 :type :invoke :f :write :value 1}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 0 :type :invoke :f :write :value 2}
                {:process 0 :type :ok     :f :write :value 2}
                {:process 1 :type :invoke :f :read}
                {:process 1 :type :ok     :f :read  :value 1}
                """);

        assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
        assertThat(verdict.text())
                .isEqualTo(
                        "not linearizable: process 0 write 2 -> 2 (events 2 to 3) comes after process 0 write 1 -> 1 "
                                + "(events 0 to 1) and before process 1 read nil -> 1 (events 4 to 5), which belong together");
    }

    @Test
    void operationsThatOverlapHaveEitherOrder() {
        var overlapping = """
                {:process 0 :type :invoke :f :write :value 1}
                {:process 1 :type :invoke :f :write :value 2}
                {:process 1 :type :ok     :f :write :value 2}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 1 :type :invoke :f :read}
                {:process 1 :type :ok     :f :read  :value %d}
                """;

        assertThat(order(verdict(overlapping.formatted(1)))).containsExactly("write 2", "write 1", "read 1");
        assertThat(order(verdict(overlapping.formatted(2)))).containsExactly("write 1", "write 2", "read 2");
    }

    @Test
    void twoReadsDoNotSeeTwoWritesInTwoOrders() {
        assertThat(verdict("""
                {:process 0 :type :invoke :f :write :value 1}
                {:process 1 :type :invoke :f :write :value 2}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok     :f :read  :value 1}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok     :f :read  :value 2}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok     :f :read  :value 1}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 1 :type :ok     :f :write :value 2}
                """).text()).contains("events 6 to 7");
    }

    /// It may have had its effect at any time since, or never.
    @Test
    void aWriteOfUnknownOutcomeMayBeSeenLateOrNever() {
        var lost = """
                {:process 0 :type :invoke :f :write :value 1}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 1 :type :invoke :f :write :value 2}
                {:process 1 :type :%s     :f :write :value 2}
                {:process 0 :type :invoke :f :read}
                {:process 0 :type :ok     :f :read  :value 1}
                {:process 0 :type :invoke :f :read}
                {:process 0 :type :ok     :f :read  :value %d}
                """;

        assertThat(order(verdict(lost.formatted("info", 1)))).containsExactly("write 1", "read 1", "read 1");
        assertThat(order(verdict(lost.formatted("info", 2)))).containsExactly("write 1", "read 1", "write 2", "read 2");
        assertThat(verdict(lost.formatted("fail", 2))).isInstanceOf(Verdict.NotLinearizable.class);
        assertThat(verdict(lost.formatted("ok", 2))).isInstanceOf(Verdict.NotLinearizable.class);
    }

    /// The first read of 1 can be the work of either lost operation, the second that of the write alone.
    @Test
    void whichLostOperationHadItsEffectStaysOpenUntilItMatters() {
        var history = """
                {:process 0 :type :invoke :f :write :value 0}
                {:process 0 :type :ok     :f :write :value 0}
                {:process 1 :type :invoke :f :%s}
                {:process 2 :type :invoke :f :%s}
                {:process 0 :type :invoke :f :read}
                {:process 0 :type :ok     :f :read  :value 1}
                {:process 0 :type :invoke :f :write :value 2}
                {:process 0 :type :ok     :f :write :value 2}
                {:process 0 :type :invoke :f :read}
                {:process 0 :type :ok     :f :read  :value 1}
                """;

        for (var text : List.of(
                history.formatted("cas :value [0 1]", "write :value 1"),
                history.formatted("write :value 1", "cas :value [0 1]"))) {
            assertThat(order(verdict(text)))
                    .containsExactly("write 0", "cas [0 1]", "read 1", "write 2", "write 1", "read 1");
        }
    }

    @Test
    void anOperationHasItsEffectOnce() {
        assertThat(verdict("""
                {:process 0 :type :invoke :f :write :value 1}
                {:process 1 :type :invoke :f :cas   :value [1 2]}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 0 :type :invoke :f :read}
                {:process 0 :type :ok     :f :read  :value 2}
                {:process 0 :type :invoke :f :write :value 1}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 0 :type :invoke :f :read}
                {:process 0 :type :ok     :f :read  :value 2}
                """).text()).contains("events 7 to 8");
    }

    @Test
    void anEmptyHistoryIsLinearizable() {
        assertThat(verdict("[]").text()).isEqualTo("linearizable: what completed has an order (operations: 0)");
    }

    @Test
    void keysAreCheckedAloneAndTheFirstRefusalIsTold() {
        var verdict = check(new KeyValueStore(), """
                {"process":0,"type":"invoke","f":"get","value":{"key":"k"}}
                {"process":1,"type":"invoke","f":"get","value":{"key":"l"}}
                {"process":2,"type":"invoke","f":"put","value":{"key":"m","value":"x"}}
                {"process":2,"type":"ok","f":"put","value":{"outcome":"done"}}
                {"process":1,"type":"ok","f":"get","value":{"outcome":"done","held":["x"]}}
                {"process":0,"type":"ok","f":"get","value":{"outcome":"done","held":["x"]}}
                """);

        assertThat(verdict.text())
                .isEqualTo(
                        "not linearizable: key \"l\": process 1 get {:key \"l\"} -> {:outcome \"done\", :held [\"x\"]}"
                                + " (events 1 to 4) saw \"x\", which nothing wrote");
        assertThat(((Verdict.NotLinearizable) verdict).key()).contains(Value.text("l"));
    }

    @Test
    void aSearchThatReachesALimitSaysWhichAndWhere() {
        var history = history("""
                {:process 0 :type :invoke :f :write :value 1}
                {:process 0 :type :ok     :f :write :value 1}
                {:process 0 :type :invoke :f :write :value 2}
                {:process 0 :type :ok     :f :write :value 2}
                """);

        assertThat(inBreadth(Limits.of(1)).check(history).text())
                .isEqualTo("unknown: configurations explored: 1, which is the limit; "
                        + "not decided from process 0 write 2 -> 2 (events 2 to 3) on");
        assertThat(inBreadth(Limits.of(2)).check(history)).isInstanceOf(Verdict.Linearizable.class);
        assertThat(inBreadth(Limits.standard().until(() -> true)).check(history).text())
                .isEqualTo("unknown: out of time (configurations explored: 0); "
                        + "not decided from process 0 write 1 -> 1 (events 0 to 1) on");
    }

    /// The limits are for what grows: a history of clients that overlap needs more than this in any way.
    @Test
    void aSearchThatRunsOutOfMemorySaysSo() {
        var history = Generated.register(20, 1_000, 5, Generated.Wrong.EPOCH).record();
        var little = new Limits(Long.MAX_VALUE, 10_000, 1, () -> false);

        for (var engine : List.of("search", "depth", "breadth")) {
            assertThat(new Checker(new Register(), little)
                            .with(engine)
                            .check(history)
                            .text())
                    .as(engine)
                    .startsWith("unknown: out of memory (configurations explored: ")
                    .contains("limit: 10,000 bytes)");
        }
    }

    private static Checker inBreadth(Limits limits) {
        return new Checker(new Register(), limits).with("breadth");
    }

    @Test
    void aRefusalOfOneKeyOutweighsALimitReachedAtAnother() {
        var verdict = new Checker(new KeyValueStore(), Limits.of(2)).check(history("""
                {"process":0,"type":"invoke","f":"put","value":{"key":"k","value":"x"}}
                {"process":0,"type":"ok","f":"put","value":{"outcome":"done"}}
                {"process":0,"type":"invoke","f":"put","value":{"key":"k","value":"x"}}
                {"process":0,"type":"ok","f":"put","value":{"outcome":"done"}}
                {"process":0,"type":"invoke","f":"get","value":{"key":"l"}}
                {"process":0,"type":"ok","f":"get","value":{"outcome":"done","held":["x"]}}
                """));

        assertThat(verdict.text()).startsWith("not linearizable: key \"l\"");
    }

    /// Whatever the search would have done with it, and though it failed.
    @Test
    void anOperationThatTheObjectHasNotIsRefused() {
        assertThatThrownBy(() -> verdict("""
                {:process 0 :type :invoke :f :append :value 1}
                {:process 0 :type :fail   :f :append :value 1}
                """))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("a register has no 'append'");
    }

    @Test
    void anObjectThatContradictsItselfIsNotBelieved() {
        var object = new SequentialObject<Integer>() {
            @Override
            public String name() {
                return "counter";
            }

            @Override
            public Integer initial() {
                return 0;
            }

            @Override
            public Optional<Integer> step(Integer state, Operation operation) {
                return Optional.of(state + 1);
            }

            @Override
            public boolean isObservation(Operation operation) {
                return true;
            }
        };

        assertThatThrownBy(() -> check(object, """
                {:process 0 :type :invoke :f :add}
                {:process 0 :type :ok     :f :add}
                """))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mend its isObservation");
    }

    private static Verdict verdict(String history) {
        return check(new Register(), history);
    }

    private static Verdict check(SequentialObject<?> object, String history) {
        return new Checker(object, Limits.standard()).check(history(history));
    }

    private static History history(String text) {
        return Histories.parse(text, "history");
    }

    private static List<String> order(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Linearizable.class);
        return ((Verdict.Linearizable) verdict)
                .order().stream()
                        .map(operation ->
                                operation.f() + " " + operation.result().orElse(operation.argument()))
                        .toList();
    }
}
