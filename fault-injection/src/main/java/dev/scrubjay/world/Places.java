package dev.scrubjay.world;

import java.util.Optional;
import java.util.SortedSet;

/// Which nodes there are, where they stand, and who leads: all that has to be known to say whom a fault would
/// strike.
public interface Places {
    SortedSet<String> nodes();

    /// In which zone a node stands.
    String zone(String node);

    /// A node that leads now, if there is one.
    Optional<String> leader();
}
