package dev.scrubjay.object;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Value;
import java.util.List;
import java.util.Optional;

/// The named parts of an event's value, and what is said where one is not as it should be.
final class KeyValueForm {
    private final Event event;

    KeyValueForm(Event event) {
        this.event = event;
    }

    /// A part that must be there.
    Value value(String name) {
        return part(name)
                .filter(value -> !(value instanceof Value.Absent))
                .orElseThrow(() -> wants("a value as its " + name));
    }

    /// A part that is a sequence with one value or none.
    ///
    /// Spec: KeyValueStore!MaybeValue
    Optional<Value> maybe(String name) {
        if (part(name).orElse(Value.absent()) instanceof Value.Sequence(var elements)
                && elements.size() <= 1
                && !elements.contains(Value.absent())) {
            return elements.stream().findFirst();
        }
        throw wants("[value] or [] as its " + name);
    }

    static Value maybe(Optional<Value> value) {
        return new Value.Sequence(value.map(List::of).orElse(List.of()));
    }

    private Optional<Value> part(String name) {
        return event.value() instanceof Value.Mapping parts ? parts.get(name) : Optional.empty();
    }

    private HistoryException wants(String what) {
        return new HistoryException("event " + event.index() + ": " + event.f() + " ("
                + event.type().word() + ") wants " + what + ", but has " + event.value());
    }
}
