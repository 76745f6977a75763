package dev.scrubjay.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.checker.Verdict;
import dev.scrubjay.history.Histories;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.object.SequentialObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Modules are objects that histories are held against.
final class TlaObjectTest {
    private static final String BAG = """
            ---- MODULE Bag ----
            EXTENDS Integers
            CONSTANT None
            Init == {}
            Apply(state, request) ==
                CASE request.kind = "add"  -> [state |-> state \\cup {request.value}, reply |-> "added"]
                  [] request.kind = "all"  -> [state |-> state, reply |-> state]
                  [] request.kind = "size" -> [state |-> state, reply |-> [of |-> request.of, some |-> state /= {}]]
                  [] request.kind = "none" -> [state |-> state, reply |-> None]
            ====
            """;

    @TempDir
    Path folder;

    @Test
    void aHistoryIsHeldAgainstAModule() throws IOException {
        var added = operation("add", "2", "added") + operation("add", "1", "added");

        assertThat(verdict(added + operation("all", "nil", "[1 2]"))).isInstanceOf(Verdict.Linearizable.class);
        assertThat(verdict(added + operation("all", "nil", "[2 1]"))).isInstanceOf(Verdict.Linearizable.class);
        assertThat(verdict(added + operation("all", "nil", "[2 1 1]"))).isInstanceOf(Verdict.NotLinearizable.class);
        assertThat(verdict(added + operation("all", "nil", "[2]"))).isInstanceOf(Verdict.NotLinearizable.class);
        assertThat(verdict(added + operation("all", "nil", "[2 3]"))).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add  | 1                        | added                     | yes
            add  | 1                        | "added"                   | yes
            add  | 1                        | :lost                     | no
            add  | 1                        | nil                       | no
            add  | 1                        | ["added"]                 | no
            size | {:of [1 {:a -1}], :x nil} | {:of [1 {:a -1}], :some false} | yes
            size | {:of [1 {:a -1}]}        | {:some false, :of [1 {:a -1}], :y nil} | yes
            size | {:of [1 {:a -1}]}        | {:of [1 {:a -1}], :some true} | no
            size | {:of [1 {:a -1}]}        | {:of [1 {:a -1}]}         | no
            size | {:of [1 {:a -1}]}        | {:of [1], :some false}    | no
            size | {:of {}}                 | {:of {}, :some false}     | yes
            size | {:of {}}                 | {:of [], :some false}     | yes
            size | {:of 1}                  | {:of 1, :some false, :more 1} | no
            none | nil                      | "None"                    | no
            """)
    void aResultIsTheReplyWhereItHasTheSameShape(String f, String argument, String result, String isReply)
            throws IOException {
        var verdict = verdict(operation(f, argument, result));

        assertThat(verdict instanceof Verdict.Linearizable).isEqualTo(isReply.equals("yes"));
    }

    @Test
    void aModuleHasOneObjectForEachKey() throws IOException {
        var verdict = new Checker(SequentialObjects.named("independent:tla:" + bag()), Limits.standard())
                .check(Histories.parse(
                        operation("add", "[:a 1]", "[:a \"added\"]") + operation("all", "[:b nil]", "[:b [1]]"),
                        "history"));

        assertThat(verdict.text()).startsWith("not linearizable: key \"b\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add  | 0.5           | event 0: the argument of add has 0.5, and TLC's numbers are whole; write it as a text
            add  | 2147483648    | event 0: the argument of add has 2147483648, and TLC's numbers have 32 bits; write it as a text
            add  | [1 nil]       | event 0: the argument of add has a nil in a sequence, and TLA+ has none; write [] where there is nothing
            size | {:kind 1}     | event 0: the argument of size has a part 'kind', which is where the module finds the f
            """)
    void anArgumentThatTlcHasNotIsRefused(String f, String argument, String message) {
        assertThatThrownBy(() -> verdict(operation(f, argument, "nil")))
                .isInstanceOf(HistoryException.class)
                .hasMessage(message);
    }

    @Test
    void anOperationThatTheModuleHasNotIsRefusedWithItsLine() {
        assertThatThrownBy(() -> verdict(operation("drop", "1", "nil")))
                .isInstanceOf(HistoryException.class)
                .hasMessageMatching("event 0: drop 1: \\S*Bag\\.tla:6: .*CASE.*");
        assertThatThrownBy(() -> verdict(operation("add", "nil", "nil")))
                .hasMessageMatching("event 0: add nil: \\S*Bag\\.tla:6: .*value.*");
    }

    @Test
    void aNameThatIsNoModuleIsRefused() throws IOException {
        var broken = Files.writeString(folder.resolve("Broken.tla"), "---- MODULE Broken ----\nInit == One\n====\n");

        assertThatThrownBy(() -> SequentialObjects.named("tla"))
                .hasMessage("tla wants the file of a module after a colon, such as tla:specs/KeyValueStore.tla");
        assertThatThrownBy(() -> SequentialObjects.named("tla:Nowhere.tla"))
                .hasMessage("tla:Nowhere.tla: Nowhere.tla: there is no such module; name a file that ends in .tla");
        assertThatThrownBy(() -> SequentialObjects.named("tla:" + broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tla:" + broken + ": " + broken + ":2: Unknown operator: 'One'.");
    }

    private Path bag() throws IOException {
        return Files.writeString(folder.resolve("Bag.tla"), BAG);
    }

    private Verdict verdict(String history) throws IOException {
        try (var object = TlaObject.of(bag())) {
            return new Checker(object, Limits.standard()).check(Histories.parse(history, "history"));
        }
    }

    private static String operation(String f, String argument, String result) {
        var value = result.equals("added") ? "\"added\"" : result;
        return "{:type :invoke, :process 0, :f :" + f + ", :value " + argument + "}\n" + "{:type :ok, :process 0, :f :"
                + f + ", :value " + value + "}\n";
    }
}
