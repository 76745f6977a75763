package dev.scrubjay.simulation;

import java.util.Locale;
import java.util.PriorityQueue;

/// Virtual time: what is to happen, in the order in which it does. Of things at the same moment, the one that
/// was planned first comes first.
final class Timeline {
    private record Planned(long time, long number, Runnable action) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private long now;
    private long number;
    private long steps;

    long now() {
        return now;
    }

    /// How many things have happened.
    long steps() {
        return steps;
    }

    /// The present moment, for people.
    String when() {
        return String.format(Locale.ROOT, "step %,d, virtual time %.3f s", steps, now / 1_000_000_000.0);
    }

    void after(long nanos, Runnable action) {
        planned.add(new Planned(now + nanos, number++, action));
    }

    void runUntil(long end) {
        while (!planned.isEmpty() && planned.peek().time() <= end) {
            var next = planned.remove();
            now = next.time();
            steps++;
            next.action().run();
        }
        now = end;
    }
}
