package dev.scrubjay.checker;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Access;
import dev.scrubjay.object.Family;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Collections of numbers, as plain as can be: `insert`, `remove` and `read`. What is removed is the result,
/// nothing where there was nothing.
record TestCollection(Family family) implements SequentialObject<List<Value>> {
    static final Comparator<Value> BY_SIZE = Comparator.comparingLong(value -> ((Value.Whole) value).number());

    /// The engine that is made for it.
    Engine engine() {
        return switch (family) {
            case QUEUE -> new QueueEngine();
            case STACK -> new StackEngine();
            case PRIORITY_QUEUE -> new PriorityQueueEngine(BY_SIZE);
            case SET -> new SetEngine();
            case LOG -> new LogEngine();
            case CELL, OTHER -> throw new IllegalStateException(family + " is no collection");
        };
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public List<Value> initial() {
        return List.of();
    }

    @Override
    public Optional<List<Value>> step(List<Value> state, Operation operation) {
        var next = new ArrayList<>(state);
        switch (operation.f()) {
            case "insert" -> next.add(operation.argument());
            case "remove" -> {
                var taken = state.isEmpty() ? Value.absent() : next.remove(place(state));
                if (!operation.result().orElse(taken).equals(taken)) {
                    return Optional.empty();
                }
            }
            default -> {
                if (operation.result().isPresent() && !isSeen(state, operation)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(next);
    }

    /// Where in a collection is what it gives back next.
    int place(List<Value> state) {
        return switch (family) {
            case QUEUE -> 0;
            case STACK -> state.size() - 1;
            default -> state.indexOf(state.stream().min(BY_SIZE).orElseThrow());
        };
    }

    private boolean isSeen(List<Value> state, Operation operation) {
        var seen = ((Value.Sequence) operation.result().orElseThrow()).elements();
        return family == Family.LOG
                ? seen.equals(state)
                : seen.size() == state.size() && new HashSet<>(seen).equals(new HashSet<>(state));
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.f().equals("read");
    }

    @Override
    public Optional<Access> access(Operation operation) {
        if (operation.f().equals("insert")) {
            return Optional.of(new Access.Insert(operation.argument()));
        }
        return operation.result().map(result -> {
            if (result instanceof Value.Sequence(var elements)) {
                return new Access.Contents(elements);
            }
            return result instanceof Value.Absent ? new Access.Empty() : new Access.Remove(result);
        });
    }

    /// The same, without any words for what it does: only a search can decide it.
    SequentialObject<List<Value>> unnamed() {
        var named = this;
        return new SequentialObject<>() {
            @Override
            public String name() {
                return named.name();
            }

            @Override
            public List<Value> initial() {
                return named.initial();
            }

            @Override
            public Optional<List<Value>> step(List<Value> state, Operation operation) {
                return named.step(state, operation);
            }
        };
    }
}
