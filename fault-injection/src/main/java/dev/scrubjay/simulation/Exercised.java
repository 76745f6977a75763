package dev.scrubjay.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts what happened in a run, so that one in which nothing did is not taken for a proof.
final class Exercised {
    private static final class Count {
        private long times;
    }

    private final Map<String, Count> counts = new HashMap<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long more) {
        var count = counts.get(what);
        if (count == null) {
            count = new Count();
            counts.put(what, count);
        }
        count.times += more;
    }

    SortedMap<String, Long> counts() {
        var all = new TreeMap<String, Long>();
        counts.forEach((what, count) -> all.put(what, count.times));
        return all;
    }
}
