package dev.scrubjay.protocol;

/// How long to wait for what, and how much may be under way. Times are in nanoseconds.
///
/// @param heartbeatNanos how often a leader says that it is there
/// @param resendNanos after how long without an answer a message is sent again
/// @param electionNanosMin how long a replica waits at least for a leader before it stands itself
/// @param electionNanosSpread how much longer, by chance
/// @param windowMax how many slots a leader proposes in before the first of them is chosen
/// @param catchUpMax how many chosen slots one answer to a replica that is behind holds
public record Settings(
        long heartbeatNanos,
        long resendNanos,
        long electionNanosMin,
        long electionNanosSpread,
        int windowMax,
        int catchUpMax) {

    private static final long MILLI = 1_000_000;

    /// For a network whose round trip takes a few milliseconds.
    public static final Settings STANDARD = new Settings(40 * MILLI, 40 * MILLI, 200 * MILLI, 200 * MILLI, 32, 128);
}
