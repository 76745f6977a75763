package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import java.util.List;

/// What an operation does to a part of an object, in words that mean the same for all objects of a [Family].
///
/// It says what the operation does if it happens. Whether it does is another matter: one that is open may
/// never happen.
public sealed interface Access {
    /// Sees that a cell holds this value.
    record Read(Value value) implements Access {}

    /// Puts a value into a cell, whatever was there.
    record Write(Value value) implements Access {}

    /// Puts a value into a cell that holds a certain one. An open one that finds another value does nothing.
    record Swap(Value from, Value to) implements Access {}

    /// Puts one value more into a collection.
    record Insert(Value value) implements Access {}

    /// Takes a value out of a collection, which chooses the value.
    record Remove(Value value) implements Access {}

    /// Finds nothing to take out of a collection.
    record Empty() implements Access {}

    /// Sees all that a collection holds.
    record Contents(List<Value> values) implements Access {
        public Contents {
            values = List.copyOf(values);
        }
    }
}
