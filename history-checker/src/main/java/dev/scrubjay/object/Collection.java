package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What queues, stacks and priority queues have in common: one operation puts a value in, another takes out
/// the one whose turn it is. They differ in where a value comes to stand.
///
/// A state is what the collection holds, in the order in which it would be taken out.
///
/// Taking gives back the value, or nothing where the collection held nothing. One that failed tells nothing,
/// or, under [Reading.Failures#OBSERVED], that it found nothing: Jepsen's queues are written so. One that is
/// open took the value whose turn it was, if there was any. What putting gives back is not looked at.
abstract sealed class Collection implements SequentialObject<List<Value>> permits Queue, Stack, PriorityQueue {
    private final String called;
    private final String put;
    private final String take;
    private final Reading reading;

    /// @param called with its article
    Collection(String called, String put, String take, Reading reading) {
        this.called = called;
        this.put = put;
        this.take = take;
        this.reading = reading;
    }

    /// Where a value that is put in comes to stand.
    abstract int place(List<Value> state, Value value);

    /// The value that an operation puts in.
    Value inserted(Operation operation) {
        return Wants.value(operation, "a value");
    }

    @Override
    public final List<Value> initial() {
        return List.of();
    }

    @Override
    public final Optional<List<Value>> step(List<Value> state, Operation operation) {
        if (isTake(operation)) {
            return take(state, operation);
        }
        var value = inserted(operation);
        return Optional.of(operation.isFailed() ? state : with(state, value));
    }

    private static Optional<List<Value>> take(List<Value> state, Operation operation) {
        if (operation.isFailed()) {
            return state.isEmpty() ? Optional.of(state) : Optional.empty();
        }
        if (operation.isOpen()) {
            return Optional.of(state.isEmpty() ? state : withoutFirst(state));
        }
        if (!state.stream().findFirst().equals(Wants.known(operation))) {
            return Optional.empty();
        }
        return Optional.of(state.isEmpty() ? state : withoutFirst(state));
    }

    private List<Value> with(List<Value> state, Value value) {
        var next = new ArrayList<Value>(state.size() + 1);
        next.addAll(state);
        next.add(place(state, value), value);
        return Collections.unmodifiableList(next);
    }

    private static List<Value> withoutFirst(List<Value> state) {
        return List.copyOf(state.subList(1, state.size()));
    }

    private boolean isTake(Operation operation) {
        if (operation.f().equals(take)) {
            return true;
        }
        if (operation.f().equals(put)) {
            return false;
        }
        throw Wants.none(operation, called, put, take);
    }

    @Override
    public final boolean matters(Operation operation) {
        return !operation.isFailed() || (isTake(operation) && reading.observes(operation));
    }

    @Override
    public final boolean isObservation(Operation operation) {
        return operation.isFailed() || foundNothing(operation);
    }

    private boolean foundNothing(Operation operation) {
        return isTake(operation)
                && operation.isCompleted()
                && Wants.known(operation).isEmpty();
    }

    @Override
    public final Optional<Access> access(Operation operation) {
        if (!isTake(operation)) {
            return Optional.of(new Access.Insert(inserted(operation)));
        }
        return operation.isFailed() || foundNothing(operation)
                ? Optional.of(new Access.Empty())
                : Wants.known(operation).map(Access.Remove::new);
    }
}
