package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Operation;
import dev.scrubjay.node.Host;
import dev.scrubjay.port.StateStore;
import dev.scrubjay.protocol.Seat;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.World.Moment;
import dev.scrubjay.world.World.Rot;
import dev.scrubjay.world.World.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What faults do to nodes that run the protocol.
final class SimulatedWorldTest {
    private final SmallWorld small = new SmallWorld("a", "b", "c");
    private final SimulatedWorld world = small.world;

    private void ask(String node) {
        ask(small, node);
    }

    private static void ask(SmallWorld small, String node) {
        var request = new ClientRequest(1, "t", 0, new Operation.Begin("client-1/1"));
        small.links.send("client-1", node, FrameForm.encode(new Frame.Asked(1, 0, "client-1", request)));
    }

    private long traced(String action) {
        return small.exercised.counts().getOrDefault("action " + action, 0L);
    }

    @Test
    void aPowerOffTakesANodeUntilItEndsAndFindsItOnce() {
        var off = world.powerOff("a").orElseThrow();
        assertThat(small.cluster.node("a").isOn()).isFalse();
        assertThat(world.powerOff("a")).isEmpty();
        assertThat(world.pause("a")).isEmpty();
        assertThat(world.drift("a", 5_000)).isEmpty();
        assertThat(world.jump("a", 1)).isFalse();

        off.end();
        assertThat(small.cluster.node("a").isOn()).isTrue();
        assertThat(small.exercised.counts()).containsEntry("power-offs", 1L);
    }

    /// Another leads long before the lease would have run out, and all that was written is still there.
    @Test
    void aLeaderThatLeavesHandsOverAndIsSwitchedOffUntilItEnds() {
        var leader = small.elect();
        var leave = world.leave(leader).orElseThrow();
        small.pass(90);
        assertThat(small.cluster.node(leader).isOn()).isTrue();
        assertThat(traced("HandOver")).isEqualTo(1);
        assertThat(world.leader().orElseThrow()).isNotEqualTo(leader);

        small.pass(20);
        assertThat(small.cluster.node(leader).isOn()).isFalse();
        assertThat(small.failovers.nanos()).isEmpty();
        leave.end();
        assertThat(small.cluster.node(leader).isOn()).isTrue();
        assertThat(small.cluster.node(leader).goes()).as("it reads its disk").isFalse();
        small.pass(20);
        assertThat(small.cluster.node(leader).goes()).isTrue();
    }

    @Test
    void whoIsCalledBackInTimeIsNotSwitchedOff() {
        world.leave("a").orElseThrow().end();
        small.pass(1_000);

        assertThat(small.cluster.node("a").isOn()).isTrue();
        assertThat(traced("PowerOff")).isZero();
    }

    /// The power comes back when the power-off ends, and not when the node would have come back itself.
    @Test
    void whoLosesItsPowerWhileItLeavesIsNotSwitchedOffAgainNorOn() {
        var leave = world.leave("a").orElseThrow();
        var off = world.powerOff("a").orElseThrow();
        leave.end();
        assertThat(small.cluster.node("a").isOn()).isFalse();
        off.end();
        var again = world.leave("a").orElseThrow();
        world.powerOff("a").orElseThrow().end();
        small.pass(1_000);

        assertThat(small.cluster.node("a").isOn()).isTrue();
        assertThat(traced("PowerOff")).isEqualTo(2);
        again.end();
    }

    @Test
    void whoIsOffOrStandsStillIsNotToldToStop() {
        world.powerOff("a");
        world.pause("b");

        assertThat(world.leave("a")).isEmpty();
        assertThat(world.leave("b")).isEmpty();
    }

    /// What it misses is an election; when it goes on, it hears of the new leader.
    @Test
    void aPausedLeaderDoesNothingAndFollowsWhenItGoesOn() {
        var leader = small.elect();
        var pause = world.pause(leader).orElseThrow();
        small.pass(2_000);
        assertThat(small.cluster.node(leader).goes()).isFalse();
        var next = world.leader().orElseThrow();
        assertThat(next).isNotEqualTo(leader);
        assertThat(small.cluster.node(leader).leads(1)).as("by its own account").isTrue();

        pause.end();
        small.pass(200);
        assertThat(small.cluster.node(leader).leads(1)).isFalse();
        assertThat(world.leader()).contains(next);
    }

    @Test
    void aPauseEndsWithThePowerAndItsEndIsNoneOfTheNextLifes() {
        var pause = world.pause("a").orElseThrow();
        world.powerOff("a").orElseThrow().end();
        small.pass(20);
        assertThat(small.cluster.node("a").goes()).isTrue();

        var next = world.pause("a").orElseThrow();
        pause.end();
        assertThat(small.cluster.node("a").goes()).isFalse();

        next.end();
        assertThat(small.cluster.node("a").goes()).isTrue();
    }

    @Test
    void aFaultAtARequestStrikesWhenItHasArrivedAndIsNotTaken() {
        var leader = small.elect();
        var paused = new ArrayList<String>();
        world.when(
                Moment.AT_A_REQUEST,
                () -> leader,
                () -> paused.add(world.pause(leader).isPresent() + ""));
        ask(leader.equals("a") ? "b" : "a");
        small.pass(10);
        assertThat(paused).as("another node was asked").isEmpty();

        ask(leader);
        small.pass(10);
        assertThat(paused).containsExactly("true");
        assertThat(traced("Ask")).as("it arrived, and was not taken").isZero();
        assertThat(small.exercised.counts().get("frames that waited out a pause"))
                .isPositive();
    }

    /// What the leader wrote is on its way to the disk: in one world it gets there, in another it is lost.
    @Test
    void aPowerOffDuringASyncStrikesBeforeThatReturnsAndMayLoseWhatWasWritten() {
        var losses = new TreeSet<Long>();
        for (long seed = 1; seed <= 10; seed++) {
            var other = new SmallWorld(seed, "a", "b", "c");
            var leader = other.elect();
            other.pass(100);
            var did = new ArrayList<String>();
            other.traces.heardBy((_, replica, _, _, event) -> {
                if (replica.node().equals(leader)) {
                    did.add(event.action());
                }
            });
            other.world.when(Moment.DURING_A_SYNC, () -> leader, () -> other.world.powerOff(leader));
            other.pass(100);
            assertThat(did).as("nothing is written").doesNotContain("PowerOff");

            ask(other, leader);
            other.pass(50);
            assertThat(did).contains("Propose").doesNotContain("Sync").endsWith("PowerOff");
            losses.add(other.exercised.counts().getOrDefault("records lost", 0L));
        }

        assertThat(losses).containsExactly(0L, 1L);
    }

    /// The second waits for the next one, and a follower's is not the leader's.
    @Test
    void aMomentIsOneNodesAndOneFaultsAlone() {
        var leader = small.elect();
        small.pass(100);
        var struck = new ArrayList<String>();
        world.when(Moment.DURING_A_SYNC, () -> leader, () -> struck.add("first"));
        world.when(Moment.DURING_A_SYNC, () -> leader, () -> struck.add("second"));
        world.when(Moment.AT_A_REQUEST, () -> leader, () -> struck.add("asked"));
        world.when(Moment.AT_ONCE, () -> leader, () -> struck.add("at once"));
        world.syncing(leader.equals("a") ? "b" : "a");
        assertThat(struck).containsExactly("at once");

        world.syncing(leader);
        assertThat(struck).containsExactly("at once", "first");
        world.syncing(leader);
        world.syncing(leader);
        assertThat(struck).containsExactly("at once", "first", "second");
    }

    @Test
    void aLeaderThatIsCutOffIsReplacedAndTheOneWithTheHigherBallotLeads() {
        var leader = small.elect();
        var ways = new LinkedHashSet<Way>();
        for (var other : world.nodes()) {
            if (!other.equals(leader)) {
                ways.add(new Way(leader, other));
                ways.add(new Way(other, leader));
            }
        }
        var cut = world.cut(ways).orElseThrow();
        small.pass(2_000);
        assertThat(world.leader().orElseThrow()).isNotEqualTo(leader);
        assertThat(small.cluster.isAway(leader, 1)).isTrue();

        cut.end();
        assertThat(small.cluster.isAway(leader, 1)).isFalse();
    }

    /// A clock that stands still lets its node wait for its leader for ever.
    @Test
    void aClockThatStandsStillIsTheNodesOwn() {
        var leader = small.elect();
        for (var node : world.nodes()) {
            assertThat(world.drift(node, 0)).isPresent();
        }
        var off = world.powerOff(leader);
        long stood = traced("Stand");
        small.pass(5_000);

        assertThat(off).isPresent();
        assertThat(traced("Stand")).isEqualTo(stood);
    }

    // ---------------------------------------------------------------- disks

    private static void write(SmallWorld small, String node, int times) {
        for (int i = 0; i < times; i++) {
            var request = new ClientRequest(i + 2, "t", 0, new Operation.Begin("client-2/" + i));
            small.links.send("client-2", node, FrameForm.encode(new Frame.Asked(1, 0, "client-2", request)));
            small.pass(100);
        }
    }

    /// What a recovery finds.
    private static List<Recovered> found(SmallWorld small, ReplicaId self) {
        var log = new Host.Member(new Seat(self), new TreeMap<>(), Settings.STANDARD).log();
        var disk = small.cluster.node(self.node()).disk().orElseThrow();
        return ((Recovery.Whole) Glance.at(disk, log)).records();
    }

    /// The entries that can be read on the disk of any node.
    private static Set<Entry> readable(SmallWorld small) {
        var entries = new HashSet<Entry>();
        for (var self : small.replicas) {
            for (var record : found(small, self)) {
                if (record instanceof Recovered.Intact(var _, Logged(var _, LogRecord.Accept accept))) {
                    entries.add(accept.entry());
                }
            }
        }
        return entries;
    }

    private long counted(String what) {
        return small.exercised.counts().getOrDefault(what, 0L);
    }

    /// Its process is gone at once, and another leads; a second later it is back and follows.
    @Test
    void aNodeWhoseSyncFailsStopsAndIsStartedAgain() {
        var leader = small.elect();
        small.pass(100);
        var failing = world.failSync(leader).orElseThrow();
        assertThat(world.failSync(leader)).isEmpty();
        assertThat(small.cluster.node(leader).isOn()).isTrue();

        ask(leader);
        small.pass(20);
        assertThat(small.cluster.node(leader).isOn()).isFalse();
        small.pass(900);
        assertThat(small.cluster.node(leader).isOn()).isFalse();
        assertThat(world.leader().orElseThrow()).isNotEqualTo(leader);
        small.pass(200);
        assertThat(small.cluster.node(leader).goes()).isTrue();
        assertThat(traced("PowerOff")).isEqualTo(1);
        assertThat(counted("syncs failed")).isEqualTo(1);
        failing.end();
        small.pass(2_000);
        assertThat(counted("syncs failed")).isEqualTo(1);
    }

    @Test
    void aSyncThatIsToFailWhenThatIsOverDoesNot() {
        var leader = small.elect();
        small.pass(100);
        world.failSync(leader).orElseThrow().end();
        write(small, leader, 5);

        assertThat(counted("syncs failed")).isZero();
        assertThat(world.failSync(leader)).isPresent();
    }

    /// What the failed sync was to write is in the memory of the system when the power goes: it is there in
    /// one world, and lost in another. Nobody was told that it is there.
    @Test
    void whatASyncFailedToWriteMayBeLostWithThePower() {
        var losses = new TreeSet<Long>();
        for (long seed = 1; seed <= 12; seed++) {
            var other = new SmallWorld(seed, "a", "b", "c");
            var leader = other.elect();
            other.pass(100);
            other.world.failSync(leader);
            ask(other, leader);
            other.pass(20);
            assertThat(other.cluster.node(leader).isOn()).isFalse();

            var off = other.world.powerOff(leader).orElseThrow();
            losses.add(other.exercised.counts().getOrDefault("records lost", 0L));
            other.pass(2_000);
            assertThat(other.cluster.node(leader).isOn()).as("without power").isFalse();
            off.end();
            other.pass(50);
            assertThat(other.cluster.node(leader).goes()).isTrue();
        }

        assertThat(losses).containsExactly(0L, 1L);
    }

    @Test
    void aDiskThatIsStuckLetsNoSyncReturnUntilItEnds() {
        var leader = small.elect();
        small.pass(100);
        var stuck = world.stuckDisk(leader).orElseThrow();
        long synced = traced("Sync");
        ask(leader);
        small.pass(20);
        assertThat(small.cluster.node(leader).goes()).isTrue();
        assertThat(traced("Propose")).isPositive();
        assertThat(traced("Sync")).as("of the two others").isEqualTo(synced + 2);

        stuck.end();
        assertThat(traced("Sync")).isEqualTo(synced + 3);
        assertThat(counted("syncs that were stuck")).isEqualTo(1);
    }

    @Test
    void aSlowDiskTakesSoManyTimesAsLong() {
        var leader = small.elect();
        small.pass(100);
        var slow = world.slowDisk(leader, 1_000).orElseThrow();
        long synced = traced("Sync");
        ask(leader);
        small.pass(400);
        assertThat(traced("Sync")).isEqualTo(synced + 2);

        slow.end();
        small.pass(10_000);
        assertThat(traced("Sync")).isGreaterThan(synced + 2);
    }

    /// It goes on as long as its segment has room, and comes back when there is room for another.
    @Test
    void aNodeWhoseDiskIsFullStopsWhenItNeedsASegmentAndComesBackWhenItEnds() {
        var leader = small.elect();
        var full = world.fullDisk(leader).orElseThrow();
        write(small, leader, 3);
        assertThat(small.cluster.node(leader).goes()).isTrue();
        world.powerOff(leader).orElseThrow().end();
        small.pass(5_000);
        assertThat(counted("files refused by a full disk")).isGreaterThan(2);

        full.end();
        small.pass(1_200);
        assertThat(small.cluster.node(leader).goes()).isTrue();
        long stopped = counted("nodes stopped by their disk");
        small.pass(2_000);
        assertThat(counted("nodes stopped by their disk")).isEqualTo(stopped);
    }

    @Test
    void aNodeWhoseDiskCannotBeReadKnowsNothingAndTriesAgain() {
        var leader = small.elect();
        write(small, leader, 3);
        var errors = world.readErrors(leader).orElseThrow();
        assertThat(small.cluster.node(leader).goes()).as("nothing is read").isTrue();
        world.powerOff(leader).orElseThrow().end();
        small.pass(3_500);
        assertThat(small.cluster.node(leader).isOn()).isFalse();
        assertThat(counted("recoveries that know nothing")).isEqualTo(4);

        errors.end();
        small.pass(1_000);
        assertThat(small.cluster.node(leader).goes()).isTrue();
        assertThat(traced("PowerOff")).isEqualTo(1);
    }

    /// The first of three that goes is spared by the other two; a second would be a majority. What comes in
    /// its place is another, which does not vote.
    @Test
    void aWipedDiskTakesItsReplicaForGoodAndNoMajorityOfThem() {
        var leader = small.elect();
        write(small, leader, 3);
        var lost = world.wipe(leader).orElseThrow();
        assertThat(small.cluster.node(leader).isLost()).isTrue();
        assertThat(world.powerOff(leader)).isEmpty();
        assertThat(world.failSync(leader)).isEmpty();
        assertThat(world.rot(leader, Rot.FLIPPED)).isEmpty();
        small.cluster.node(leader).powerOn();
        small.pass(3_000);
        assertThat(small.cluster.node(leader).isOn()).isFalse();

        for (var node : world.nodes()) {
            assertThat(world.wipe(node)).isEmpty();
        }
        assertThat(counted("nodes lost")).isEqualTo(1);
        assertThat(world.leader()).isPresent();

        assertThat(world.originals()).hasSize(2).doesNotContain(leader);
        lost.end();
        assertThat(small.cluster.node(leader).self()).isEqualTo(new ReplicaId(leader, 2));
        assertThat(world.originals()).hasSize(2).doesNotContain(leader);
    }

    /// What is chosen is on three disks, or on two: so much rots until one copy is left, and no more. Whoever
    /// restarts finds each record, as it was or named.
    @Test
    void whatRotsLeavesOneCopyOfWhatAQuorumHas() {
        for (var rot : Rot.values()) {
            var other = new SmallWorld("a", "b", "c");
            var leader = other.elect();
            write(other, leader, 12);
            long rotted = 0;
            for (int i = 0; i < 300; i++) {
                for (var node : other.world.nodes()) {
                    rotted += other.world.rot(node, rot).isPresent() ? 1 : 0;
                }
            }
            var counts = other.exercised.counts();
            assertThat(rotted).as(rot.toString()).isBetween(8L, 60L);
            assertThat(counts.get("records corrupted")).isGreaterThanOrEqualTo(rotted);
            for (var node : other.world.nodes()) {
                assertThat(other.world.powerOff(node)).isPresent();
            }
            assertThat(other.disks.chosenLog(1)).hasSizeGreaterThan(10);
            assertThat(readable(other)).containsAll(other.disks.chosenLog(1));
        }
    }

    /// Whichever sector of a batch it is: a recovery finds the records that lie in it corrupt, and no others.
    @Test
    void whatTheWorldTakesForCorruptIsWhatARecoveryCannotRead() {
        long found = 0;
        for (var rot : Rot.values()) {
            var other = new SmallWorld("a", "b", "c");
            var leader = other.elect();
            write(other, leader, 12);
            for (int i = 0; i < 40; i++) {
                other.world.rot(leader, rot);
            }
            long corrupt = found(other, new ReplicaId(leader, 1)).stream()
                    .filter(Recovered.Corrupt.class::isInstance)
                    .count();
            assertThat(corrupt).isEqualTo(other.exercised.counts().get("records corrupted"));
            found += corrupt;
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void aStateThatRotsIsMadeAgainFromTheLog() {
        var leader = small.elect();
        write(small, leader, 5);
        var follower = world.nodes().stream()
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
        var before = small.cluster.node(follower).view(1).sessions();

        var rot = world.rotState(follower).orElseThrow();
        assertThatThrownBy(() -> small.cluster.node(follower).view(1).sessions())
                .isInstanceOf(StateStore.CorruptException.class);
        rot.end();
        small.pass(1_000);

        assertThat(counted("states rotted")).isEqualTo(1);
        assertThat(counted("states found corrupt")).isEqualTo(1);
        assertThat(small.cluster.node(follower).view(1).sessions())
                .isEqualTo(before)
                .isNotEmpty();
    }

    /// A node that applies something notices by itself: it stops, and its supervisor starts it again.
    @Test
    void aStateThatRotsUnderANodeStopsIt() {
        var leader = small.elect();
        write(small, leader, 5);
        var rot = world.rotState(leader).orElseThrow();
        write(small, leader, 1);
        assertThat(small.cluster.node(leader).isOn()).isFalse();

        small.pass(2_000);
        assertThat(small.cluster.node(leader).goes()).isTrue();
        rot.end();
        assertThat(small.cluster.node(leader).goes())
                .as("it is another life of the node")
                .isTrue();
    }

    @Test
    void whatADiskDropsIsGoneWithThePowerAndSafeWithTheNextSync() {
        var leader = small.elect();
        var drops = world.dropSyncs(leader).orElseThrow();
        write(small, leader, 5);
        assertThat(counted("syncs dropped")).isPositive();
        drops.end();
        write(small, leader, 1);
        assertThat(world.powerOff(leader)).isPresent();

        var other = small.elect();
        world.dropSyncs(other);
        write(small, other, 5);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        world.powerOff(other).orElseThrow().end();
                        small.pass(1_000);
                    }
                })
                .isInstanceOf(Invariant.Violation.class)
                .hasMessageContaining(other + " had synced ");
    }

    @Test
    void aDiskWithASingleBatchDoesNotRot() {
        small.pass(10);

        assertThat(world.rot("a", Rot.FLIPPED)).isEmpty();
        assertThat(counted("sectors rotted")).isZero();
    }
}
