package dev.scrubjay.checker;

import java.util.Locale;

/// What is left of the limits while one part is decided. For one thread.
final class Budget {
    /// How many steps are taken between two looks at the deadline.
    private static final int BETWEEN_LOOKS = 64;

    private final Limits limits;
    private long explored;
    private String why = "";

    Budget(Limits limits) {
        this.limits = limits;
    }

    /// Whether one step more is too many. Once it is, it stays so.
    boolean isSpent() {
        if (why.isEmpty()) {
            if (explored >= limits.configurations()) {
                why = String.format(Locale.ROOT, "configurations explored: %,d, which is the limit", explored);
            } else if (explored % BETWEEN_LOOKS == 0 && limits.isOver().getAsBoolean()) {
                why = String.format(Locale.ROOT, "out of time (configurations explored: %,d)", explored);
            }
        }
        explored++;
        return !why.isEmpty();
    }

    /// Whether the time is over, for what takes no steps that are counted here. Once it is, it stays so.
    boolean isOutOfTime() {
        if (why.isEmpty() && limits.isOver().getAsBoolean()) {
            why = "out of time";
        }
        return !why.isEmpty();
    }

    /// Whether so many bytes are too many. Once they are, the budget is spent.
    boolean isTooMuch(long bytes) {
        if (why.isEmpty() && bytes > limits.bytes()) {
            why = String.format(
                    Locale.ROOT,
                    "out of memory (configurations explored: %,d, limit: %,d bytes)",
                    explored,
                    limits.bytes());
        }
        return !why.isEmpty();
    }

    /// How many bytes are too many.
    long bytes() {
        return limits.bytes();
    }

    /// Which limit was reached; empty where none was.
    String why() {
        return why;
    }

    long explored() {
        return explored;
    }
}
