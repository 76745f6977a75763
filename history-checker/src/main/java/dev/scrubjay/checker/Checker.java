package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides whether histories are linearizable: whether each operation can be thought of as done in one moment
/// between its invocation and its completion, one after the other, by a sequential object.
///
/// Where the object has parts, such as keys, each is checked alone: a history is linearizable exactly when
/// all its parts are (Herlihy and Wing, "Linearizability", 1990, section 3.1).
public final class Checker {
    private final SequentialObject<?> object;
    private final Limits limits;

    public Checker(SequentialObject<?> object, Limits limits) {
        this.object = object;
        this.limits = limits;
    }

    /// The verdict on a history.
    ///
    /// @throws HistoryException where the history has operations that the object has not
    public Verdict check(History history) {
        return check(object, history);
    }

    private <S> Verdict check(SequentialObject<S> object, History history) {
        // Asked of every operation, for else it would depend on the search whether a wrong one is noticed.
        history.operations().forEach(operation -> object.step(object.initial(), operation));

        var placed = new ArrayList<Placement>();
        var refused = new ArrayList<Verdict.NotLinearizable>();
        var unknown = new ArrayList<Verdict.Unknown>();
        parts(object, history).forEach((key, operations) -> {
            switch (new Frontier<>(object, operations, limits).search()) {
                case Frontier.Found(var order) -> placed.addAll(order);
                case Frontier.Refused(var order, var first) ->
                    refused.add(new Verdict.NotLinearizable(key, operations(order), first));
                case Frontier.Stopped(var why, var first) -> unknown.add(new Verdict.Unknown(key, why, first));
            }
        });
        if (!refused.isEmpty()) {
            return refused.stream()
                    .min(Comparator.comparingInt(verdict -> end(verdict.refused())))
                    .orElseThrow();
        }
        if (!unknown.isEmpty()) {
            return unknown.getFirst();
        }
        return new Verdict.Linearizable(operations(placed));
    }

    /// The operations to be placed, by the part of the object that they are about.
    private static Map<Optional<Value>, List<Operation>> parts(SequentialObject<?> object, History history) {
        Map<Optional<Value>, List<Operation>> parts = new LinkedHashMap<>();
        for (var operation : history.operations()) {
            // A failed operation had no effect and nobody saw anything through it.
            if (!operation.isFailed()) {
                parts.computeIfAbsent(object.key(operation), key -> new ArrayList<>())
                        .add(operation);
            }
        }
        return parts;
    }

    /// One order from those of the parts. Each operation was placed at a moment, the same for the same part
    /// only, that lies between its invocation and its completion: so the order of these moments respects
    /// time.
    private static List<Operation> operations(List<Placement> placed) {
        return placed.stream()
                .sorted(Comparator.comparingInt(Placement::moment))
                .map(Placement::operation)
                .toList();
    }

    private static int end(Operation operation) {
        return operation.completion().orElseThrow().index();
    }
}
