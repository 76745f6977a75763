package dev.scrubjay.history;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the clients of a system saw, in the order in which it happened. Never changes.
///
/// It can be read as lists of events and operations, or by number, without an object for each: operation `i`
/// is `operations().get(i)`.
public final class History {
    /// The end of an operation that is open.
    public static final int NEVER = Integer.MAX_VALUE;

    private final List<Event> events;
    private final List<Operation> operations;
    private final int[] begins;
    private final int[] ends;
    private final int[] likenesses;

    History(List<Event> events, List<Operation> operations) {
        this.events = List.copyOf(events);
        this.operations = List.copyOf(operations);
        this.begins = new int[operations.size()];
        this.ends = new int[operations.size()];
        this.likenesses = new int[operations.size()];
        Map<List<Object>, Integer> likenessOf = new HashMap<>();
        for (int i = 0; i < begins.length; i++) {
            var operation = operations.get(i);
            begins[i] = operation.invocation().index();
            ends[i] = operation.isOpen()
                    ? NEVER
                    : operation.completion().orElseThrow().index();
            int next = likenessOf.size();
            likenesses[i] = likenessOf.computeIfAbsent(
                    List.of(operation.f(), operation.argument(), operation.result(), operation.isFailed()),
                    unseen -> next);
        }
    }

    /// A history of these events.
    ///
    /// @throws HistoryException where they make none, such as a completion of what was never invoked
    public static History of(List<Event> events) {
        var recorder = new Recorder();
        events.forEach(recorder::add);
        return recorder.history();
    }

    /// All events, by index.
    public List<Event> events() {
        return events;
    }

    /// All operations, failed and open ones too, in the order of their invocations.
    public List<Operation> operations() {
        return operations;
    }

    /// Some of the operations, by their numbers. The array belongs to the list from then on.
    public List<Operation> operations(int... numbers) {
        return new AbstractList<>() {
            @Override
            public Operation get(int at) {
                return operation(numbers[at]);
            }

            @Override
            public int size() {
                return numbers.length;
            }
        };
    }

    /// How many operations there are.
    public int size() {
        return operations.size();
    }

    public Operation operation(int i) {
        return operations.get(i);
    }

    /// The index of an operation's invocation.
    public int begin(int i) {
        return begins[i];
    }

    /// The index of the completion of an operation that completed or failed; [#NEVER] for one that is open.
    public int end(int i) {
        return ends[i];
    }

    /// Numbers from 0 on, without gaps, the same for operations that are equal in f, argument, result and
    /// whether they failed: what a sequential object can tell apart.
    public int likeness(int i) {
        return likenesses[i];
    }

    /// One more than the greatest likeness.
    public int likenesses() {
        return Arrays.stream(likenesses).max().orElse(-1) + 1;
    }

    /// Histories are equal when their events are.
    @Override
    public boolean equals(Object other) {
        return other instanceof History history && events.equals(history.events);
    }

    @Override
    public int hashCode() {
        return events.hashCode();
    }

    @Override
    public String toString() {
        return "history of " + operations.size() + " operations";
    }
}
