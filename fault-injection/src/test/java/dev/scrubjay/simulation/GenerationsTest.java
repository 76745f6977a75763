package dev.scrubjay.simulation;

import static dev.scrubjay.simulation.InvariantsTest.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Operation;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is chosen where voters change, and what must not be then. Here a, b and c vote, and d is to vote
/// in the place of c.
final class GenerationsTest {
    private static final Ballot ONE = new Ballot(1, new ReplicaId("a", 1));
    private static final Members FIRST = Members.first(replicas("a", "b", "c"));
    private static final Entry D_FOR_C = FIRST.replacedBy(replicas("a", "b", "d"));
    private static final Entry WRITE = new Entry.Write(1, 1, new Request.Put("colour", "blue"));

    private final Disks disks = new Disks(replicas("a", "b", "c"), true);
    private final Map<String, Integer> written = new HashMap<>();

    private static List<ReplicaId> replicas(String... nodes) {
        return Stream.of(nodes).map(node -> new ReplicaId(node, 1)).toList();
    }

    private GenerationsTest synced(long generation, long slot, Entry entry, String... nodes) {
        for (var node : nodes) {
            disks.wrote(node, List.of(new Logged(1, new LogRecord.Accept(ONE, generation, slot, entry))));
            disks.sync(node, written.merge(node, 1, Integer::sum));
        }
        return this;
    }

    @Test
    void otherVotersAreChosenByMostOfBothGenerations() {
        synced(1, 1, D_FOR_C, "b", "c");
        assertThat(disks.chosenLog(1)).as("most of the old ones").isEmpty();
        assertThat(disks.proposed(1)).containsExactly(FIRST.after(D_FOR_C));
        synced(1, 1, D_FOR_C, "d");
        assertThat(disks.chosenLog(1)).containsExactly(D_FOR_C);
        assertThat(disks.members(1)).isEqualTo(FIRST.after(D_FOR_C));
        assertThat(disks.proposed(1)).isEmpty();

        var others = new GenerationsTest().synced(1, 1, D_FOR_C, "b", "d");
        assertThat(others.disks.chosenLog(1)).as("most of the new ones").isEmpty();
    }

    @Test
    void whatIsProposedToOneGenerationIsNotChosenByAnother() {
        synced(1, 1, D_FOR_C, "a", "b", "d").synced(1, 2, WRITE, "a", "b", "c");
        assertThat(disks.chosenLog(1)).hasSize(1);
        synced(2, 2, WRITE, "a", "c");
        assertThat(disks.chosenLog(1)).as("c votes no more").hasSize(1);
        synced(2, 2, WRITE, "d");
        assertThat(disks.chosenLog(1)).hasSize(2);
        assertThat(disks.members(1, 0)).isEqualTo(FIRST);
        assertThat(disks.members(1, 1)).isEqualTo(FIRST.after(D_FOR_C));
    }

    /// Slot 2 was there first.
    @Test
    void whoVotesInASlotIsKnownWhenAllBeforeIsChosen() {
        synced(2, 2, WRITE, "b", "d");
        assertThat(disks.chosenLog(1)).isEmpty();
        synced(1, 1, D_FOR_C, "a", "b");
        assertThat(disks.chosenLog(1)).containsExactly(D_FOR_C, WRITE);
    }

    @Test
    void whatWasAcceptedByOneThatIsLostIsChosenAllTheSame() {
        synced(1, 1, WRITE, "a");
        disks.gone("a");
        disks.joined("a");
        assertThat(disks.replica("a")).isEqualTo(new ReplicaId("a", 2));
        written.remove("a");
        synced(1, 1, WRITE, "a");
        assertThat(disks.chosenLog(1)).as("the same node, and another voter").isEmpty();
        synced(1, 1, WRITE, "b");
        assertThat(disks.chosenLog(1)).containsExactly(WRITE);
        assertThat(disks.isGone(new ReplicaId("a", 1))).isTrue();
        assertThat(disks.isGone(new ReplicaId("a", 2))).isFalse();
    }

    // ---------------------------------------------------------------- invariants

    private OnEveryQuorumInv told() {
        var invariant = new OnEveryQuorumInv(disks);
        disks.watchedBy(List.of(invariant));
        var operation = new Operation.Write(1, 1, new Request.Put("colour", "blue"));
        invariant.sent("client-1", new Frame.Asked(1, 1, "client-1", new ClientRequest(7, "t", 0, operation)));
        synced(1, 1, WRITE, "a", "c");
        invariant.sent("a", new Frame.Told(1, 1, "client-1", 7, new ClientReply.Answered(Reply.DONE, 1)));
        return invariant;
    }

    /// Neither b nor d holds what a client was told, and they are most of the next voters.
    @Test
    void votersThatLackWhatWasToldBreakOnEveryQuorum() {
        told();
        synced(1, 2, D_FOR_C, "a");

        assertBroken(
                "OnEveryQuorumInv",
                "a client was told of slot 1 of group 1, and most voters of generation 2 have not synced it: "
                        + "[b.1, d.1] have not " + WRITE,
                () -> synced(1, 2, D_FOR_C, "b"));
    }

    @Test
    void votersOfWhomMostHoldItOrThatAreLostDoNot() {
        told();
        synced(1, 1, WRITE, "b").synced(1, 2, D_FOR_C, "a", "b");
        assertThat(disks.members(1).generation()).isEqualTo(2);

        var other = new GenerationsTest();
        other.told();
        other.disks.gone("d");
        other.synced(1, 2, D_FOR_C, "a", "b");
        assertThat(other.disks.members(1).generation()).isEqualTo(2);
    }

    @Test
    void whatTheArchiveHasNobodyElseNeeds() {
        var invariant = told();
        disks.archived(1, 1, WRITE);
        synced(1, 2, D_FOR_C, "a", "b");
        assertThat(disks.members(1).generation()).isEqualTo(2);
        invariant.quorate(1, 2);
    }

    @Test
    void aLogReplicaThatStandsBreaksLogReplicasNeverLead() {
        var invariant = new LogReplicasNeverLeadInv(Set.of("d"));
        invariant.stepped("d", 1, InvariantsTest.view(Role.FOLLOWER));
        invariant.stepped("a", 1, InvariantsTest.view(Role.LEADER));

        assertBroken(
                "LogReplicasNeverLeadInv",
                "d keeps the log alone, and is CANDIDATE of group 1",
                () -> invariant.stepped("d", 1, InvariantsTest.view(Role.CANDIDATE)));
    }
}
