package dev.scrubjay.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Modules with `Init` and `Apply` are evaluated, and what is wrong with them is told in one line.
final class ObjectEvaluatorTest {
    @TempDir
    Path folder;

    @Test
    void aModuleGivesTheNextStateAndTheReply() throws IOException {
        try (var counter = start("""
                EXTENDS Integers
                Init == 0
                Apply(state, request) == [state |-> state + request.by, reply |-> <<state, "was">>]
                """)) {
            var two = counter.apply(counter.initial(), json("{\"by\": 2}"));

            assertThat(two.reply()).isEqualTo(json("[0, \"was\"]"));
            assertThat(two.state()).hasToString("2");
            assertThat(counter.apply(two.state(), json("{\"by\": -2}")).state()).isEqualTo(counter.initial());
        }
    }

    /// However they came about, and however TLC holds them.
    @Test
    void statesAreEqualWhenTheyAreTheSameValue() throws IOException {
        try (var evaluator = start("""
                EXTENDS Sequences, Integers
                Init == <<>>
                Apply(state, request) ==
                    [reply |-> TRUE,
                     state |-> CASE request = 0 -> [x \\in {} |-> x]
                                 [] request = 1 -> <<"a", "b">>
                                 [] request = 2 -> [i \\in 1..2 |-> IF i = 1 THEN "a" ELSE "b"]
                                 [] request = 3 -> [a |-> {1, 2}]
                                 [] request = 4 -> [k \\in {"a"} |-> {n \\in 0..5 : n \\in 1..2}]]
                """)) {
            var state = evaluator.initial();

            assertThat(evaluator.apply(state, json("0")).state()).isEqualTo(state);
            assertThat(evaluator.apply(state, json("2")).state())
                    .isEqualTo(evaluator.apply(state, json("1")).state());
            assertThat(evaluator.apply(state, json("4")).state())
                    .isEqualTo(evaluator.apply(state, json("3")).state())
                    .isNotEqualTo(evaluator.apply(state, json("1")).state());
        }
    }

    @Test
    void repliesKeepTheirShape() throws IOException {
        try (var evaluator = start("""
                EXTENDS Sequences, Integers
                CONSTANT None
                Init == {}
                Apply(state, request) == [state |-> state, reply |-> CASE
                    request.of = "set"    -> {2, 1}
                 [] request.of = "range"  -> 1..2
                 [] request.of = "record" -> [t |-> request.of, nested |-> <<TRUE, [x |-> -1]>>]
                 [] request.of = "text"   -> request.some
                 [] request.of = "map"    -> [k \\in {"a", "b c"} |-> k]
                 [] OTHER -> None]
                """)) {
            assertThat(reply(evaluator, "set")).isEqualTo(json("{\"{}\": [1, 2]}"));
            assertThat(ObjectEvaluator.elements(reply(evaluator, "range"))).contains(json("[1, 2]"));
            assertThat(reply(evaluator, "record"))
                    .isEqualTo(json("{\"t\": \"record\", \"nested\": [true, {\"x\": -1}]}"));
            assertThat(reply(evaluator, "map")).isEqualTo(json("{\"a\": \"a\", \"b c\": \"b c\"}"));
            var some = json("{\"of\": \"text\", \"some\": \"\\u0131\\\\ \\n\\ud83d\\ude00\"}");
            assertThat(evaluator.apply(evaluator.initial(), some).reply()).isEqualTo(some.get("some"));
            assertThat(reply(evaluator, "nothing")).isEqualTo(json("{\"=\": \"None\"}"));
        }
    }

    /// A constant that nobody defines is equal to itself alone.
    @Test
    void aModuleDefinesTheConstantsOfAnotherByAnInstance() throws IOException {
        Files.writeString(folder.resolve("Store.tla"), """
                ---- MODULE Store ----
                EXTENDS Integers
                CONSTANTS Size, Name
                Init == 0
                Apply(state, request) == [state |-> state + Size, reply |-> request.name \\in Name]
                ====
                """);
        try (var evaluator = start("INSTANCE Store WITH Size <- 3, Name <- STRING\n")) {
            var applied = evaluator.apply(evaluator.initial(), json("{\"name\": \"x\"}"));

            assertThat(applied.state()).hasToString("3");
            assertThat(applied.reply()).isEqualTo(json("true"));
        }
    }

    private static JsonNode reply(ObjectEvaluator evaluator, String of) {
        return evaluator
                .apply(evaluator.initial(), json("{\"of\": \"" + of + "\"}"))
                .reply();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '~', textBlock = """
            Init = 0                | :2: Was expecting
            Init == Nowhere         | :2: Unknown operator: 'Nowhere'.
            EXTENDS Nowhere         | : there is no module Nowhere beside it
            First == 0              | : has no Init, the first state of the object; define it
            Init == 0               | : has no Apply(state, request), which gives [state |-> ..., reply |-> ...]; define it
            CONSTANT F(_) Init == 0 Apply(s, r) == s | : has the constant operator F, which nobody defines here; name a module that does
            Init == <<1>>.a Apply(s, r) == s | :2: Attempted to
            """)
    void aModuleThatCannotBeUsedIsRefusedWithItsLine(String body, String message) throws IOException {
        var file = file(body + "\n");

        assertThatThrownBy(() -> ObjectEvaluator.start(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        var file = folder.resolve("Nowhere.tla");

        assertThatThrownBy(() -> ObjectEvaluator.start(file))
                .hasMessage(file + ": there is no such module; name a file that ends in .tla");
    }

    @Test
    void aRequestThatTheModuleCannotTakeIsToldWithItsLineAndTheNextOneIsAnswered() throws IOException {
        try (var evaluator = start("""
                Init == "state"
                Named(request) ==
                    request.name
                Apply(state, request) == IF request.kind = "bare" THEN 7 ELSE
                    [state |-> Named(request), reply |-> TRUE]
                """)) {
            var file = folder.resolve("Object.tla");
            assertThatThrownBy(() -> evaluator.apply(evaluator.initial(), json("{\"kind\": \"x\"}")))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(file + ":4: Attempted to ")
                    .hasMessageContaining("name");
            assertThatThrownBy(() -> evaluator.apply(evaluator.initial(), json("{\"kind\": \"bare\"}")))
                    .hasMessage(file + ":5: Apply wants to give [state |-> ..., reply |-> ...], but gives 7");
            assertThat(evaluator
                            .apply(evaluator.initial(), json("{\"kind\": \"x\", \"name\": \"y\"}"))
                            .state())
                    .hasToString("\"y\"");
        }
    }

    @Test
    void closingEndsTlcAndLeavesNoFiles() throws Exception {
        var temporary = Files.createDirectory(folder.resolve("temporary"));
        var evaluator = ObjectEvaluator.start(file("Init == 0\nApply(state, request) == state\n"), temporary);
        assertThat(temporary).isNotEmptyDirectory();

        evaluator.close();

        evaluator.process().waitFor();
        assertThat(temporary).isEmptyDirectory();
    }

    /// Nobody stops TLC otherwise: it would go on when we are long gone.
    @Test
    void closingEndsAnEvaluationThatHasNoEnd() throws Exception {
        var temporary = Files.createDirectory(folder.resolve("temporary"));
        var evaluator = ObjectEvaluator.start(file("""
                EXTENDS Integers
                Init == 0
                Apply(state, request) ==
                    [state |-> 0, reply |-> \\A i \\in 1..2147483647 : \\A j \\in 1..2147483647 : i > 0]
                """), temporary);
        evaluator.ask(evaluator.initial(), json("1"));

        evaluator.close();

        evaluator.process().waitFor();
        assertThat(temporary).isEmptyDirectory();
    }

    private ObjectEvaluator start(String body) throws IOException {
        return ObjectEvaluator.start(file(body));
    }

    private Path file(String body) throws IOException {
        return Files.writeString(folder.resolve("Object.tla"), "---- MODULE Object ----\n" + body + "====\n");
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
