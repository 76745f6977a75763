package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.checker.Verdict;
import dev.scrubjay.history.Histories;
import dev.scrubjay.history.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Objects that users bring, in Java and in Clojure.
final class UsersObjectsTest {
    @Test
    void aClassIsAnObject() {
        assertThat(verdict("java:dev.scrubjay.object.MaxRegister", write(3) + write(2) + read("3")))
                .isInstanceOf(Verdict.Linearizable.class);
        assertThat(verdict("java:dev.scrubjay.object.MaxRegister", write(3) + write(2) + read("2")))
                .isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void aFunctionIsAnObject() {
        var added = operation("add", "2", "nil") + operation("add", "1", "nil");

        assertThat(verdict("clojure:acme.objects/sorted-bag", added + read("[1 2]")))
                .isInstanceOf(Verdict.Linearizable.class);
        assertThat(verdict("clojure:acme.objects/sorted-bag", added + read("[2 1]")))
                .isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void aFunctionThatSaysNothingBeginsWithNil() {
        var seen = operation("see", "{:thing \"jay\"}", "nil") + operation("see", "{:thing :jay}", "nil");

        assertThat(verdict("clojure:acme.objects/tally", operation("all", "nil", "{}") + seen))
                .isInstanceOf(Verdict.Linearizable.class);
        assertThat(SequentialObjects.named("clojure:acme.objects/tally").initial())
                .hasToString("nil");
    }

    @Test
    void aFunctionHasOneObjectForEachKey() {
        var verdict = verdict(
                "independent:clojure:acme.objects/sorted-bag",
                operation("add", "[:a 1]", "[:a 1]")
                        + operation("read", "[:b nil]", "[:b []]")
                        + operation("read", "[:a nil]", "[:a []]"));

        assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
        assertThat(verdict.text()).startsWith("not linearizable: key \"a\"");
    }

    /// That is how a function says that it knows no such operation.
    @Test
    void aFunctionThatThrowsIsToldOfInOneLine() {
        assertThatThrownBy(() -> verdict("clojure:acme.objects/sorted-bag", operation("drop", "1", "nil")))
                .isInstanceOf(HistoryException.class)
                .hasMessage("event 0: acme.objects/sorted-bag throws IllegalArgumentException: "
                        + "No matching clause: :drop, of drop 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            java                                         | java wants the name of a class after a colon, such as java:com.acme.Ticket
            java:com.acme.Nothing                        | java:com.acme.Nothing: the class is not on the class path; put its jar or folder there, and write its full name
            java:java.lang.String                        | java:java.lang.String: the class is no sequential object; let it implement dev.scrubjay.object.SequentialObject
            java:dev.scrubjay.object.Independent         | java:dev.scrubjay.object.Independent: the class cannot be made; let it be a public class with a public constructor that takes nothing
            java:dev.scrubjay.object.MaxRegister$Throwing | java:dev.scrubjay.object.MaxRegister$Throwing: the class cannot be made: it throws IllegalStateException: no numbers left
            clojure                                      | clojure wants the name of a function with its namespace after a colon, such as clojure:my.ns/step, not ''
            clojure:step                                 | clojure wants the name of a function with its namespace after a colon, such as clojure:my.ns/step, not 'step'
            clojure:acme.objects/steps                   | clojure:acme.objects/steps: the namespace acme.objects has no steps
            """)
    void whatIsNoObjectIsRefused(String name, String message) {
        assertThatThrownBy(() -> SequentialObjects.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aNamespaceThatCannotBeLoadedIsRefusedWithTheReason() {
        assertThatThrownBy(() -> SequentialObjects.named("clojure:acme.broken/step"))
                .hasMessage("clojure:acme.broken/step: its namespace cannot be loaded: "
                        + "RuntimeException: Unable to resolve symbol: nonsense in this context");
        assertThatThrownBy(() -> SequentialObjects.named("clojure:acme.nowhere/step"))
                .hasMessageStartingWith("clojure:acme.nowhere/step: its namespace cannot be loaded: "
                        + "FileNotFoundException: Could not locate acme/nowhere__init.class");
    }

    @Test
    void clojureNeedNotBeThereUntilItIsWanted() {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThatThrownBy(() -> new ClojureObject.Provider().object("my.ns/step", Reading.jepsen()))
                    .hasMessage("clojure:my.ns/step: Clojure is not on the class path; "
                            + "put the jars of clojure, spec.alpha and core.specs.alpha there");
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static Verdict verdict(String object, String history) {
        return new Checker(SequentialObjects.named(object), Limits.standard())
                .check(Histories.parse(history, "history"));
    }

    private static String write(int number) {
        return operation("write", Integer.toString(number), "nil");
    }

    private static String read(String result) {
        return operation("read", "nil", result);
    }

    private static String operation(String f, String argument, String result) {
        return "{:type :invoke, :process 0, :f :" + f + ", :value " + argument + "}\n" + "{:type :ok, :process 0, :f :"
                + f + ", :value " + result + "}\n";
    }
}
