package dev.scrubjay.workload;

/// The traffic of a run.
///
/// @param clients how many clients there are; each has one request open at a time
/// @param keys how many keys each group holds
/// @param pauseNanos how long a client waits on average between two requests
/// @param retryNanos after how long without a reply a client sends its request again, elsewhere
/// @param patienceNanos after how long without an answer a client gives up and does not know
public record Workload(int clients, int keys, long pauseNanos, long retryNanos, long patienceNanos) {}
