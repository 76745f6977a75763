package dev.scrubjay.simulation;

import dev.scrubjay.node.Host;
import dev.scrubjay.protocol.Seat;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import dev.scrubjay.world.World.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The nodes of a run, the groups that they host, and what nobody but us can see of them: who leads, who
/// reaches whom.
final class Cluster {
    private final SortedMap<Long, List<ReplicaId>> groups;
    private final Links links;
    private final Layout layout;
    private final Settings settings;
    private final Ground ground;
    private final Randomness randomness;
    private final SortedMap<String, SimulatedNode> nodes = new TreeMap<>();

    Cluster(
            Layout layout,
            SortedMap<Long, List<ReplicaId>> groups,
            Settings settings,
            Ground ground,
            Randomness randomness) {
        this.layout = layout;
        this.groups = groups;
        this.links = ground.links();
        this.settings = settings;
        this.ground = ground;
        this.randomness = randomness;
        layout.sites().forEach(this::place);
    }

    private void place(ReplicaId self, Site site) {
        var seat = new Seat(self, site, new TreeSet<>(layout.nodes()));
        var member = new Host.Member(seat, groups, settings);
        nodes.put(self.node(), new SimulatedNode(member, ground, randomness.split()));
    }

    /// A node that lost its disk comes back with another, as somebody else.
    void join(String name) {
        if (node(name).isLost()) {
            ground.disks().joined(name);
            var self = ground.disks().replica(name);
            place(self, layout.site(name));
            ground.exercised().count("nodes joined");
            node(name).powerOn();
        }
    }

    /// Whether a node may lose its disk without breaking the fault contract: what is chosen is elsewhere, and
    /// of every generation whose quorum may be needed most voters are left. That of a former one is needed
    /// until some storage replica knows a later one for good.
    boolean couldSpare(String name) {
        if (!ground.disks().couldSpare(name)) {
            return false;
        }
        return groups.keySet().stream().allMatch(group -> couldSpare(name, group));
    }

    private boolean couldSpare(String name, long group) {
        var disks = ground.disks();
        var left = nodes.values().stream()
                .filter(node -> !node.isLost() && !node.name().equals(name))
                .map(SimulatedNode::self)
                .toList();
        long slots = left.stream()
                .filter(replica -> layout.site(replica.node()).kind() == ReplicaKind.STORAGE)
                .mapToLong(replica -> node(replica.node()).flushed(group))
                .max()
                .orElse(0);
        var needed = new LinkedHashSet<>(disks.proposed(group));
        for (long at = slots; at <= disks.chosenLog(group).size(); at++) {
            needed.add(disks.members(group, at));
        }
        return needed.stream().allMatch(members -> members.isQuorum(left));
    }

    List<Long> groups() {
        return List.copyOf(groups.keySet());
    }

    List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    /// In which zone a node stands.
    String zone(String node) {
        return layout.site(node).zone();
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

    /// Whether a node could lead a group: it votes there and keeps the state, it goes, and with it goes a
    /// quorum that it reaches, and that reaches it.
    boolean couldLead(String node, long group) {
        var goes = reached(node).stream().filter(peer -> node(peer).goes()).toList();
        return node(node).goes()
                && ground.disks().members(group).voters().contains(node(node).self())
                && node(node).kind() == ReplicaKind.STORAGE
                && isQuorum(goes, group);
    }

    /// Whether a node is taken away from the others, themselves on or off: it does not go, or is cut off from
    /// so many that it reaches no quorum.
    boolean isAway(String node, long group) {
        return !node(node).goes() || !isQuorum(reached(node), group);
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

    private boolean isQuorum(List<String> names, long group) {
        return ground.disks()
                .members(group)
                .isQuorum(names.stream().map(name -> node(name).self()).toList());
    }
}
