package dev.scrubjay.checker;

/// What an engine found out about a part. Operations are named by their numbers in the part.
sealed interface Outcome {
    /// There is an order.
    ///
    /// @param order such an order: everything that completed, and what is open and had an effect
    record Found(Numbers order) implements Outcome {}

    /// There is an order up to the completion of an operation, and none that has it in it.
    ///
    /// @param order explains every completion before that of the refused operation
    record Refused(Numbers order, int refused) implements Outcome {}

    /// A few operations contradict each other. They alone, with nothing else of the part, have no order.
    ///
    /// @param why one sentence without a full stop, for people
    record Contradicted(Numbers operations, String why) implements Outcome {}

    /// The budget was used up.
    ///
    /// @param why which limit
    /// @param undecided every completion before that of this operation is explained by an order
    record Stopped(String why, int undecided) implements Outcome {}
}
