package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.EventType;
import dev.scrubjay.history.Histories;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The store does what the specification says, which is what a map does.
final class KeyValueStoreTest {
    private final KeyValueStore store = new KeyValueStore();

    @Property
    void theStoreAnswersAsAMapDoes(@ForAll("requests") List<KeyValueRequest> requests) {
        var map = new DumbStore();
        var now = store.initial();
        for (var request : requests) {
            var state = now;
            var reply = map.answer(request);

            other(request, reply)
                    .ifPresent(lie -> assertThat(store.step(state, answered(request, lie)))
                            .isEmpty());
            var next = store.step(state, answered(request, reply));

            assertThat(next).isPresent().isEqualTo(store.step(state, unanswered(request)));
            now = next.orElseThrow();
        }
    }

    @Property
    void anObservationChangesNothing(@ForAll("requests") List<KeyValueRequest> requests) {
        var map = new DumbStore();
        var state = store.initial();
        for (var request : requests) {
            var operation = answered(request, map.answer(request));
            var next = store.step(state, operation).orElseThrow();
            if (store.isObservation(operation)) {
                assertThat(next).isEqualTo(state);
            }
            state = next;
        }
    }

    /// A request and a reply are written as they are read.
    @Property
    void theFormOfAnOperationLosesNothing(@ForAll("requests") List<KeyValueRequest> requests) {
        var map = new DumbStore();
        for (var request : requests) {
            var reply = map.answer(request);
            var operation = answered(request, reply);

            assertThat(KeyValueRequest.of(operation)).isEqualTo(request);
            assertThat(KeyValueReply.of(request, operation.completion().orElseThrow()))
                    .isEqualTo(reply);
            assertThat(store.keys(operation)).containsExactly(request.key());
        }
    }

    @Test
    void requestsAndRepliesAreWrittenAsTheFormatSays() {
        var key = Value.text("k");
        var request = new KeyValueRequest.ConditionalPut(key, Optional.of(Value.text("x")), Value.text("y"));

        assertThat(request.argument()).hasToString("{:key \"k\", :expected [\"x\"], :value \"y\"}");
        assertThat(new KeyValueRequest.ConditionalPut(key, Optional.empty(), key).argument())
                .hasToString("{:key \"k\", :expected [], :value \"k\"}");
        assertThat(new KeyValueReply.Unmet(Optional.of(key)).result())
                .hasToString("{:outcome \"unmet\", :held [\"k\"]}");
        assertThat(new KeyValueReply.Found(Optional.empty()).result()).hasToString("{:outcome \"done\", :held []}");
        assertThat(new KeyValueReply.Done().result()).hasToString("{:outcome \"done\"}");
    }

    /// First invocations, then completions, then what neither can be.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            get             | {}                         | {}                        | event 0: get (invoke) wants a value as its key, but has {}
            put             | {:key "k"}                 | {}                        | event 0: put (invoke) wants a value as its value, but has {:key "k"}
            put             | {:key "k", :value nil}     | {}                        | event 0: put (invoke) wants a value as its value, but has {:key "k", :value nil}
            conditional-put | {:key "k", :expected "x"}  | {}                        | event 0: conditional-put (invoke) wants [value] or [] as its expected, but has {:key "k", :expected "x"}
            get             | {:key "k"}                 | {:outcome "done"}         | event 1: get (ok) wants [value] or [] as its held, but has {:outcome "done"}
            get             | {:key "k"}                 | {:outcome :done :held [nil]} | event 1: get (ok) wants [value] or [] as its held, but has {:outcome "done", :held [nil]}
            get             | {:key "k"}                 | nil                       | event 1: get (ok) wants a value as its outcome, but has nil
            delete          | {:key "k"}                 | {:outcome "unmet"}        | event 1: delete has no outcome "unmet"
            append          | {:key "k"}                 | {}                        | event 0: a key-value store has no 'append'; it has: get, put, delete, conditional-put
            """)
    void whatIsNoOperationIsRefused(String f, String argument, String result, String message) {
        var operation = Histories.parse(
                        "{:type :invoke, :process 0, :f :" + f + ", :value " + argument + "}\n"
                                + "{:type :ok, :process 0, :f :" + f + ", :value " + result + "}",
                        "history")
                .operations()
                .getFirst();

        assertThatThrownBy(() -> store.step(Map.of(), operation)).hasMessage(message);
    }

    /// A reply that the request might have had, but had not. A put and a delete have one reply only.
    private static Optional<KeyValueReply> other(KeyValueRequest request, KeyValueReply reply) {
        return switch (reply) {
            case KeyValueReply.Found(var held) -> Optional.of(new KeyValueReply.Found(other(held)));
            case KeyValueReply.Unmet unmet -> Optional.of(new KeyValueReply.Done());
            case KeyValueReply.Done done ->
                request instanceof KeyValueRequest.ConditionalPut put
                        ? Optional.of(new KeyValueReply.Unmet(put.expected()))
                        : Optional.empty();
        };
    }

    private static Optional<Value> other(Optional<Value> held) {
        return held.isEmpty() ? Optional.of(Value.text("never written")) : Optional.empty();
    }

    private static Operation answered(KeyValueRequest request, KeyValueReply reply) {
        return operation(request, Optional.of(new Event(1, EventType.OK, 0, 0, request.f(), reply.result())));
    }

    private static Operation unanswered(KeyValueRequest request) {
        return operation(request, Optional.empty());
    }

    private static Operation operation(KeyValueRequest request, Optional<Event> completion) {
        return new Operation(new Event(0, EventType.INVOKE, 0, 0, request.f(), request.argument()), completion);
    }

    @Provide
    Arbitrary<List<KeyValueRequest>> requests() {
        var keys = Arbitraries.of("k", "l").map(Value::text);
        var values = Arbitraries.of("x", "y").map(Value::text);
        Arbitrary<KeyValueRequest> gets = keys.map(KeyValueRequest.Get::new);
        Arbitrary<KeyValueRequest> puts = Combinators.combine(keys, values).as(KeyValueRequest.Put::new);
        Arbitrary<KeyValueRequest> deletes = keys.map(KeyValueRequest.Delete::new);
        Arbitrary<KeyValueRequest> conditionalPuts =
                Combinators.combine(keys, values.optional(), values).as(KeyValueRequest.ConditionalPut::new);
        return Arbitraries.oneOf(gets, puts, deletes, conditionalPuts).list().ofMaxSize(20);
    }
}
