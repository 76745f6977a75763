package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What files of either format mean, and what is said of those that mean nothing.
final class HistoriesTest {
    @Test
    void jsonLinesAreReadAsScrubjayRecordsThem() {
        var history = Histories.parse("""
                {"index":0,"type":"invoke","process":3,"time":1200,"f":"put","value":{"key":"k","value":"x"}}
                {"index":1,"type":"ok","process":3,"time":1300,"f":"put","value":{"outcome":"done"}}
                """, "history");

        assertThat(history.events()).hasSize(2);
        assertThat(history.operations())
                .singleElement()
                .hasToString("process 3 put {:key \"k\", :value \"x\"} -> {:outcome \"done\"} (events 0 to 1)");
    }

    @Test
    void aVectorOverSeveralLinesIsAHistory() {
        var history = Histories.parse("""
                ; recorded by hand
                [{:process 0, :type :invoke, :f :write, :value 1}
                 {:process 1, :type :invoke
                  :f :read, :value nil} ; still running
                 #_ {:process 7, :type :ok}
                 {:process 0, :type :ok, :f :write, :value 1}]
                """, "history");

        assertThat(history.operations())
                .extracting(Object::toString)
                .containsExactly("process 0 write 1 -> 1 (events 0 to 2)", "process 1 read nil -> unknown (event 1)");
    }

    @Test
    void whatTheNemesisDoesIsNoOperationButHasAnIndex() {
        var history = Histories.parse("""
                {:type :info, :process :nemesis, :f :start, :value nil}
                {:type :invoke, :process 0, :f :read, :value nil}
                {:type :info, :process :nemesis, :f :start, :value [:isolated {"n1" #{"n2" "n3"}}]}
                {:type :fail, :process 0, :f :read, :value nil, :error :timeout}
                """, "history");

        assertThat(history.events()).extracting(Event::index).containsExactly(1, 3);
    }

    /// Values that clients print, each with how it reads.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            :kw                        | "kw"
            sym                        | "sym"
            "a\\tb\\u00e7"             | "a\\tbç"
            \\a                        | "a"
            \\newline                  | "\\n"
            \\(                        | "("
            -7                         | -7
            +7                         | 7
            42N                        | 42
            1.50M                      | 1.5
            12345678901234567890       | 1.234567890123456789E+19M
            ~##Inf~                    | "##Inf"
            -                          | "-"
            nil                        | nil
            true                       | true
            (1, 2)                     | [1 2]
            [1 [2] #_ 3]               | [1 [2]]
            ~#{1 2}~                   | [1 2]
            ~#{3 "b" 1 \\a}~           | [1 3 "a" "b"]
            ~#inst "2026"~             | "2026-01-01T00:00:00Z"
            ~#a.b.C{:x 1}~             | {:x 1}
            {1 2, nil 3, [:k "v"] 4}   | {"1" 2, :nil 3, "[\\"k\\" \\"v\\"]" 4}
            """)
    void ednValuesAreReadAsPlainData(String edn, String value) {
        var history = Histories.parse("{:type :invoke, :process 0, :f :f, :value " + edn + "}", "history");

        assertThat(history.events().getFirst().value()).hasToString(value);
    }

    /// JSON first, then EDN, then what makes no history whatever the format.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type":"invoke" "process"       | h:1: not JSON: Unexpected character ('"' (code 34)): was expecting comma to separate Object entries
            {"type":"ok","type":"ok"}        | h:1: "type" stands twice in one event; remove one
            {"value":{"a":1,"a":2}}          | h:1: not JSON: "a" stands twice in one object; remove one
            {"type":"invoke"                 | h:1: not JSON: Unexpected end-of-input: expected close marker for Object
            {:type :invoke                   | h:1: not EDN: the file ends without the '}' for what begins on line 1
            [{:type :info :process :nemesis} | h:1: not EDN: the file ends without the ']' for what begins on line 1
            {:type}                          | h:1: not EDN: the map that begins on line 1 has a key without a value
            {:a 1 :a 2}                      | h:1: "a" stands twice in one event; remove one
            {:value {:a 1 :a 2}}             | h:1: not EDN: "a" stands twice in one map; remove one
            [{"type":"invoke","process":0}]  | h:1: not EDN: a ':' without a name; if this is JSON, write one event a line and name the file .jsonl
            {:a 1x}                          | h:1: not EDN: '1x' is no number
            {:a "x                           | h:1: not EDN: the file ends without the '"' for what begins on line 1
            {:a "\\x"}                       | h:1: not EDN: a text may not hold '\\x'; a backslash is '\\\\'
            {:a "\\8"}                        | h:1: not EDN: a text may not hold '\\8'; a backslash is '\\\\'
            {:a "\\400"}                      | h:1: not EDN: '\\400' in a text is more than '\\377'
            {:a "\\1a"}                       | h:1: not EDN: '\\1' in a text wants three octal digits
            {:a "\\u12"}                     | h:1: not EDN: '\\u12' wants four hexadecimal digits
            }                                | h:1: not EDN: '}' closes nothing
            {:a ]}                           | h:1: not EDN: ']' closes nothing
            INFO now                         | h:1: wants an event, which is a map, but found "INFO"
            INFO jepsen.util                 | h:1: no line is an operation, such as 'INFO  jepsen.util - 1 :invoke :write 3'; if this is no log of Jepsen, name it .edn or .jsonl
            ["a list of texts", "none of which is an event"] | h:1: wants an event, which is a map, but found "a list of texts"
            [["a list of texts", "none of which is an event"]] | h:1: wants an event, which is a map, but found ["a list of texts" "none of which is an ...
            {:process :n1}                   | h:1: the event wants a text as its type, but has none
            {"a": "\\ud83d"}                  | h:1: a text holds \\ud83d, half of a character, which no file can hold; escape it in a way of your own
            {:a "\\ud83d"}                   | h:1: a text holds \\ud83d, half of a character, which no file can hold; escape it in a way of your own
            {:type :okay}                    | h:1: type "okay" is none of: invoke, ok, fail, info
            {:type :invoke :f :r}            | h:1: the event wants a whole number as its process, but has none
            {:type :invoke :process "3"}     | h:1: the event wants a whole number as its process, but has "3"
            {:type :invoke :process 3 :f 7}  | h:1: the event wants a text as its f, but has 7
            {:type :ok :process 3 :f :r :time "now"} | h:1: the event wants a whole number as its time, but has "now"
            {:type :ok :process 3 :f :r :index -1}   | h:1: index -1 is not between 0 and 2147483646
            """)
    void whatIsNoHistoryIsRefusedInOneLine(String text, String message) {
        assertThatThrownBy(() -> Histories.parse(text, "h"))
                .isInstanceOf(HistoryException.class)
                .hasMessage(message);
    }

    @Test
    void aRefusalNamesTheLineOfTheEvent() {
        assertThatThrownBy(() -> Histories.parse("""
                {"type":"invoke","process":0,"f":"read"}

                {"type":"invoke","process":0,"f":"write"}
                """, "h.jsonl"))
                .hasMessage(
                        "h.jsonl:3: event 1: process 0 invokes 'write' while its 'read' of index 0 is not complete; "
                                + "a process has one operation at a time");
        assertThatThrownBy(() -> Histories.parse("""
                [{:type :invoke, :process 0, :f :read}

                 {:type :ok,
                  :process 0, :f :write}]
                """, "h.edn"))
                .hasMessage("h.edn:3: event 1: process 0 completes 'write', but invoked 'read' at index 0; "
                        + "a completion repeats the f of its invocation");
    }

    @Test
    void aNumberHasABound() {
        assertThatThrownBy(() -> Histories.parse("{:value 1" + "0".repeat(1_000) + "}", "h"))
                .hasMessage(
                        "h:1: not EDN: a number of 1001 characters; 1000 are allowed, longer ones may stand as texts");
        assertThatThrownBy(() -> Histories.parse("{\"value\": 1" + "0".repeat(1_000) + "}", "h"))
                .isInstanceOf(HistoryException.class)
                .hasMessageStartingWith("h:1: not JSON: Number value length (1001)");
    }

    @Test
    void formsInsideEachOtherHaveABound() {
        assertThatThrownBy(() -> Histories.parse("{:value " + "[".repeat(100_000), "h"))
                .hasMessage("h:1: not EDN: more than 500 forms inside each other");
        assertThatThrownBy(() -> Histories.parse("{\"value\": " + "[".repeat(100_000), "h"))
                .isInstanceOf(HistoryException.class)
                .hasMessageStartingWith("h:1: not JSON: ");
    }

    /// As jepsen.independent writes it, and as others do.
    @Test
    void aKeyBesideTheValueBelongsToIt() {
        var history = Histories.parse("""
                {:process 1, :type :invoke, :f :append, :key "0", :value "x"}
                {:process 1, :type :ok, :f :append, :key "0"}
                """, "h.edn");

        assertThat(history.operations())
                .singleElement()
                .hasToString("process 1 append [\"0\" \"x\"] -> [\"0\" nil] (events 0 to 1)");
        assertThat(Histories.parse("""
                {"process":1,"type":"invoke","f":"append","value":"x","key":"0"}
                {"process":1,"type":"ok","f":"append","value":null,"key":"0"}
                """, "h.jsonl")).isEqualTo(history);
    }

    @Test
    void anEventMayHaveATag() {
        assertThat(Histories.parse("#jepsen.history.Op{:index 3, :type :invoke, :process 0, :f :read}", "h")
                        .events())
                .containsExactly(new Event(3, EventType.INVOKE, 0, 0, "read", Value.absent()));
    }

    /// Each with what it is to whom has Clojure on the class path, and where the form begins for who has not.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~#inst "2026-11-21"~ | "2026-11-21T00:00:00Z" | #inst
            ~#uuid "1-2-3-4-5"~ | "00000001-0002-0003-0004-000000000005" | #uuid
            1/3                 | "1/3"                  | 1/3
            4/2                 | 2                      | 4/2
            0x1F                | 31                     | 0x1F
            017                 | 15                     | 017
            2r101               | 5                      | 2r101
            36rZ                | 35                     | 36rZ
            ~#:a{:b 1}~         | {"a/b" 1}              | #
            ^:mark [1]          | [1]                    | ^
            \\o101            | "A"                    | \\o101
            naïve               | "naïve"                | naïve
            """)
    void rareFormsAreLeftToClojure(String edn, String value, String begin) {
        var text = "[{:type :invoke, :process 0, :f :f,\n:value [" + edn + " 2]}\n{:type :ok}]";
        assertThatThrownBy(() -> Histories.parse(text, "h"))
                .hasMessage("h:3: the event wants a whole number as its process, but has none");
        assertThatThrownBy(() -> Histories.parse(text, "h", ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(HistoryException.class)
                .hasMessage("h:2: not EDN: '" + begin
                        + "' begins nothing that EDN has, or a form that only Clojure's own reader knows; mend it, or put "
                        + "Clojure on the class path");

        var history = Histories.parse(text.replace("{:type :ok}", ""), "h");

        assertThat(history.events().getFirst().value()).hasToString("[" + value + " 2]");
    }

    @Test
    void whatClojureRefusesIsRefusedInItsWords() {
        assertThatThrownBy(() -> Histories.parse("{:type :invoke\n:value #inst \"soon\"}", "h"))
                .hasMessage("h:2: not EDN: Clojure's reader says of '#inst': Unrecognized date/time syntax: soon");
        assertThatThrownBy(() -> Histories.parse("{:value ^" + "[".repeat(100_000), "h"))
                .hasMessageStartingWith("h:1: not EDN: ");
    }

    @Test
    void nothingIsAHistoryWithoutEvents() {
        assertThat(Histories.parse(" ; nothing yet\n", "h").events()).isEmpty();
        assertThat(Histories.parse("[]", "h").events()).isEmpty();
        assertThat(Histories.parse("\n", "h.jsonl").events()).isEmpty();
    }
}
