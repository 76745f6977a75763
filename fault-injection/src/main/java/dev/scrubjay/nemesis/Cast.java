package dev.scrubjay.nemesis;

import dev.scrubjay.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Who plays which part in a fault: all nodes in a row, the first of which is struck first. Decided when the
/// fault strikes. Where nobody leads, the first node by name passes for the leader.
///
/// @param leaderFirst whether the leader is the first or the last
/// @param turn with which of the others their row begins, so that each gets its turn
public record Cast(boolean leaderFirst, int turn) {
    /// Whom it strikes first, if it strikes now.
    public String first(World world) {
        return in(world).getFirst();
    }

    List<String> in(World world) {
        var nodes = new ArrayList<>(world.nodes());
        var leader = world.leader().orElse(nodes.getFirst());
        nodes.remove(leader);
        Collections.rotate(nodes, -turn);
        nodes.add(leaderFirst ? 0 : nodes.size(), leader);
        return nodes;
    }
}
