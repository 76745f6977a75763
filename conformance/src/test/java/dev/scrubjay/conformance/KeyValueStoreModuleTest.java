package dev.scrubjay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.EventType;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.KeyValueReply;
import dev.scrubjay.object.KeyValueRequest;
import dev.scrubjay.object.KeyValueStore;
import dev.scrubjay.specs.ObjectEvaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.statistics.Statistics;

/// The key-value store in Java is the one in TLA+.
///
/// Spec test: KeyValueStore
final class KeyValueStoreModuleTest {
    private static final List<Value> KEYS = List.of(Value.text("k"), Value.text("l"), Value.text("\u00e4\ud83d\ude00"));
    private static final List<Value> VALUES = List.of(Value.text("x"), Value.text(""), Value.text("\"\\"));

    private final KeyValueStore store = new KeyValueStore();

    /// The same results are right in the same states, and lead to the same states.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theStoreDoesWhatTheModuleDoes(@ForAll("requests") List<KeyValueRequest> requests) {
        var module = module();
        var here = store.initial();
        var there = module.initial();
        var known = new HashMap<Map<Value, Value>, ObjectEvaluator.State>();
        for (var request : requests) {
            var nextHere = Optional.<Map<Value, Value>>empty();
            var nextThere = Optional.<ObjectEvaluator.State>empty();
            for (var reply : replies(request)) {
                var operation = operation(request, reply.result());
                var stepHere = store.step(here, operation);
                var stepThere = module.step(there, operation);
                assertThat(stepThere.isPresent())
                        .as("%s in %s", operation, there)
                        .isEqualTo(stepHere.isPresent());
                nextHere = nextHere.or(() -> stepHere);
                nextThere = nextThere.or(() -> stepThere);
                stepHere.ifPresent(state ->
                        Statistics.collect(operation.f(), reply.getClass().getSimpleName()));
            }
            here = nextHere.orElseThrow();
            there = nextThere.orElseThrow();
            assertThat(known.merge(here, there, (one, same) -> one)).isEqualTo(there);
            assertThat(known.values().stream().distinct()).hasSameSizeAs(known.keySet());
        }
    }

    /// One process for all tries: it takes longer to start than to answer all of them.
    private static TlaObject module() {
        return Store.getOrCreate(TlaObject.class, Lifespan.PROPERTY, () -> {
                    try {
                        return TlaObject.of(Path.of(System.getProperty("scrubjay.home"), "specs", "KeyValueStore.tla"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .get();
    }

    /// Every reply that there is to a request of its kind.
    private static List<KeyValueReply> replies(KeyValueRequest request) {
        var replies = new ArrayList<KeyValueReply>();
        var held = new ArrayList<Optional<Value>>();
        held.add(Optional.empty());
        VALUES.forEach(value -> held.add(Optional.of(value)));
        switch (request) {
            case KeyValueRequest.Get _ -> held.forEach(value -> replies.add(new KeyValueReply.Found(value)));
            case KeyValueRequest.Put _, KeyValueRequest.Delete _ -> replies.add(new KeyValueReply.Done());
            case KeyValueRequest.ConditionalPut _ -> {
                replies.add(new KeyValueReply.Done());
                held.forEach(value -> replies.add(new KeyValueReply.Unmet(value)));
            }
        }
        return replies;
    }

    private static Operation operation(KeyValueRequest request, Value result) {
        return new Operation(
                new Event(0, EventType.INVOKE, 0, 0, request.f(), request.argument()),
                Optional.of(new Event(1, EventType.OK, 0, 0, request.f(), result)));
    }

    @Provide
    Arbitrary<List<KeyValueRequest>> requests() {
        var keys = Arbitraries.of(KEYS);
        var values = Arbitraries.of(VALUES);
        Arbitrary<KeyValueRequest> gets = keys.map(KeyValueRequest.Get::new);
        Arbitrary<KeyValueRequest> puts = Combinators.combine(keys, values).as(KeyValueRequest.Put::new);
        Arbitrary<KeyValueRequest> deletes = keys.map(KeyValueRequest.Delete::new);
        Arbitrary<KeyValueRequest> conditionalPuts =
                Combinators.combine(keys, values.optional(), values).as(KeyValueRequest.ConditionalPut::new);
        return Arbitraries.oneOf(gets, puts, deletes, conditionalPuts).list().ofMaxSize(20);
    }
}
