package dev.scrubjay.protocol;

/// How long to wait for what, and how much may be under way. Times are in nanoseconds.
///
/// @param heartbeatNanos how often a leader says that it is there, and asks for a longer lease
/// @param resendNanos after how long without an answer a message is sent again
/// @param electionNanosMin how long a replica waits at least for a leader before it asks its peers and stands
/// @param electionNanosSpread how much longer, by chance
/// @param windowMax how many slots a leader proposes in before the first of them is chosen
/// @param catchUpMax how many chosen slots one answer to a replica that is behind holds
/// @param archiving in which pieces what is chosen goes to the archive, and from the log
/// @param lease how long leases are
/// @param sessionsMax how many sessions a leader lets begin
/// @param sessionIdleNanos after how long without a write a leader ends a session
/// @param healing when a voter is replaced
/// @param snapshots how fast a state is given to another replica
/// @param scrub how often states are compared
public record Settings(
        long heartbeatNanos,
        long resendNanos,
        long electionNanosMin,
        long electionNanosSpread,
        int windowMax,
        int catchUpMax,
        Archiving archiving,
        Lease lease,
        int sessionsMax,
        long sessionIdleNanos,
        Healing healing,
        Snapshots snapshots,
        Scrub scrub) {

    private static final long MILLI = 1_000_000;

    /// For a network whose round trip takes a few milliseconds.
    public static final Settings STANDARD = new Settings(
            40 * MILLI,
            40 * MILLI,
            300 * MILLI,
            200 * MILLI,
            32,
            128,
            new Archiving(16, 1_000 * MILLI, 200 * MILLI, 1_024, 4_096),
            new Lease(300 * MILLI, 300 * MILLI, 10),
            10_000,
            5_000 * MILLI,
            new Healing(800 * MILLI, 200 * MILLI, 200 * MILLI),
            new Snapshots(1 << 18, 50 << 20, 10_000 * MILLI, 200 * MILLI),
            new Scrub(60_000 * MILLI, 20_000 * MILLI, 1 << 18, 20 << 20));

    /// In which pieces what is chosen goes to the archive, and what a leader does when that does not keep up.
    ///
    /// @param slots how many slots a piece has
    /// @param nanos after how long one with fewer goes too
    /// @param patienceNanos after how long without an answer the archive is asked again
    /// @param behindMax how many slots may wait to be archived and compared until writes come in one by one
    /// @param refusedFrom from how many on none is let in any more
    public record Archiving(int slots, long nanos, long patienceNanos, int behindMax, int refusedFrom) {}

    /// When a voter is replaced.
    ///
    /// @param silentNanos how long nobody hears a voter until it is taken for lost
    /// @param probeNanos how long the others are asked whether they hear it, when a leader does not
    /// @param hereNanos how often a replica says that it is there, and how far
    public record Healing(long silentNanos, long probeNanos, long hereNanos) {}

    /// How fast a state is given to another replica.
    ///
    /// @param partBytes how much goes at once
    /// @param bytesPerSecond how much goes altogether from one node, whatever its groups are asked for
    /// @param keepNanos after how long without a question a snapshot is closed
    /// @param patienceNanos after how long without a word of it another replica is asked
    public record Snapshots(int partBytes, long bytesPerSecond, long keepNanos, long patienceNanos) {}

    /// How often states are compared.
    ///
    /// @param everyNanos how much time lies between two scrub marks
    /// @param patienceNanos after how long a comparison does without those that did not answer
    /// @param partBytes how much is read at once
    /// @param bytesPerSecond how much is read altogether on one node, of all its groups
    public record Scrub(long everyNanos, long patienceNanos, int partBytes, long bytesPerSecond) {}

    /// How long leases are.
    ///
    /// @param grantNanos how long a grantor minds what it granted
    /// @param grantNanosLongest the longest that ever was, in any version or setting that this group ran
    /// with: so
    ///     long a replica that restarts minds what it may have granted before
    /// @param driftPerMille by how much, in parts of a thousand, a clock may be slower or faster than true
    /// time.
    ///     A clock that does worse breaks consistent reads: this is what the group relies on
    public record Lease(long grantNanos, long grantNanosLongest, int driftPerMille) {
        /// How long a leader counts a grant that is minded so long, from before it asked: less, by what the
        /// leader's clock may be slower than the grantor's. The specification `LeaseClock` says why that is
        /// enough. And less by one: clocks show whole nanoseconds, so between two readings of the grantor's
        /// may lie almost one less than they say.
        public long holdNanos(long minds) {
            return (minds - 1) * (1_000 - driftPerMille) / (1_000 + driftPerMille);
        }

        /// How long a leader goes on without a lease.
        public long termNanos() {
            return holdNanos(grantNanos);
        }
    }
}
