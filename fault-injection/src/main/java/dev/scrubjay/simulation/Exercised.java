package dev.scrubjay.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts what happened in a run, so that one in which nothing did is not taken for a proof.
final class Exercised {
    private final Map<String, Long> counts = new HashMap<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
