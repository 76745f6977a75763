package dev.scrubjay.simulation;

import dev.scrubjay.world.Ongoing;
import java.util.SortedMap;
import java.util.TreeMap;

/// Values that overlapping faults lay over an ordinary one. The one that was laid last counts, and taking one
/// away leaves the others where they are.
final class Layers<T> {
    private final SortedMap<Long, T> layers = new TreeMap<>();
    private long number;

    Ongoing lay(T value) {
        long mine = ++number;
        layers.put(mine, value);
        return () -> layers.remove(mine);
    }

    T over(T ordinary) {
        return layers.isEmpty() ? ordinary : layers.lastEntry().getValue();
    }
}
