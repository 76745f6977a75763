package dev.scrubjay.object;

/// What a part of an object is like, for engines that know more than how to step.
public enum Family {
    /// Holds one value: [Access.Read], [Access.Write], [Access.Swap].
    CELL,
    /// Holds each value once or not at all: [Access.Insert], and [Access.Contents] without an order.
    SET,
    /// Gives back what was inserted first: [Access.Insert], [Access.Remove], [Access.Empty].
    QUEUE,
    /// Gives back what was inserted last: the same.
    STACK,
    /// Gives back the least value: the same.
    PRIORITY_QUEUE,
    /// Holds values one after the other: [Access.Insert] at the end, and [Access.Contents] in order.
    LOG,
    /// Anything else.
    OTHER
}
