package dev.scrubjay.simulation;

import dev.scrubjay.port.Clock;
import dev.scrubjay.protocol.GroupStatus;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.value.ReplicaId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// When a leader says that a scrub found all copies right, then none of them was wrong when its mark came.
final class ScrubFindsInv extends Invariant implements StepWatcher {
    /// A leader's clock may be wrong by less than that part of what it says.
    private static final long CLOCKS_ARE_WRONG_BY = 50;

    private static final long SECOND = 1_000_000_000;

    private final Timeline timeline;
    private final Wrongs wrongs;
    private final Map<String, Clock> clocks = new HashMap<>();

    ScrubFindsInv(Timeline timeline, Wrongs wrongs) {
        this.timeline = timeline;
        this.wrongs = wrongs;
    }

    @Override
    void poweredOn(String node, long group, ReplicaView view, Clock clock) {
        clocks.put(node, clock);
    }

    @Override
    public void stepped(String node, long group, ReplicaView view) {
        var clock = clocks.get(node);
        if (clock != null && view.role() == Role.LEADER && wrongs.in(group).isPresent()) {
            view.status(clock.now())
                    .map(GroupStatus::unverifiedNanos)
                    .orElse(OptionalLong.empty())
                    .ifPresent(unverified -> look(node, group, view.members().voters(), unverified));
        }
    }

    /// Looks at what this leader says that it has verified.
    ///
    /// @param voters those of the generation that it knows: of a later one it cannot speak
    void look(String leader, long group, Collection<ReplicaId> voters, long unverified) {
        long verified = timeline.now() - unverified - unverified / CLOCKS_ARE_WRONG_BY - SECOND;
        for (var voter : voters) {
            wrongs.of(voter.node(), group)
                    .filter(wrong -> wrong.since() < verified)
                    .ifPresent(wrong -> {
                        throw broken(leader + " says that all copies of group " + group + " were right "
                                + unverified / 1_000_000 + " ms ago, and " + voter + " has " + wrong.wrong()
                                + " under " + wrong.key() + " instead of " + wrong.right() + " since "
                                + (timeline.now() - wrong.since()) / 1_000_000 + " ms");
                    });
        }
    }
}
