package dev.scrubjay.checker;

import dev.scrubjay.history.Operation;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.List;

/// Tries every order, on the whole object. For histories of a few operations.
final class BruteForce {
    private BruteForce() {}

    static boolean isLinearizable(SequentialObject<?> object, List<Operation> operations) {
        return isLinearizable(object, operations, Integer.MAX_VALUE);
    }

    /// Whether there is an order of what completed up to an index. What had begun by then may be in it, and
    /// has the result that it has later.
    static boolean isLinearizable(SequentialObject<?> object, List<Operation> operations, int last) {
        return start(
                object,
                operations.stream()
                        .filter(operation -> object.matters(operation)
                                && operation.invocation().index() < last)
                        .toList(),
                last);
    }

    private static <S> boolean start(SequentialObject<S> object, List<Operation> operations, int last) {
        return search(object, object.initial(), operations, last);
    }

    private static <S> boolean search(SequentialObject<S> object, S state, List<Operation> left, int last) {
        if (left.stream().noneMatch(operation -> isCompletedBy(operation, last))) {
            return true;
        }
        for (var operation : left) {
            var next = object.step(state, operation);
            if (next.isPresent() && left.stream().noneMatch(other -> isBefore(other, operation))) {
                var rest = new ArrayList<>(left);
                rest.remove(operation);
                if (search(object, next.get(), rest, last)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether it is known by then how an operation ended.
    static boolean isCompletedBy(Operation operation, int last) {
        return !operation.isOpen() && operation.completion().orElseThrow().index() <= last;
    }

    /// Whether an operation was complete when another began.
    static boolean isBefore(Operation first, Operation second) {
        return isCompletedBy(first, second.invocation().index());
    }
}
