package dev.scrubjay.simulation;

import dev.scrubjay.node.Host;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.World.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The nodes of a run, the groups that they host, and what nobody but us can see of them: who leads, who
/// reaches whom.
final class Cluster {
    private final SortedMap<Long, List<ReplicaId>> groups;
    private final Links links;
    private final SortedMap<String, SimulatedNode> nodes = new TreeMap<>();

    Cluster(
            List<ReplicaId> replicas,
            SortedMap<Long, List<ReplicaId>> groups,
            Settings settings,
            Ground ground,
            Randomness randomness) {
        this.groups = groups;
        this.links = ground.links();
        for (var self : replicas) {
            var member = new Host.Member(self, groups, settings);
            nodes.put(self.node(), new SimulatedNode(member, ground, randomness.split()));
        }
    }

    List<Long> groups() {
        return List.copyOf(groups.keySet());
    }

    List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    List<SimulatedNode> nodes() {
        return List.copyOf(nodes.values());
    }

    SimulatedNode node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name + "; there are " + nodes.keySet());
        }
        return node;
    }

    /// Who leads the first group that has a leader. Of several who take themselves for the leader, the one
    /// with the highest ballot is right.
    Optional<String> leader() {
        for (long group : groups.keySet()) {
            var leader = names().stream()
                    .filter(name -> node(name).leads(group))
                    .max(Comparator.comparing((String name) -> ballot(name, group)));
            if (leader.isPresent()) {
                return leader;
            }
        }
        return Optional.empty();
    }

    private Ballot ballot(String node, long group) {
        return node(node).view(group).promisedBallot();
    }

    /// Whether a node could lead: it goes, and with it goes a quorum that it reaches, and that reaches it.
    boolean couldLead(String node) {
        return node(node).goes()
                && isQuorum(
                        reached(node).stream().filter(peer -> node(peer).goes()).count());
    }

    /// Whether a node is taken away from the others, themselves on or off: it does not go, or is cut off from
    /// so many that it reaches no quorum.
    boolean isAway(String node) {
        return !node(node).goes() || !isQuorum(reached(node).size());
    }

    /// Whom a node reaches and is reached by, itself among them.
    private List<String> reached(String node) {
        var reached = new ArrayList<String>();
        for (var peer : nodes.keySet()) {
            if (!links.isCut(new Way(node, peer)) && !links.isCut(new Way(peer, node))) {
                reached.add(peer);
            }
        }
        return reached;
    }

    private boolean isQuorum(long count) {
        return 2 * count > nodes.size();
    }
}
