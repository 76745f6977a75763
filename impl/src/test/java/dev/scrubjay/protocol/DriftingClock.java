package dev.scrubjay.protocol;

/// A clock that runs faster or slower than true time, and may jump.
final class DriftingClock {
    /// What it showed when it began to run at this rate, in parts of a thousand of true time.
    private long reading;

    private long readAt;
    private long rate = 1_000;

    long shows(long now) {
        return reading + (now - readAt) * rate / 1_000;
    }

    void jump(long nanos) {
        reading += nanos;
    }

    void drift(long now, int perMille) {
        reading = shows(now);
        readAt = now;
        rate = 1_000L + perMille;
    }
}
