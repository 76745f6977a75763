package dev.scrubjay.world;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/// What a nemesis can do to a system. What brings a fault tells whether it had an effect: one without proves
/// nothing.
public interface World {
    /// Links that lose, repeat and delay what they carry. Shares are in parts of a thousand.
    record Weather(int lostPerMille, int repeatedPerMille, long delayNanosMin, long delayNanosSpread) {}

    SortedSet<String> nodes();

    /// A node that leads now, if there is one.
    Optional<String> leader();

    /// Takes the power from a node; what its disk had not synced may be lost.
    boolean powerOff(String node);

    void powerOn(String node);

    /// Nothing passes any more between these nodes and all others.
    boolean cut(Set<String> side);

    /// Everybody reaches everybody again.
    void join();

    boolean weather(Weather weather);

    /// The weather of a good day.
    void calm();
}
