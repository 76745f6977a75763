package dev.scrubjay.history;

import java.util.Optional;

/// An event as both formats write it: a mapping from its parts' names to their values.
final class Form {
    /// Whose events are about faults, not about operations.
    private static final Value NEMESIS = Value.text("nemesis");

    /// How much of a form that is no event a message shows.
    private static final int SHOWN_MAX = 40;

    private Form() {}

    /// The event that a mapping stands for; empty where it is not about an operation.
    ///
    /// Names that an event has no use for, such as Jepsen's `error`, are passed over.
    ///
    /// @param next the index of an event that does not say its own
    static Optional<Event> event(Value form, int next) {
        if (!(form instanceof Value.Mapping parts)) {
            throw new HistoryException("wants an event, which is a map, but found " + beginning(form));
        }
        if (parts.get("process").equals(Optional.of(NEMESIS))) {
            return Optional.empty();
        }
        long index = number(parts, "index", Optional.of((long) next));
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw new HistoryException("index " + index + " is not between 0 and " + Integer.MAX_VALUE);
        }
        return Optional.of(new Event(
                (int) index,
                type(parts),
                number(parts, "process", Optional.empty()),
                number(parts, "time", Optional.of(0L)),
                text(parts, "f"),
                parts.get("value").orElse(Value.absent())));
    }

    /// A whole history may stand where one event should.
    private static String beginning(Value form) {
        var text = form.toString();
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }

    private static EventType type(Value.Mapping parts) {
        var word = text(parts, "type");
        return EventType.of(word)
                .orElseThrow(
                        () -> new HistoryException("type " + Value.text(word) + " is none of: invoke, ok, fail, info"));
    }

    private static String text(Value.Mapping parts, String name) {
        if (parts.get(name).orElse(Value.absent()) instanceof Value.Text(String text)) {
            return text;
        }
        throw wants(parts, name, "a text");
    }

    private static long number(Value.Mapping parts, String name, Optional<Long> otherwise) {
        if (parts.get(name).orElse(Value.absent()) instanceof Value.Whole(long number)) {
            return number;
        }
        if (otherwise.isPresent() && parts.get(name).orElse(Value.absent()) instanceof Value.Absent) {
            return otherwise.get();
        }
        throw wants(parts, name, "a whole number");
    }

    private static HistoryException wants(Value.Mapping parts, String name, String what) {
        return new HistoryException("the event wants " + what + " as its " + name + ", but "
                + parts.get(name).map(found -> "has " + found).orElse("has none"));
    }
}
