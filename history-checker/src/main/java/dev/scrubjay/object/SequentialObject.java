package dev.scrubjay.object;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// A data type that does one operation after the other.
///
/// Of an operation, an object looks at f, argument and result only, and the same gives always the same:
/// operations that are equal in these three are one to a checker. Whatever else matters, such as the holder
/// of a lock, belongs into the argument.
///
/// @param <S> its states: never changed, and equal when they are the same state
public interface SequentialObject<S> {
    /// What users call it.
    String name();

    S initial();

    /// The state after an operation; empty where the operation, with the result that it has, cannot have been
    /// done in this state. A result that is not known could have been any.
    ///
    /// @throws HistoryException where the object has no such operation, or its argument or result is not what
    /// belongs there, whatever the state
    Optional<S> step(S state, Operation operation);

    /// The part of the object that an operation is about; empty where the object has no parts. Parts know
    /// nothing of each other, so each can be checked alone: this is what makes long histories quick to check.
    default Optional<Value> key(Operation operation) {
        return Optional.empty();
    }

    /// Whether an operation, with the result that it has, changes no state in which it can be done, such as a
    /// read. To say no is never wrong, but checks take longer.
    default boolean isObservation(Operation operation) {
        return false;
    }
}
