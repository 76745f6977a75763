package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Decides whether histories are linearizable: whether each operation can be thought of as done in one moment
/// between its invocation and its completion, one after the other, by a sequential object.
///
/// Where the object has parts, such as keys, each is checked alone: a history is linearizable exactly when
/// all its parts are (Herlihy and Wing, "Linearizability", 1990, section 3.1).
public final class Checker {
    private final SequentialObject<?> object;
    private final Limits limits;
    private final Engine engine;

    public Checker(SequentialObject<?> object, Limits limits) {
        this(object, limits, new Search("search", Search.Way.COMPETITION));
    }

    Checker(SequentialObject<?> object, Limits limits, Engine engine) {
        this.object = object;
        this.limits = limits;
        this.engine = engine;
    }

    /// The verdict on a history.
    ///
    /// @throws HistoryException where the history has operations that the object has not
    public Verdict check(History history) {
        return check(object, history);
    }

    private <S> Verdict check(SequentialObject<S> object, History history) {
        var parts = Parts.of(object, history);
        var orders = new ArrayList<Numbers>();
        var refused = new ArrayList<Verdict.NotLinearizable>();
        var unknown = new ArrayList<Verdict.Unknown>();
        for (var part : parts) {
            switch (engine.decide(part, new Budget(limits))) {
                case Outcome.Found(var order) -> orders.add(order);
                case Outcome.Refused(var order, int first) ->
                    refused.add(new Verdict.NotLinearizable(
                            part.key(), new Verdict.Refusal(part.operations(order), part.operation(first))));
                case Outcome.Contradicted(var operations, var why) ->
                    refused.add(new Verdict.NotLinearizable(
                            part.key(), new Verdict.Contradiction(part.operations(operations), why)));
                case Outcome.Stopped(var why, int first) ->
                    unknown.add(new Verdict.Unknown(part.key(), why, part.operation(first)));
            }
        }
        if (!refused.isEmpty()) {
            return refused.stream()
                    .min(Comparator.comparingInt(verdict -> verdict.evidence().last()))
                    .orElseThrow();
        }
        if (!unknown.isEmpty()) {
            return unknown.getFirst();
        }
        return new Verdict.Linearizable(history.operations(merged(parts, orders)));
    }

    /// One order from those of the parts. Within an order, an operation happens as soon as it and all before
    /// it have begun: these moments differ from part to part, and each lies between the operation's
    /// invocation and its completion. So their order respects time.
    private static <S> int[] merged(List<Part<S>> parts, List<Numbers> orders) {
        var placed = new ArrayList<long[]>();
        for (int p = 0; p < parts.size(); p++) {
            int moment = -1;
            var order = orders.get(p);
            for (int at = 0; at < order.size(); at++) {
                int i = order.get(at);
                moment = Math.max(moment, parts.get(p).begin(i));
                placed.add(new long[] {moment, parts.get(p).inHistory(i)});
            }
        }
        placed.sort(Comparator.comparingLong(pair -> pair[0]));
        return placed.stream().mapToInt(pair -> (int) pair[1]).toArray();
    }
}
