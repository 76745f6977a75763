package dev.scrubjay.simulation;

import dev.scrubjay.node.Host;
import java.util.Optional;

/// Which program runs in the simulated world.
///
/// @param name what traces say about what wrote them
/// @param next how a later version writes, to which nodes can be upgraded; nothing where none is known
public record Build(String name, Optional<Host.Forms> next) {
    /// A program that no later version is known of.
    public static Build of(String name) {
        return new Build(name, Optional.empty());
    }
}
