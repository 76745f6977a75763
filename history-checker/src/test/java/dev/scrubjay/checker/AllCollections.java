package dev.scrubjay.checker;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.EventType;
import dev.scrubjay.history.History;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// All histories of a few operations on a collection: all that can happen at the same time, and all results.
///
/// Left out is what is the same by other names, and where something is seen that was never inserted, or was
/// removed already.
final class AllCollections {
    /// What an operation may be.
    ///
    /// @param result empty where it stays open
    private record Call(String f, Value argument, Optional<Value> result) {}

    private final Family family;
    private final int operations;
    private final Consumer<History> visitor;

    /// The events so far, and the calls that run.
    private final List<Event> events = new ArrayList<>();

    private final List<Call> calls = new ArrayList<>();
    private final List<Boolean> isRunning = new ArrayList<>();
    private final boolean[] isInserted;

    private AllCollections(Family family, int operations, Consumer<History> visitor) {
        this.family = family;
        this.operations = operations;
        this.visitor = visitor;
        this.isInserted = new boolean[operations + 1];
    }

    static void visit(Family family, int operations, Consumer<History> visitor) {
        new AllCollections(family, operations, visitor).walk();
    }

    private void walk() {
        if (calls.size() == operations && !isRunning.contains(true)) {
            if (isInteresting()) {
                visitor.accept(History.of(events));
            }
            return;
        }
        if (calls.size() < operations) {
            begin();
        }
        for (int process = 0; process < calls.size(); process++) {
            if (isRunning.get(process)) {
                var call = calls.get(process);
                events.add(event(EventType.OK, process, call, call.result().orElseThrow()));
                isRunning.set(process, false);
                walk();
                isRunning.set(process, true);
                events.removeLast();
            }
        }
    }

    private void begin() {
        for (var call : next()) {
            int process = calls.size();
            events.add(event(EventType.INVOKE, process, call, call.argument()));
            calls.add(call);
            isRunning.add(call.result().isPresent());
            mark(call, true);
            walk();
            mark(call, false);
            isRunning.removeLast();
            calls.removeLast();
            events.removeLast();
        }
    }

    private void mark(Call call, boolean isIn) {
        if (call.argument() instanceof Value.Whole(long value)) {
            isInserted[Math.toIntExact(value)] = isIn;
        }
    }

    private Event event(EventType type, int process, Call call, Value value) {
        return new Event(events.size(), type, process, 0, call.f(), value);
    }

    private List<Call> next() {
        var next = new ArrayList<Call>();
        // One operation at least has to see something.
        for (int value = 1; value < operations; value++) {
            if (!isInserted[value]) {
                next.add(new Call("insert", Value.number(value), Optional.of(Value.absent())));
                next.add(new Call("insert", Value.number(value), Optional.empty()));
                if (family != Family.PRIORITY_QUEUE) {
                    break;
                }
            }
        }
        if (family == Family.SET || family == Family.LOG) {
            sights(new ArrayList<>(), next);
            return next;
        }
        for (int value = 1; value < operations; value++) {
            next.add(new Call("remove", Value.absent(), Optional.of(Value.number(value))));
        }
        next.add(new Call("remove", Value.absent(), Optional.of(Value.absent())));
        if (family == Family.QUEUE) {
            next.add(new Call("remove", Value.absent(), Optional.empty()));
        }
        return next;
    }

    /// Reads of up to two values; of a set, in one order.
    private void sights(List<Value> seen, List<Call> next) {
        next.add(new Call("read", Value.absent(), Optional.of(new Value.Sequence(seen))));
        for (int value = 1; value < operations && seen.size() < 2; value++) {
            var more = Value.number(value);
            if (seen.isEmpty() || TestCollection.BY_SIZE.compare(seen.getLast(), more) < 0 || family == Family.LOG) {
                var longer = new ArrayList<>(seen);
                longer.add(more);
                sights(longer, next);
            }
        }
    }

    private boolean isInteresting() {
        var removed = new HashSet<Value>();
        for (var call : calls) {
            var result = call.result().orElse(Value.absent());
            if (result instanceof Value.Sequence(var seen) && !seen.stream().allMatch(this::isInserted)) {
                return false;
            }
            if (result instanceof Value.Whole && !(isInserted(result) && removed.add(result))) {
                return false;
            }
        }
        return true;
    }

    private boolean isInserted(Value value) {
        return isInserted[Math.toIntExact(((Value.Whole) value).number())];
    }
}
