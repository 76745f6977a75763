package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Operation;
import dev.scrubjay.object.SequentialObject;
import java.util.HashSet;
import java.util.List;

/// Looks an order over, knowing nothing of how it was found.
final class Certificate {
    private Certificate() {}

    /// @param last everything that completed up to this index must be in the order
    static void check(SequentialObject<?> object, List<Operation> operations, List<Operation> order, int last) {
        var placed = new HashSet<>(order);
        assertThat(placed).as("operations placed once").hasSize(order.size());
        assertThat(placed).allMatch(object::matters);
        assertThat(new HashSet<>(operations).containsAll(placed)).isTrue();
        assertThat(operations)
                .allMatch(operation -> placed.contains(operation)
                        || !object.matters(operation)
                        || !BruteForce.isCompletedBy(operation, last));
        int begun = -1;
        for (var operation : order) {
            begun = Math.max(begun, operation.invocation().index());
            assertThat(BruteForce.isCompletedBy(operation, begun))
                    .as("%s was complete when event %d, put before it, happened", operation, begun)
                    .isFalse();
        }
        replay(object, order);
    }

    private static <S> void replay(SequentialObject<S> object, List<Operation> order) {
        var state = object.initial();
        for (var operation : order) {
            var next = object.step(state, operation);
            assertThat(next).as("%s in state %s", operation, state).isPresent();
            state = next.orElseThrow();
        }
    }
}
