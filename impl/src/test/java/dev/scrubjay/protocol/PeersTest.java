package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whom a leader takes for lost, and who it finds to vote instead. Here a leads, and a replica is silent
/// when nothing came from it for a hundred; others are asked for twenty.
final class PeersTest {
    private static final ReplicaId A = replica("a");
    private static final ReplicaId B = replica("b");
    private static final ReplicaId C = replica("c");
    private static final ReplicaId D = replica("d");
    private static final ReplicaId E = replica("e");
    private static final Members MEMBERS = Members.first(List.of(A, B, C));
    private static final long KNOWN = 1_000;

    private final Peers peers = new Peers(StepSettings.with(new Settings.Healing(100, 20, 10)));

    PeersTest() {
        peers.begin(MEMBERS, 0);
        here(B, ReplicaKind.STORAGE, "2", "1", KNOWN, 0);
        here(C, ReplicaKind.STORAGE, "3", "1", KNOWN, 0);
        here(A, ReplicaKind.STORAGE, "1", "1", KNOWN, 0);
    }

    private void here(ReplicaId replica, ReplicaKind kind, String zone, String rack, long applied, long now) {
        peers.here(replica, new Message.Here(new Site(kind, zone, rack), applied, applied), now);
    }

    private Peers.Plan plan(long now) {
        return peers.plan(MEMBERS, A, KNOWN, now);
    }

    /// All others but c are heard at this time, and asked about c from when it was silent.
    private void silentUntil(long now) {
        for (long time = 10; time <= now; time += 10) {
            peers.heard(A, time);
            peers.heard(B, time);
            peers.silent(MEMBERS, A, time);
        }
    }

    @Test
    void whoIsHeardIsNotAskedAbout() {
        assertThat(peers.silent(MEMBERS, A, 99)).isEmpty();
        assertThat(peers.silent(MEMBERS, A, 100)).containsExactly(B, C);
        peers.heard(B, 100);
        assertThat(peers.silent(MEMBERS, A, 199)).containsExactly(C);
        assertThat(plan(119)).isEqualTo(new Peers.Plan.Rest());
    }

    @Test
    void whoNobodyHearsIsReplacedWhenTheOthersHadTimeToSaySo() {
        silentUntil(110);
        here(D, ReplicaKind.LOG, "3", "2", 0, 110);

        assertThat(plan(119)).isEqualTo(new Peers.Plan.Rest());
        assertThat(plan(120)).isEqualTo(new Peers.Plan.Replace(C, D));
    }

    @Test
    void whoIsHeardAgainOrByAnotherIsNotLost() {
        silentUntil(110);
        here(D, ReplicaKind.LOG, "3", "2", 0, 110);
        peers.vouched(C, 105);
        assertThat(plan(150)).isEqualTo(new Peers.Plan.Rest());
        assertThat(plan(204)).isEqualTo(new Peers.Plan.Rest());
        here(D, ReplicaKind.LOG, "3", "2", 0, 200);
        assertThat(plan(206)).as("heard by nobody since").isEqualTo(new Peers.Plan.Replace(C, D));

        var others = new PeersTest();
        others.silentUntil(110);
        others.here(D, ReplicaKind.LOG, "3", "2", 0, 110);
        others.peers.heard(C, 115);
        assertThat(others.plan(150)).isEqualTo(new Peers.Plan.Rest());
    }

    /// That it was heard before it fell silent proves nothing.
    @Test
    void whoWasHeardByAnotherBeforeIsLostAllTheSame() {
        peers.vouched(C, 50);
        silentUntil(110);
        here(D, ReplicaKind.LOG, "3", "2", 0, 110);

        assertThat(plan(120)).isEqualTo(new Peers.Plan.Replace(C, D));
    }

    @Test
    void withoutASpareItSaysWhoIsLost() {
        silentUntil(150);

        assertThat(plan(150))
                .isEqualTo(new Peers.Plan.Stuck("c.1 in zone 3 is lost, and no spare replica was heard of"));
        here(D, ReplicaKind.LOG, "3", "2", 0, 50);
        assertThat(plan(150)).as("a spare that is silent too").isInstanceOf(Peers.Plan.Stuck.class);
    }

    /// A zone of its own matters more than what a spare has already, and a rack of its own more than
    /// nothing.
    @Test
    void theBestPlaceComesFirst() {
        silentUntil(110);
        here(D, ReplicaKind.STORAGE, "2", "1", KNOWN, 110);
        assertThat(plan(120)).isEqualTo(new Peers.Plan.Replace(C, D));
        here(E, ReplicaKind.LOG, "2", "2", 0, 110);
        assertThat(plan(120)).as("another rack").isEqualTo(new Peers.Plan.Replace(C, E));
        here(D, ReplicaKind.LOG, "4", "1", 0, 110);
        assertThat(plan(120)).as("another zone").isEqualTo(new Peers.Plan.Replace(C, D));
        here(E, ReplicaKind.LOG, "3", "1", 0, 110);
        assertThat(plan(120)).as("the same zone").isEqualTo(new Peers.Plan.Replace(C, E));
    }

    /// First of all there has to be another voter soon. A storage replica that stands better and has
    /// nothing yet comes in the place of that one later.
    @Test
    void whoIsReadySoonComesBeforeWhoStandsBetter() {
        silentUntil(110);
        here(D, ReplicaKind.STORAGE, "3", "2", 10, 110);
        here(E, ReplicaKind.LOG, "2", "1", 0, 110);
        assertThat(plan(120)).isEqualTo(new Peers.Plan.Replace(C, E));
    }

    /// Where a voter is lost, the log is enough; where a log replica stands in for one, the state has to
    /// be there.
    @Test
    void whatItTakesToVoteDependsOnWhomItReplaces() {
        peers.here(D, new Message.Here(new Site(ReplicaKind.STORAGE, "3", "2"), KNOWN, 10), 0);
        assertThat(peers.isReady(D, C, KNOWN, 50)).isFalse();
        assertThat(peers.isReady(D, C, KNOWN, 100)).as("c is silent").isTrue();
        here(D, ReplicaKind.STORAGE, "3", "2", KNOWN - 4, 0);
        assertThat(peers.isReady(D, C, KNOWN, 50)).isTrue();
        here(D, ReplicaKind.STORAGE, "3", "2", KNOWN - 5, 0);
        assertThat(peers.isReady(D, C, KNOWN, 100)).isFalse();
    }

    /// Who has it all votes at once, and a log replica needs the recent log alone.
    @Test
    void inTheSamePlaceWhoIsReadySoonestComesFirst() {
        silentUntil(110);
        here(D, ReplicaKind.STORAGE, "3", "2", 10, 110);
        assertThat(plan(120)).isEqualTo(new Peers.Plan.Replace(C, D));
        here(E, ReplicaKind.LOG, "3", "2", 0, 110);
        assertThat(plan(120)).isEqualTo(new Peers.Plan.Replace(C, E));
        here(D, ReplicaKind.STORAGE, "3", "2", KNOWN - 4, 110);
        assertThat(plan(120)).isEqualTo(new Peers.Plan.Replace(C, D));
    }

    @Test
    void aLogReplicaVotesUntilAStorageReplicaIsThere() {
        here(C, ReplicaKind.LOG, "3", "1", 0, 0);
        assertThat(plan(10)).isEqualTo(new Peers.Plan.Rest());
        here(D, ReplicaKind.LOG, "3", "2", 0, 0);
        assertThat(plan(10)).isEqualTo(new Peers.Plan.Rest());
        here(E, ReplicaKind.STORAGE, "2", "2", 0, 0);
        assertThat(plan(10)).isEqualTo(new Peers.Plan.Replace(C, E));
        assertThat(plan(100)).as("a spare that is silent").isEqualTo(new Peers.Plan.Rest());
    }
}
