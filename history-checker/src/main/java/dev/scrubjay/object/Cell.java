package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// What objects that hold one value have in common.
final class Cell {
    private Cell() {}

    /// What an operation that puts one value in the place of another does. One that finds another value does
    /// nothing and fails: so a completed one was done, a failed one was not, and an open one is done where it
    /// can be.
    static Optional<Value> swap(Value held, Access.Swap swap, Operation operation) {
        var isMet = swap.from().equals(held);
        if (operation.isFailed()) {
            return isMet ? Optional.empty() : Optional.of(held);
        }
        if (isMet) {
            return Optional.of(swap.to());
        }
        return operation.isCompleted() ? Optional.empty() : Optional.of(held);
    }
}
