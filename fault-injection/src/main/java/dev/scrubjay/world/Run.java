package dev.scrubjay.world;

import dev.scrubjay.history.History;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;

/// A run that has ended, whatever it ran on.
///
/// @param history what the clients saw
/// @param trace what the nodes say they did: a header for each node, then the events of all, in the order
///     in which they happened
/// @param exercised how often what happened: faults with an effect, and what they led to
/// @param covered how often which fault met which action in flight
/// @param failoverNanos of each leader that a fault took away, how long it took until another one answered
/// @param findings what was found while it ran
public record Run(
        History history,
        Supplier<List<String>> trace,
        SortedMap<String, Long> exercised,
        SortedMap<Cell, Long> covered,
        List<Long> failoverNanos,
        List<Finding> findings) {}
