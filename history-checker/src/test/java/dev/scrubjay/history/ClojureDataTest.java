package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Clojure has in memory is the same for us as what it prints.
final class ClojureDataTest {
    private static final IFn LOAD = Clojure.var("clojure.core", "load-string");
    private static final IFn PRINT = Clojure.var("clojure.core", "pr-str");

    /// Ours, of what is written as EDN, does not go through memory.
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void aValueIsWhatItIsPrinted(@ForAll("forms") String text) {
        var form = read(text);
        Statistics.label("read by Clojure")
                .collect(form != null)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
        if (form == null) {
            return;
        }
        try {
            assertThat(ClojureData.value(form)).isEqualTo(printed(PRINT.invoke(form)));
        } catch (HistoryException e) {
            // Keys that differ in Clojure and are one text for us.
            assertThat(e).hasMessageContaining("stands twice in one map");
            assertThatThrownBy(() -> printed(PRINT.invoke(form))).hasMessageContaining("stands twice in one map");
        }
    }

    /// What a program makes and no reader does.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nil",
                ":k",
                ":name.space/k",
                "'symbol",
                "\\x",
                "(int 7)",
                "(short -7)",
                "(byte 7)",
                "(float 0.1)",
                "1e300",
                "(float 1e30)",
                "(Float/NaN)",
                "Double/POSITIVE_INFINITY",
                "12345678901234567890",
                "(biginteger 5)",
                "2.50M",
                "6/4",
                "(java.util.Date. 1234567890123)",
                "(java.sql.Timestamp. 1234567890123)",
                "(random-uuid)",
                "(clojure.lang.MapEntry/create :key [1 2])",
                "(first {:a 1})",
                "(map inc (range 3))",
                "(range 3)",
                "(list)",
                "(cons 1 nil)",
                "(subvec [1 2 3] 1)",
                "(vector-of :long 1 2)",
                "(sorted-set 3 1 2)",
                "#{3 :a \"b\" [1]}",
                "(java.util.ArrayList. [1 :a])",
                "(java.util.HashMap. {:a 1})",
                "(java.util.HashSet. [3 1 2])",
                "(sorted-map :b 1 :a {2 3})",
                "(do (defrecord Op [type f]) (->Op :ok \"read\"))",
                "(with-meta [1] {:a 1})",
                "(first '#{#{2 1} #{}})"
            })
    void whatProgramsMakeIsWhatItIsPrinted(String program) {
        var form = LOAD.invoke(program);

        assertThat(ClojureData.value(form)).isEqualTo(printed(PRINT.invoke(form)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            :k                             | "k"
            '#{:b 10 9}'                   | [9 10 "b"]
            {:a {[1 2] nil}}               | {:a {"[1 2]" nil}}
            (java.time.Instant/ofEpochSecond 1234567890 5) | "2009-02-13T23:31:30.000000005Z"
            """)
    void keywordsAreTextsAndSetsSequencesAndTheRestIsItsText(String program, String expected) {
        var form = LOAD.invoke(program);

        assertThat(ClojureData.value(form)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{:process 0 :type :invoke :f :read :value nil} {:process 0 :type :ok :f :read :value [:k #{1}]}]",
                "(list {:process :nemesis :type :info :f :kill} {:process 3 :type :invoke :f :add :value :x})",
                "[{:index 4 :time 17 :process 0 :type :invoke :f :read :error [:timeout (Object.)]}]",
                "[{:process 0 :type :invoke :f :read :value nil :key 9}]"
            })
    void aHistoryIsWhatItIsPrinted(String program) {
        var history = (List<?>) LOAD.invoke(program);
        var lines = new StringBuilder();
        history.forEach(event -> lines.append(PRINT.invoke(event)).append('\n'));

        assertThat(ClojureData.history(history)).isEqualTo(Histories.parse(lines.toString(), "printed.edn"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [7]                                               | operation 0 of the history: wants an event, which is a map, but found 7
            [{:process :nemesis} {:process 0 :type :ok :f :read}] | operation 1 of the history: event 1: process 0 completes 'read', but has invoked nothing that is not complete; an 'invoke' comes first
            [{:process "a" :type :ok :f :read}]               | operation 0 of the history: the event wants a whole number as its process, but has "a"
            [{:process 0 "process" 0}]                        | operation 0 of the history: not EDN: "process" stands twice in one map; remove one
            """)
    void whatIsNoHistoryIsRefusedWithItsPlace(String program, String message) {
        assertThatThrownBy(() -> ClojureData.history((List<?>) LOAD.invoke(program)))
                .isInstanceOf(HistoryException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(nth (iterate vector 1) 600)", "(nth (iterate #(hash-map :a %) 1) 600)"})
    void whatNestsTooDeeplyIsRefused(String program) {
        assertThatThrownBy(() -> ClojureData.value(LOAD.invoke(program)))
                .isInstanceOf(HistoryException.class)
                .hasMessage("not EDN: too many forms inside each other");
    }

    /// What Clojure reads; null where it refuses, and for nil.
    private static @Nullable Object read(String text) {
        try {
            var options = Clojure.var("clojure.core", "hash-map")
                    .invoke(Clojure.read(":default"), Clojure.var("clojure.core", "vector"));
            Clojure.var("clojure.core", "require").invoke(Clojure.read("clojure.edn"));
            return Clojure.var("clojure.edn", "read-string").invoke(options, text);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Value printed(Object text) {
        return Histories.parse("{:type :invoke, :process 0, :f :print, :value " + text + "}", "printed.edn")
                .operation(0)
                .argument();
    }

    @Provide
    Arbitrary<String> forms() {
        return ArbitraryEdn.forms(3);
    }
}
