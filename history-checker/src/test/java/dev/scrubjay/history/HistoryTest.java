package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;

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
import net.jqwik.api.statistics.Statistics;

/// Columns are the events that they were made of, against lists of records.
final class HistoryTest {
    /// What an event may be; most series of them are no history from some event on.
    record Step(EventType type, int process, boolean isWrite, int value, int gap) {}

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void aHistoryIsItsEvents(@ForAll("steps") List<Step> steps) {
        var events = events(steps);

        var history = History.of(events);

        assertThat(history.events()).isEqualTo(events);
        assertThat(history.operations()).isEqualTo(operations(events));
        assertThat(history.size()).isEqualTo(history.operations().size());
        Map<List<Object>, Integer> likenesses = new HashMap<>();
        for (int i = 0; i < history.size(); i++) {
            var operation = history.operation(i);
            assertThat(history.begin(i)).isEqualTo(operation.invocation().index());
            assertThat(history.end(i))
                    .isEqualTo(
                            operation.isOpen()
                                    ? History.NEVER
                                    : operation.completion().orElseThrow().index());
            int unseen = likenesses.size();
            assertThat(history.likeness(i))
                    .isEqualTo(likenesses.computeIfAbsent(
                            List.of(operation.f(), operation.argument(), operation.result(), operation.isFailed()),
                            key -> unseen));
        }
        assertThat(history.likenesses()).isEqualTo(likenesses.size());
        Statistics.label("alike")
                .collect(likenesses.size() < history.size())
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
        Statistics.label("open")
                .collect(history.operations().stream().anyMatch(Operation::isOpen))
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
    }

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void historiesAreEqualWhenTheirEventsAre(@ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> others) {
        var events = events(steps);
        var history = History.of(events);

        assertThat(History.of(events)).isEqualTo(history).hasSameHashCodeAs(history);
        for (int i = 0; i < Math.min(events.size(), others.size()); i++) {
            var changed = new ArrayList<>(events);
            var event = events.get(i);
            var value = Value.number(others.get(i).value());
            changed.set(i, new Event(event.index(), event.type(), event.process(), event.time(), event.f(), value));
            assertThat(History.of(changed).equals(history)).isEqualTo(changed.equals(events));
        }
        assertThat(History.of(events(others)).equals(history))
                .isEqualTo(events(others).equals(events));
    }

    /// Of the steps those that may follow each other.
    private static List<Event> events(List<Step> steps) {
        var events = new ArrayList<Event>();
        Map<Integer, Optional<String>> open = new HashMap<>();
        var retired = new ArrayList<Integer>();
        int index = 0;
        for (var step : steps) {
            var isInvocation = step.type() == EventType.INVOKE;
            var name = open.getOrDefault(step.process(), Optional.empty());
            if (isInvocation == name.isPresent() || retired.contains(step.process())) {
                continue;
            }
            index += step.gap();
            var f = isInvocation ? (step.isWrite() ? "write" : "read") : name.orElseThrow();
            // The time is what nothing else here depends on.
            events.add(new Event(index, step.type(), step.process(), index % 3, f, Value.number(step.value())));
            open.put(step.process(), isInvocation ? Optional.of(f) : Optional.empty());
            if (step.type() == EventType.INFO) {
                retired.add(step.process());
            }
        }
        return events;
    }

    private static List<Operation> operations(List<Event> events) {
        var operations = new ArrayList<Operation>();
        for (var event : events) {
            if (event.type() == EventType.INVOKE) {
                var end = events.stream()
                        .filter(other -> other.process() == event.process() && other.index() > event.index())
                        .findFirst();
                operations.add(new Operation(event, end));
            }
        }
        return operations;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(
                                EventType.INVOKE, EventType.INVOKE, EventType.OK, EventType.FAIL, EventType.INFO),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(1, 2))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }
}
