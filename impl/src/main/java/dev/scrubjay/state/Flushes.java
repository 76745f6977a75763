package dev.scrubjay.state;

import dev.scrubjay.port.StateStore.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Sees to it that one flush is under way at most, and knows which slots are safe.
///
/// Only groups that have something unsafe take room here, so that a node with many idle ones pays nothing for
/// them.
final class Flushes {
    private static final long NONE = -1;

    /// A group that has something unsafe.
    private static final class Mark {
        private long applied;
        private long safe;
        /// What the flush under way makes safe, or NONE.
        private long covered = NONE;

        Mark(long applied, long safe) {
            this.applied = applied;
            this.safe = safe;
        }
    }

    private final Runnable start;
    private final Map<Long, Mark> marks = new HashMap<>();
    private List<Consumer<Outcome>> listening = List.of();
    private List<Consumer<Outcome>> waiting = new ArrayList<>();
    private boolean underWay;
    private Optional<Outcome> failure = Optional.empty();

    /// @param start begins a flush, of whose end this is told later
    Flushes(Runnable start) {
        this.start = start;
    }

    /// @param before how far the group was, which is safe unless something of it is not already
    void wrote(long group, long before, long slot) {
        marks.computeIfAbsent(group, _ -> new Mark(before, before)).applied = slot;
    }

    /// A power-off may leave the state as it was or take it, and before the next flush ends nobody knows.
    void cleared(long group) {
        marks.put(group, new Mark(0, 0));
    }

    /// What was applied last, where that is known without reading.
    OptionalLong applied(long group) {
        var mark = marks.get(group);
        return mark == null ? OptionalLong.empty() : OptionalLong.of(mark.applied);
    }

    /// What a power-off leaves at least; empty if it leaves all.
    OptionalLong safe(long group) {
        var mark = marks.get(group);
        return mark == null ? OptionalLong.empty() : OptionalLong.of(mark.safe);
    }

    void begin(Consumer<Outcome> ended) {
        waiting.add(ended);
        if (!underWay) {
            next();
        }
    }

    /// Those who asked while one was under way share the next one: theirs must begin after they asked.
    private void next() {
        underWay = true;
        listening = waiting;
        waiting = new ArrayList<>();
        marks.values().forEach(mark -> mark.covered = mark.applied);
        start.run();
    }

    /// Once one failed, all fail: what it should have made safe may be lost although a later one ends well.
    void ended(Outcome outcome) {
        underWay = false;
        var told = listening;
        listening = List.of();
        switch (outcome) {
            case Outcome.Flushed _ when failure.isEmpty() -> settle();
            case Outcome.Flushed _ -> {}
            case Outcome.Failed _ -> failure = failure.or(() -> Optional.of(outcome));
        }
        var say = failure.orElse(outcome);
        if (!waiting.isEmpty()) {
            next();
        }
        told.forEach(ended -> ended.accept(say));
    }

    private void settle() {
        marks.values().removeIf(mark -> mark.covered == mark.applied);
        for (var mark : marks.values()) {
            if (mark.covered != NONE) {
                mark.safe = mark.covered;
                mark.covered = NONE;
            }
        }
    }
}
