package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.history.Histories;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is no operation of an object is refused in one line that says what belongs there.
final class ObjectMessagesTest {
    /// First what has another name, then arguments, then results.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            append-store   | delete     | ["k" nil]      | nil            | event 0: an append store has no 'delete'; it has: get, put, append
            counter        | inc        | 1              | nil            | event 0: a counter has no 'inc'; it has: add, add-and-get, read
            fenced-lock    | steal      | "a"            | nil            | event 0: a fenced lock has no 'steal'; it has: acquire, release
            lock           | steal      | "a"            | nil            | event 0: a lock has no 'steal'; it has: acquire, release
            log            | write      | 1              | nil            | event 0: a log has no 'write'; it has: append, read
            multi-register | read       | "x"            | nil            | event 0: a multi-register has no 'read'; it has: txn
            mutex          | lock       | nil            | nil            | event 0: a mutex has no 'lock'; it has: acquire, release
            priority-queue | dequeue    | nil            | nil            | event 0: a priority queue has no 'dequeue'; it has: insert, delete-min
            queue          | push       | 1              | nil            | event 0: a queue has no 'push'; it has: enqueue, dequeue
            set            | delete     | 1              | nil            | event 0: a set has no 'delete'; it has: add, remove, contains, read
            stack          | enqueue    | 1              | nil            | event 0: a stack has no 'enqueue'; it has: push, pop
            append-store   | get        | "k"            | nil            | event 0: get wants [key nil], but has "k"
            append-store   | append     | ["k" 1]        | nil            | event 0: append wants [key text], but has ["k" 1]
            append-store   | put        | [nil "x"]      | nil            | event 0: put wants [key text], but has [nil "x"]
            counter        | add        | nil            | nil            | event 0: add wants a whole number, but has nil
            counter        | add        | 0.5            | nil            | event 0: add wants a whole number, but has 0.5
            fenced-lock    | acquire    | nil            | 1              | event 0: acquire wants its owner as its value, but has nil
            fenced-lock    | release    | "a"            | nil            | event 0: release wants [owner token], but has "a"
            lock           | release    | nil            | nil            | event 0: release wants its owner as its value, but has nil
            log            | append     | nil            | nil            | event 0: append wants a value, but has nil
            multi-register | txn        | [[:cas :x 1]]  | nil            | event 0: txn wants [[:read register nil] [:write register value] ...], but has [["cas" "x" 1]]
            priority-queue | insert     | {:a 1}         | nil            | event 0: insert wants a truth, a number, a text or a sequence of those, but has {:a 1}
            queue          | enqueue    | nil            | nil            | event 0: enqueue wants a value, but has nil
            set            | contains   | nil            | true           | event 0: contains wants a value, but has nil
            independent:register | read | 1              | nil            | event 0: read wants [key value], but has 1
            independent:counter | add   | ["k" "x"]      | ["k" "x"]      | event 0: add wants a whole number, but has "x"
            append-store   | get        | ["k" nil]      | ["l" "x"]      | event 1: get gives back [key text] of the key "k", but has ["l" "x"]
            append-store   | get        | ["k" nil]      | ["k" 7]        | event 1: get gives back [key text] of the key "k", but has ["k" 7]
            counter        | read       | nil            | "1"            | event 1: read gives back a whole number, but has "1"
            fenced-lock    | acquire    | "a"            | nil            | event 1: acquire gives back a token, which is a whole number, but has nil
            log            | read       | nil            | 1              | event 1: read gives back [value ...], but has 1
            multi-register | txn        | [[:r :x nil]]  | [[:r :y 1]]    | event 1: txn gives back what it was given, with what was read, for [["r" "x" nil]], but has [["r" "y" 1]]
            multi-register | txn        | [[:w :x 1]]    | [[:w :x 2]]    | event 1: txn gives back what it was given, with what was read, for [["w" "x" 1]], but has [["w" "x" 2]]
            set            | contains   | 1              | nil            | event 1: contains gives back true or false, but has nil
            set            | read       | nil            | 1              | event 1: read gives back [value ...], but has 1
            independent:register | read | ["k" nil]      | ["l" 1]        | event 1: read gives back [key value] of the key "k", but has ["l" 1]
            """)
    void whatIsNoOperationIsRefused(String object, String f, String argument, String result, String message) {
        var operation = operation(f, argument, result);

        assertThatThrownBy(() -> step(SequentialObjects.named(object), operation))
                .isInstanceOf(HistoryException.class)
                .hasMessage(message);
    }

    /// A system that gives back the same value twice is wrong, not its history.
    @Test
    void aReadOfASetThatNamesAValueTwiceIsNeverRight() {
        var set = new ValueSet();
        var one = set.step(set.initial(), operation("add", "1", "nil")).orElseThrow();

        assertThat(set.step(one, operation("read", "nil", "[1]"))).isPresent();
        assertThat(set.step(one, operation("read", "nil", "[1 1]"))).isEmpty();
        assertThat(set.access(operation("read", "nil", "[1 1]"))).isEmpty();
    }

    /// `add true` gives back `true`, as Jepsen's clients do.
    @Test
    void aTruthThatWasRepeatedDoesNotSayThatTheSetChanged() {
        var set = new ValueSet();
        var held = set.step(set.initial(), operation("add", "true", "true")).orElseThrow();

        assertThat(set.step(held, operation("add", "true", "true"))).contains(held);
        assertThat(set.step(held, operation("add", "true", "false"))).contains(held);
        assertThat(set.step(set.initial(), operation("add", "true", "false"))).isEmpty();
    }

    @Test
    void aCounterOutgrowsEveryNumberThatHasALength() {
        var counter = new Counter(Reading.exact(Value.number(Long.MAX_VALUE)));
        var more = counter.step(counter.initial(), operation("add", "9223372036854775808", "nil"))
                .orElseThrow();

        assertThat(counter.step(more, operation("read", "nil", "18446744073709551615")))
                .contains(more);
        assertThat(counter.step(more, operation("read", "nil", "18446744073709551616")))
                .isEmpty();
        assertThatThrownBy(() -> new Counter(Reading.exact(Value.text("x"))))
                .hasMessage("a counter is a whole number at first, not \"x\"; mend the initial value");
    }

    /// Who released it says which token it was.
    @Test
    void aTokenThatNobodyHeardOfIsKnownWhenItIsGivenBack() {
        var lock = new FencedLock();
        var held = lock.step(lock.initial(), operation("acquire", "\"a\"", "4")).orElseThrow();
        var free = lock.step(held, operation("release", "[\"a\" 4]", "nil")).orElseThrow();
        var lost = lock.step(free, open("acquire", "\"b\"")).orElseThrow();

        assertThat(lock.step(lost, operation("release", "[\"b\" 4]", "nil"))).isEmpty();
        assertThat(lock.step(lost, operation("release", "[\"a\" 5]", "nil"))).isEmpty();
        var known = lock.step(lost, operation("release", "[\"b\" 7]", "nil")).orElseThrow();
        assertThat(lock.step(known, operation("acquire", "\"a\"", "7"))).isEmpty();
        assertThat(lock.step(known, operation("acquire", "\"a\"", "8"))).isPresent();
    }

    /// Other words for the same, and steps that are seen between.
    @Test
    void aTransactionSeesWhatItWrote() {
        var registers = new MultiRegister(Reading.exact(Value.number(0)));

        assertThat(registers.step(
                        registers.initial(),
                        operation("txn", "[[:r :x nil] [:w :x 1] [:r :x nil]]", "[[:r :x 0] [:w :x 1] [:r :x 1]]")))
                .isPresent();
        assertThat(registers.step(
                        registers.initial(),
                        operation("txn", "[[:r :x nil] [:w :x 1] [:r :x nil]]", "[[:r :x 0] [:w :x 1] [:r :x 0]]")))
                .isEmpty();
        assertThat(registers.access(
                        operation("txn", "[[:r :x nil] [:w :x 1] [:r :x nil]]", "[[:r :x 0] [:w :x 1] [:r :x 1]]")))
                .contains(new Access.Swap(Value.number(0), Value.number(1)));
    }

    @Test
    void anObjectForEachKeyWantsToKnowWhichObject() {
        assertThatThrownBy(() -> SequentialObjects.named("independent"))
                .hasMessage("independent wants the name of an object after a colon, such as independent:register");
        assertThatThrownBy(() -> SequentialObjects.named("independent:heap")).hasMessageStartingWith("there is no");
        assertThat(SequentialObjects.named("independent:independent:register").name())
                .isEqualTo("independent:independent:register");
    }

    private static <S> void step(SequentialObject<S> object, Operation operation) {
        object.step(object.initial(), operation);
    }

    private static Operation operation(String f, String argument, String result) {
        return parse(invocation(f, argument) + "{:type :ok, :process 0, :f :" + f + ", :value " + result + "}");
    }

    private static Operation open(String f, String argument) {
        return parse(invocation(f, argument));
    }

    private static String invocation(String f, String argument) {
        return "{:type :invoke, :process 0, :f :" + f + ", :value " + argument + "}";
    }

    private static Operation parse(String text) {
        return Histories.parse(text, "history").operations().getFirst();
    }
}
