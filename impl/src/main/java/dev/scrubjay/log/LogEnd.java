package dev.scrubjay.log;

import java.util.List;

/// Where a log goes on after a recovery: always in a segment of its own, never behind what was found.
///
/// @param log which log it is
/// @param segment the number of the next segment
/// @param batch the number of the next batch
/// @param needed the first segment that is still needed
/// @param leftovers segments that were trimmed, and came back or never went
/// @param isNew whether no segment was ever begun. An empty disk looks the same, and the owner of the log
/// must know which of the two it is
public record LogEnd(long log, long segment, long batch, long needed, List<Long> leftovers, boolean isNew) {
    public LogEnd {
        leftovers = List.copyOf(leftovers);
    }
}
