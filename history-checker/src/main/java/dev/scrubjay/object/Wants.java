package dev.scrubjay.object;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// Takes apart what operations were given and gave back, and says what belongs there where something else
/// stands there.
final class Wants {
    private Wants() {}

    /// What to throw at an operation that an object has not.
    ///
    /// @param object with its article
    static HistoryException none(Operation operation, String object, String... names) {
        return new HistoryException("event " + operation.invocation().index() + ": " + object + " has no '"
                + operation.f() + "'; it has: " + String.join(", ", names));
    }

    /// What to throw at an argument that is no argument of this operation.
    static HistoryException argument(Operation operation, String what) {
        return new HistoryException("event " + operation.invocation().index() + ": " + operation.f() + " wants " + what
                + ", but has " + operation.argument());
    }

    /// What to throw at a result that is no result of this operation.
    static HistoryException result(Operation operation, String what) {
        var end = operation.completion().orElse(operation.invocation());
        return new HistoryException(
                "event " + end.index() + ": " + operation.f() + " gives back " + what + ", but has " + end.value());
    }

    /// An argument that must be there.
    static Value value(Operation operation, String what) {
        if (operation.argument() instanceof Value.Absent) {
            throw argument(operation, what);
        }
        return operation.argument();
    }

    /// A result that is known; empty where the operation is open or failed, or gave back nothing.
    static Optional<Value> known(Operation operation) {
        return operation.result().filter(result -> !(result instanceof Value.Absent));
    }

    /// A result that is known and a sequence.
    static Optional<List<Value>> sequence(Operation operation) {
        return known(operation).map(result -> {
            if (result instanceof Value.Sequence(var elements)) {
                return elements;
            }
            throw result(operation, "[value ...]");
        });
    }

    /// A pair, such as `[key value]`, whose first value is there.
    static Optional<List<Value>> pair(Value value) {
        return value instanceof Value.Sequence(var both)
                        && both.size() == 2
                        && !(both.getFirst() instanceof Value.Absent)
                ? Optional.of(both)
                : Optional.empty();
    }

    /// A whole number of any size.
    static Optional<BigInteger> whole(Value value) {
        if (value instanceof Value.Decimal(BigDecimal number) && number.scale() <= 0) {
            return Optional.of(number.toBigInteger());
        }
        return value instanceof Value.Whole(long number) ? Optional.of(BigInteger.valueOf(number)) : Optional.empty();
    }

    /// The same operation with other values: what part of an object sees of it.
    ///
    /// @param result of a completed operation; one that is not completed keeps what it has
    static Operation with(Operation operation, Value argument, Optional<Value> result) {
        return new Operation(
                with(operation.invocation(), argument),
                operation.completion().map(end -> with(end, result.orElse(end.value()))));
    }

    private static Event with(Event event, Value value) {
        return new Event(event.index(), event.type(), event.process(), event.time(), event.f(), value);
    }
}
