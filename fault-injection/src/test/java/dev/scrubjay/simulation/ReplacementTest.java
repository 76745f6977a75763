package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Operation;
import dev.scrubjay.protocol.GroupStatus;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import dev.scrubjay.world.World.Way;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What becomes of a group that loses replicas for good.
final class ReplacementTest {
    /// Both spares are in a zone of their own, so that only what they keep makes a difference.
    private static final Layout WITH_SPARES = withSpares();

    private final SmallWorld small = new SmallWorld(3, SmallWorld.LATE, WITH_SPARES);
    private final String leader = small.elect();

    private static Layout withSpares() {
        var layout = Layout.of(List.of("a", "b", "c"));
        var sites = new TreeMap<>(layout.sites());
        sites.put(new ReplicaId("d", 1), new Site(ReplicaKind.LOG, "zone-4", "rack-1"));
        sites.put(new ReplicaId("e", 1), new Site(ReplicaKind.STORAGE, "zone-5", "rack-1"));
        return new Layout(layout.voters(), sites);
    }

    private Set<ReplicaId> voters() {
        return small.disks.members(1).voters();
    }

    private long generation() {
        return small.disks.members(1).generation();
    }

    private String follower() {
        return voters().stream()
                .map(ReplicaId::node)
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
    }

    private void begin(SmallWorld world, String node, int sessions) {
        for (int i = 0; i < sessions; i++) {
            var request = new ClientRequest(i, "t", 0, new Operation.Begin("client-1/" + i));
            world.links.send("client-1", node, FrameForm.encode(new Frame.Asked(1, 0, "client-1", request)));
            world.pass(20);
        }
    }

    private static GroupStatus status(SmallWorld world) {
        return world.cluster.nodes().stream()
                .filter(SimulatedNode::goes)
                .flatMap(node -> node.status(1).stream())
                .findFirst()
                .orElseThrow();
    }

    private boolean allAreThere() {
        return voters().stream()
                .map(voter -> small.cluster.node(voter.node()))
                .allMatch(node -> node.goes() && voters().contains(node.self()));
    }

    /// A log replica votes within two seconds; later a storage replica that has caught up does.
    @Test
    void aLostFollowerIsReplacedByALogReplicaAndThatByAStorageReplica() {
        var off = small.world.powerOff("e").orElseThrow();
        begin(small, leader, 80);
        off.end();
        small.pass(400);
        var lost = follower();
        assertThat(small.world.wipe(lost)).isPresent();
        long at = small.timeline.now();
        while (!allAreThere()) {
            small.pass(10);
        }
        assertThat(small.timeline.now() - at).isLessThan(2_000_000_000L);
        assertThat(voters()).contains(new ReplicaId("d", 1)).doesNotContain(new ReplicaId(lost, 1));
        assertThat(status(small).isDegraded()).isFalse();

        small.pass(2_000);
        assertThat(voters()).contains(new ReplicaId("e", 1)).doesNotContain(new ReplicaId("d", 1));
        assertThat(generation()).isEqualTo(3);
        var log = small.disks.chosenLog(1).size();
        assertThat(small.cluster.node("e").view(1).applied()).isEqualTo(log);
    }

    @Test
    void aLostLeaderIsReplacedToo() {
        begin(small, leader, 5);
        assertThat(small.world.wipe(leader)).isPresent();
        small.pass(2_000);

        assertThat(allAreThere()).isTrue();
        assertThat(voters()).doesNotContain(new ReplicaId(leader, 1));
    }

    /// Each other replica hears it, and says so.
    @Test
    void oneBrokenLinkReplacesNobody() {
        var follower = follower();
        for (var ways : List.of(
                Set.of(new Way(leader, follower), new Way(follower, leader)),
                Set.of(new Way(follower, leader)),
                Set.of(new Way(leader, follower)))) {
            var cut = small.world.cut(ways).orElseThrow();
            small.pass(5_000);
            assertThat(generation()).as("%s", ways).isEqualTo(1);
            assertThat(small.world.leader()).contains(leader);
            cut.end();
            small.pass(500);
        }
    }

    /// The first of them votes no more when the second goes, and comes back as another.
    @Test
    void twoLossesInARowAreSurvivedWhereThereIsTimeBetween() {
        begin(small, leader, 5);
        var first = small.world.wipe(follower()).orElseThrow();
        small.pass(3_000);
        first.end();
        small.pass(2_000);
        assertThat(small.world.wipe(leader)).isPresent();
        small.pass(3_000);

        assertThat(allAreThere()).isTrue();
        assertThat(voters().stream()
                        .map(voter -> small.cluster.node(voter.node()).kind()))
                .containsOnly(ReplicaKind.STORAGE);
        assertThat(small.disks.chosenLog(1)).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void withoutASpareTheGroupSaysSoAndGoesOn() {
        var three = new SmallWorld("a", "b", "c");
        var leads = three.elect();
        assertThat(status(three).voters()).allMatch(GroupStatus.Voter::isHeard);
        var lost = new TreeSet<>(three.world.nodes());
        lost.remove(leads);
        assertThat(three.world.wipe(lost.first())).isPresent();
        three.pass(2_000);

        assertThat(status(three).stuck()).matches(lost.first() + ".1 in zone zone-\\d is lost, and no spare .*");
        assertThat(three.cluster.node(leads).alarms()).anyMatch(alarm -> alarm.contains("no spare replica"));
        begin(three, leads, 2);
        assertThat(three.disks.chosenLog(1)).hasSize(2);
    }

    @Test
    void statusNamesWhoLeadsAndWhoIsSilent() {
        small.pass(500);
        var well = status(small);
        assertThat(well.generation()).isEqualTo(1);
        assertThat(well.voters()).hasSize(3).allMatch(GroupStatus.Voter::isHeard);
        assertThat(well.voters().stream()
                        .filter(GroupStatus.Voter::leads)
                        .map(voter -> voter.replica().node()))
                .containsExactly(leader);
        assertThat(well.isDegraded()).isFalse();
        assertThat(well.healing()).isEmpty();

        var others = new TreeSet<>(Set.of("a", "b", "c", "e"));
        others.remove(leader);
        others.remove(follower());
        others.forEach(node -> small.world.powerOff(node));
        small.pass(900);
        assertThat(status(small).voters().stream().filter(voter -> !voter.isHeard()))
                .hasSize(1);
    }
}
