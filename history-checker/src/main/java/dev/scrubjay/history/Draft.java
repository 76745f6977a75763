package dev.scrubjay.history;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of an event while it is read, in whatever order they come. Used again for the next one.
final class Draft {
    private static final int TYPE = 0;
    private static final int PROCESS = 1;
    private static final int F = 2;
    private static final int VALUE = 3;
    private static final int TIME = 4;
    private static final int INDEX = 5;
    private static final int KEY = 6;
    private static final int PARTS = 7;

    /// Every other name. What stands there is passed over, such as Jepsen's `error`.
    private static final int OTHER = -1;

    /// Whose events are about faults, not about operations.
    private static final Value NEMESIS = Value.text("nemesis");

    /// How much of a form that is no event a message shows.
    private static final int SHOWN_MAX = 40;

    private final @Nullable Value[] parts = new Value[PARTS];
    private final Set<String> others = new HashSet<>();

    void clear() {
        Arrays.fill(parts, null);
        if (!others.isEmpty()) {
            others.clear();
        }
    }

    /// Takes the part of a name.
    void put(String name, Value value) {
        int part = part(name);
        if (part == OTHER ? !others.add(name) : parts[part] != null) {
            throw new HistoryException(Value.text(name) + " stands twice in one event; remove one");
        }
        if (part != OTHER) {
            parts[part] = value;
        }
    }

    /// Takes the parts of an event that was read as one value.
    void put(Value form) {
        if (!(form instanceof Value.Mapping(var entries))) {
            throw new HistoryException("wants an event, which is a map, but found " + beginning(form));
        }
        entries.forEach(this::put);
    }

    /// Adds the event to a recorder, unless it is not about an operation.
    ///
    /// @param next the index of an event that does not say its own
    /// @return the index after it. What is passed over has one too: Jepsen counts it.
    int addTo(Recorder recorder, int next) {
        if (NEMESIS.equals(parts[PROCESS])) {
            return next + 1;
        }
        long index = parts[INDEX] == null ? next : number(INDEX, "index", next);
        if (index < 0 || index >= History.NEVER) {
            throw new HistoryException("index " + index + " is not between 0 and " + (History.NEVER - 1));
        }
        var type = type();
        long process = number(PROCESS, "process");
        long time = number(TIME, "time", 0);
        recorder.add((int) index, type, process, time, text(F, "f"), value());
        return (int) index + 1;
    }

    /// With a key of its own, a value is written as jepsen.independent does: `[key value]`.
    private Value value() {
        var value = Objects.requireNonNullElse(parts[VALUE], Value.absent());
        var key = parts[KEY];
        return key == null ? value : Value.sequence(key, value);
    }

    private EventType type() {
        var word = text(TYPE, "type");
        return EventType.of(word)
                .orElseThrow(
                        () -> new HistoryException("type " + Value.text(word) + " is none of: invoke, ok, fail, info"));
    }

    private String text(int part, String name) {
        if (parts[part] instanceof Value.Text(String text)) {
            return text;
        }
        throw wants(part, name, "a text");
    }

    private long number(int part, String name, long otherwise) {
        return parts[part] == null || parts[part] instanceof Value.Absent ? otherwise : number(part, name);
    }

    private long number(int part, String name) {
        if (parts[part] instanceof Value.Whole(long number)) {
            return number;
        }
        throw wants(part, name, "a whole number");
    }

    private HistoryException wants(int part, String name, String what) {
        var found = parts[part];
        return new HistoryException("the event wants " + what + " as its " + name + ", but has "
                + (found == null ? "none" : beginning(found)));
    }

    /// A whole history may stand where one event should.
    private static String beginning(Value form) {
        var text = form.toString();
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }

    private static int part(String name) {
        return switch (name) {
            case "type" -> TYPE;
            case "process" -> PROCESS;
            case "f" -> F;
            case "value" -> VALUE;
            case "time" -> TIME;
            case "index" -> INDEX;
            case "key" -> KEY;
            default -> OTHER;
        };
    }
}
