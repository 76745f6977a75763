package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What the words of a family mean, spelled out: a part of an object does what its operations' [Access] say.
final class Meaning {
    private final Family family;
    private final List<Value> held = new ArrayList<>();

    /// @param initial what a cell holds at first
    Meaning(Family family, Value initial) {
        this.family = family;
        if (family == Family.CELL) {
            held.add(initial);
        }
    }

    /// What the part holds now; sorted where the order in which it came there is forgotten.
    List<Value> held() {
        return family == Family.SET || family == Family.PRIORITY_QUEUE
                ? held.stream().sorted(Comparator.comparing(Value::toString)).toList()
                : List.copyOf(held);
    }

    /// Does an operation; false where it cannot have been done.
    boolean does(Access access, boolean isOpen) {
        return switch (access) {
            case Access.Read(var value) -> held.getFirst().equals(value);
            case Access.Write(var value) -> put(value);
            case Access.Swap(var from, var to) -> held.getFirst().equals(from) ? put(to) : isOpen;
            case Access.Insert(var value) -> insert(value);
            case Access.Remove(var value) -> !held.isEmpty() && remove(value);
            case Access.Empty empty -> held.isEmpty();
            case Access.Contents(var values) ->
                family == Family.SET
                        ? values.size() == held.size() && new HashSet<>(values).equals(new HashSet<>(held))
                        : values.equals(held);
        };
    }

    private boolean put(Value value) {
        held.set(0, value);
        return true;
    }

    private boolean insert(Value value) {
        if (family != Family.SET || !held.contains(value)) {
            held.add(value);
        }
        return true;
    }

    private boolean remove(Value value) {
        var next = switch (family) {
            case QUEUE -> Optional.of(held.getFirst());
            case STACK -> Optional.of(held.getLast());
            case PRIORITY_QUEUE -> held.stream().min(ValueOrder.INSTANCE);
            case CELL, SET, LOG, OTHER -> Optional.<Value>empty();
        };
        if (!next.equals(Optional.of(value))) {
            return false;
        }
        held.remove(family == Family.STACK ? held.lastIndexOf(value) : held.indexOf(value));
        return true;
    }
}
