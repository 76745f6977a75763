package dev.scrubjay.protocol;

/// How fast a node gives snapshots away, those of all its groups together.
final class Pace {
    private static final long SECOND = 1_000_000_000;

    private final long bytesPerSecond;
    private long freeAt = Long.MIN_VALUE;

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    boolean isFree(long now) {
        return now >= freeAt;
    }

    void took(long now, long bytes) {
        freeAt = now + bytes * SECOND / bytesPerSecond;
    }
}
