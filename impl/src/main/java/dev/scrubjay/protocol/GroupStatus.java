package dev.scrubjay.protocol;

import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Site;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How a group is, as its leader sees it.
///
/// @param isDegraded whether one loss more may leave the last writes to logs and the archive alone, because
/// at most one of the voters that are heard keeps the state
/// @param healing who is on its way to vote, if somebody is
/// @param stuck why a voter that is lost is not replaced; empty if none has to be
/// @param isUndecided whether the last scrub could not say who is wrong, so that nothing is trimmed
/// @param unverifiedNanos how long ago the last scrub began that found all copies right; nothing if none did
/// that this leader led
public record GroupStatus(
        long generation,
        List<Voter> voters,
        boolean isDegraded,
        Optional<Healing> healing,
        String stuck,
        boolean isUndecided,
        OptionalLong unverifiedNanos) {
    public GroupStatus {
        voters = List.copyOf(voters);
    }

    /// One that votes.
    ///
    /// @param isHeard whether anything came from it lately
    public record Voter(ReplicaId replica, Site site, boolean leads, boolean isHeard) {}

    /// One that is to vote.
    ///
    /// @param known how many slots it said last that it knows chosen
    /// @param of how many its leader does
    public record Healing(ReplicaId replica, long known, long of) {}
}
