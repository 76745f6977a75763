package dev.scrubjay.workload;

/// The traffic of a run.
///
/// @param clients how many clients there are; each has one request open at a time
/// @param keys how many keys each group holds
/// @param shares how often they ask for what
/// @param pauseNanos how long a client waits on average between two requests
/// @param retryNanos after how long without a reply a client sends its request again, elsewhere
/// @param patienceNanos after how long without an answer a client gives up and does not know
public record Workload(int clients, int keys, Shares shares, long pauseNanos, long retryNanos, long patienceNanos) {

    /// A bit of everything.
    public Workload(int clients, int keys, long pauseNanos, long retryNanos, long patienceNanos) {
        this(clients, keys, Shares.STANDARD, pauseNanos, retryNanos, patienceNanos);
    }

    /// The same, of another size.
    public Workload sized(int otherClients, int otherKeys) {
        return new Workload(otherClients, otherKeys, shares, pauseNanos, retryNanos, patienceNanos);
    }
}
