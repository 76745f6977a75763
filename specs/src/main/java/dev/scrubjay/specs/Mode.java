package dev.scrubjay.specs;

/// How much of a model TLC looks at.
public sealed interface Mode {
    /// Every reachable state.
    record Exhaustive() implements Mode {}

    /// Random behaviours, for what is too large for more. The same seed gives the same ones.
    ///
    /// @param behaviours how many
    /// @param depth how many steps each has, at most
    record Simulation(int behaviours, int depth, long seed) implements Mode {}
}
