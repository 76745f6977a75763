package dev.scrubjay.history;

import java.util.List;

/// What the clients of a system saw, in the order in which it happened. Never changes.
public final class History {
    private final List<Event> events;
    private final List<Operation> operations;

    History(List<Event> events, List<Operation> operations) {
        this.events = List.copyOf(events);
        this.operations = List.copyOf(operations);
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
