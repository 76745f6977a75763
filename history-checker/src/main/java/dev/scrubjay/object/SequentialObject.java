package dev.scrubjay.object;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.List;
import java.util.Optional;

/// A data type that does one operation after the other.
///
/// Three methods make an object: [#name], [#initial] and [#step]. The others let a checker work less; what
/// they say by default is right for every object.
///
/// Of an operation, an object looks at f, argument, result and at whether it failed only, and the same gives
/// always the same: operations that are equal in these are one to a checker. Whatever else matters, such as
/// the holder of a lock, belongs into the argument.
///
/// Several threads may ask at the same time, about different parts.
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

    /// The parts of the object that an operation is about, such as its key; none where it is about all of it.
    /// What is about one part neither sees nor changes the others, so that parts can be checked alone: this
    /// is what makes long histories quick to check.
    default List<Value> keys(Operation operation) {
        return List.of();
    }

    /// Whether an operation can have done or can tell anything. One that failed certainly did nothing, so
    /// only an object that learns from a failure says yes to it.
    default boolean matters(Operation operation) {
        return !operation.isFailed();
    }

    /// Whether an operation, with the result that it has, changes no state in which it can be done, such as a
    /// read. To say no is never wrong, but checks take longer.
    default boolean isObservation(Operation operation) {
        return false;
    }

    /// What each part of the object is like. A family has engines of its own, which are fast where the
    /// operations' [#access] lets them.
    default Family family() {
        return Family.OTHER;
    }

    /// What an operation that matters does to its part, in the words of the [#family]; empty where there are
    /// no words for it.
    default Optional<Access> access(Operation operation) {
        return Optional.empty();
    }
}
