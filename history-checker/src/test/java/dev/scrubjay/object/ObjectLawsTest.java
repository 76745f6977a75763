package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.checker.Clients;
import dev.scrubjay.history.Event;
import dev.scrubjay.history.EventType;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/// What every object promises to those that use it, tried on all of ours.
final class ObjectLawsTest {
    /// So many lies are tried of each call.
    private static final int LIES = 9;

    private static final Value ZERO = Value.number(0);

    /// What a part holds at first, for those that hold one value.
    private static final Map<String, Value> CELLS = Map.of(
            "append-store",
            Value.text(""),
            "cas-register",
            ZERO,
            "independent:register",
            ZERO,
            "key-value-store",
            Value.absent(),
            "lock",
            Value.absent(),
            "multi-register",
            ZERO,
            "mutex",
            Value.text("free"),
            "register",
            ZERO);

    @Test
    void everyObjectOfOursHasClients() {
        var names = new TreeSet<>(SequentialObjects.names());
        names.removeAll(List.of("clojure", "java"));
        var tried = Clients.all().keySet().stream().map(name -> name.replaceFirst(":.*", ""));

        assertThat(tried).containsAll(names);
    }

    @Property(tries = 4_000)
    void anObjectDoesWhatThePlainestSystemDoes(
            @ForAll("names") String name, @ForAll @Size(max = 20) List<@IntRange(max = 500) Integer> choices) {
        follow(SequentialObjects.named(name, observing()), clients(name), choices);
    }

    private static <S> void follow(SequentialObject<S> object, Clients clients, List<Integer> choices) {
        var now = object.initial();
        for (int choice : choices) {
            var state = now;
            int call = choice % clients.calls();
            var result = clients.make(call);
            for (int i = 0; i < LIES; i++) {
                var lie = clients.lie(call, i);
                var isWrong = result.map(right -> !right.equals(lie)
                                && !(clients.f(call).equals("read") && isNothing(lie))
                                && !clients.isAsRight(call, right, lie))
                        .orElse(!isNothing(lie));
                if (isWrong) {
                    assertThat(object.step(state, ended(clients, call, EventType.OK, lie)))
                            .as("%s after %s gives back %s, not %s", clients.argument(call), state, result, lie)
                            .isEmpty();
                }
            }
            var operation = result.map(value -> ended(clients, call, EventType.OK, value))
                    .orElseGet(() -> ended(clients, call, EventType.FAIL, Value.absent()));
            var next = object.step(state, operation);

            assertThat(next).as("%s after %s", operation, state).isPresent();
            if (result.isEmpty()) {
                assertThat(next).contains(state);
            }
            Statistics.label(object.name()).collect(result.isPresent());
            now = next.get();
        }
    }

    /// A read of nothing may mean what there is at first, and who took nothing may say so or fail.
    private static boolean isNothing(Value lie) {
        return lie instanceof Value.Absent
                || (lie instanceof Value.Sequence(var both) && both.contains(Value.absent()));
    }

    @Property(tries = 4_000)
    void whatIsUnknownCouldHaveBeenWhatThePlainestSystemDid(
            @ForAll("names") String name, @ForAll @Size(max = 20) List<@IntRange(max = 500) Integer> choices) {
        forget(SequentialObjects.named(name, observing()), clients(name), choices);
    }

    /// An open operation leaves behind what the completed one does, but for the choice of a token.
    private static <S> void forget(SequentialObject<S> object, Clients clients, List<Integer> choices) {
        var state = object.initial();
        for (int choice : choices) {
            int call = choice % clients.calls();
            var result = clients.make(call);
            var open = object.step(state, begun(clients, call));
            assertThat(open).isPresent();
            if (result.isEmpty()) {
                assertThat(open).contains(state);
                continue;
            }
            state = object.step(state, ended(clients, call, EventType.OK, result.get()))
                    .orElseThrow();
            if (!(state instanceof FencedLock.State) || !clients.f(call).equals("acquire")) {
                assertThat(open).contains(state);
            }
        }
    }

    @Property(tries = 2_000)
    void anObservationChangesNothing(
            @ForAll("names") String name,
            @ForAll("readings") Reading reading,
            @ForAll @Size(max = 12) List<@IntRange(max = 500) Integer> choices) {
        observe(SequentialObjects.named(name, reading), clients(name), choices);
    }

    private static <S> void observe(SequentialObject<S> object, Clients clients, List<Integer> choices) {
        var state = reached(object, clients, choices);
        for (var operation : operations(clients)) {
            var next = object.matters(operation) ? object.step(state, operation) : Optional.<S>empty();
            if (next.isPresent() && object.isObservation(operation)) {
                assertThat(next).as("%s", operation).contains(state);
            }
            Statistics.label(object.name()).collect(next.isPresent() && object.isObservation(operation));
        }
    }

    /// So parts can be decided alone.
    @Property(tries = 1_000)
    void operationsOnDifferentPartsHaveNothingToDoWithEachOther(
            @ForAll("names") String name,
            @ForAll("readings") Reading reading,
            @ForAll @Size(max = 12) List<@IntRange(max = 500) Integer> choices) {
        commute(SequentialObjects.named(name, reading), clients(name), choices);
    }

    private static <S> void commute(SequentialObject<S> object, Clients clients, List<Integer> choices) {
        var state = reached(object, clients, choices);
        var operations = operations(clients);
        Collections.shuffle(operations, new Random(choices.hashCode()));
        for (var one : operations.subList(0, Math.min(12, operations.size()))) {
            for (var other : operations) {
                if (!areApart(object, one, other)) {
                    continue;
                }
                var afterOne = object.step(state, one);
                var afterOther = object.step(state, other);
                if (afterOne.isPresent()) {
                    var both = object.step(afterOne.get(), other);
                    assertThat(both).isEqualTo(afterOther.flatMap(after -> object.step(after, one)));
                    assertThat(both.isPresent()).isEqualTo(afterOther.isPresent());
                }
            }
        }
    }

    private static boolean areApart(SequentialObject<?> object, Operation one, Operation other) {
        return object.matters(one)
                && object.matters(other)
                && !object.keys(one).isEmpty()
                && !object.keys(other).isEmpty()
                && Collections.disjoint(object.keys(one), object.keys(other));
    }

    /// So an engine of the family need not ask the object.
    @Property(tries = 6_000)
    void whatAnOperationDoesIsWhatTheWordsForItMean(
            @ForAll("worded") String name,
            @ForAll("readings") Reading reading,
            @ForAll @Size(max = 20) List<@IntRange(max = 5_000) Integer> choices) {
        mean(SequentialObjects.named(name, reading), clients(name), choices);
    }

    private static <S> void mean(SequentialObject<S> object, Clients clients, List<Integer> choices) {
        var meaning = new Meaning(object.family(), CELLS.getOrDefault(object.name(), Value.absent()));
        var state = object.initial();
        var states = new HashMap<List<Value>, S>();
        var meanings = new HashMap<S, List<Value>>();
        states.put(meaning.held(), state);
        meanings.put(state, meaning.held());
        var operations = operations(clients).stream()
                .filter(object::matters)
                .filter(operation -> object.access(operation).isPresent())
                .toList();
        if (operations.isEmpty()) {
            return;
        }
        var part = object.keys(operations.getFirst());
        for (int choice : choices) {
            var operation = operations.get(choice % operations.size());
            if (!object.name().equals("set") && !object.keys(operation).equals(part)) {
                continue;
            }
            var next = object.step(state, operation);

            assertThat(meaning.does(object.access(operation).orElseThrow(), operation.isOpen()))
                    .as("%s after %s", operation, state)
                    .isEqualTo(next.isPresent());
            Statistics.label(object.name())
                    .collect(next.isPresent())
                    .coverage(coverage -> coverage.check(true).count(n -> n > 50));
            state = next.orElse(state);
            assertThat(states.merge(meaning.held(), state, (known, same) -> known))
                    .isEqualTo(state);
            assertThat(meanings.merge(state, meaning.held(), (known, same) -> known))
                    .isEqualTo(meaning.held());
        }
    }

    /// The words do not say which part they are about.
    @Property
    void thereAreNoWordsForWhatAnOperationDoesToSeveralParts(
            @ForAll("names") String name, @ForAll("readings") Reading reading) {
        var object = SequentialObjects.named(name, reading);
        for (var operation : operations(clients(name))) {
            if (object.matters(operation) && object.keys(operation).size() > 1) {
                Statistics.collect(name);
                assertThat(object.access(operation)).as("%s", operation).isEmpty();
            }
        }
        Statistics.coverage(coverage -> coverage.check("multi-register").count(n -> n > 0));
    }

    /// A state that the object can be in.
    private static <S> S reached(SequentialObject<S> object, Clients clients, List<Integer> choices) {
        var state = object.initial();
        var operations = operations(clients);
        for (int choice : choices) {
            var operation = operations.get(choice % operations.size());
            state = object.matters(operation) ? object.step(state, operation).orElse(state) : state;
        }
        return state;
    }

    /// Every call with every end.
    private static List<Operation> operations(Clients clients) {
        var operations = new ArrayList<Operation>();
        for (int call = 0; call < clients.calls(); call++) {
            operations.add(begun(clients, call));
            operations.add(ended(clients, call, EventType.FAIL, Value.absent()));
            for (int i = 0; i < LIES; i++) {
                operations.add(ended(clients, call, EventType.OK, clients.lie(call, i)));
            }
        }
        return operations;
    }

    private static Operation begun(Clients clients, int call) {
        return new Operation(invocation(clients, call), Optional.empty());
    }

    private static Operation ended(Clients clients, int call, EventType type, Value result) {
        return new Operation(invocation(clients, call), Optional.of(new Event(1, type, 0, 0, clients.f(call), result)));
    }

    private static Event invocation(Clients clients, int call) {
        return new Event(0, EventType.INVOKE, 0, 0, clients.f(call), clients.argument(call));
    }

    private static Clients clients(String name) {
        return Clients.of(name, observing());
    }

    private static Reading observing() {
        return new Reading(Reading.Failures.OBSERVED, Reading.AbsentReads.INITIAL, ZERO);
    }

    @Provide
    Arbitrary<Reading> readings() {
        return Readings.all(ZERO);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(Clients.all().keySet());
    }

    @Provide
    Arbitrary<String> worded() {
        return names().filter(name -> SequentialObjects.named(name, observing()).family() != Family.OTHER);
    }
}
