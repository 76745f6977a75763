package dev.scrubjay.protocol;

import dev.scrubjay.protocol.Sessions.Done;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Members;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A store that is gone with its process.
final class MemoryStore implements Store {
    private final Map<String, String> values = new HashMap<>();
    private final Map<Long, Done> last = new HashMap<>();
    private Optional<Members> members = Optional.empty();
    private long applied;

    @Override
    public long applied() {
        return applied;
    }

    @Override
    public long flushed() {
        return 0;
    }

    @Override
    public MaybeValue held(String key) {
        var value = values.get(key);
        return value == null ? MaybeValue.ABSENT : MaybeValue.of(value);
    }

    @Override
    public int sessions() {
        return last.size();
    }

    @Override
    public Optional<Done> last(long session) {
        return Optional.ofNullable(last.get(session));
    }

    @Override
    public Optional<Members> members() {
        return members;
    }

    @Override
    public void apply(long slot, Change change) {
        Invariant.holds(slot == applied + 1, "slot " + slot + " after slot " + applied);
        applied = slot;
        switch (change) {
            case Change.None() -> {}
            case Change.Began(var done) -> last.put(slot, done);
            case Change.Answered(var session, var done) -> last.put(session, done);
            case Change.Wrote(var session, var done, var key, var left) -> {
                last.put(session, done);
                put(key, left);
            }
            case Change.Ended(var session) -> last.remove(session);
            case Change.Reconfigured(var next) -> members = Optional.of(next);
        }
    }

    private void put(String key, MaybeValue left) {
        switch (left) {
            case MaybeValue.Absent() -> values.remove(key);
            case MaybeValue.Present(var value) -> values.put(key, value);
        }
    }

    @Override
    public SortedMap<String, String> state() {
        return new TreeMap<>(values);
    }

    @Override
    public SortedMap<Long, Done> table() {
        return new TreeMap<>(last);
    }
}
