package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message.Prepare;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.Request;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the replicas of one node share.
final class NodeTest {
    /// The first group writes and a sync begins; the others write meanwhile, and the next sync is for both.
    @Test
    void oneSyncServesManyGroups() {
        var groups = Steps.ofGroups(1L, 2L, 3L).stands("a");
        assertThat(groups.written("a")).hasSize(3);

        groups.sync("a").sync("a");

        assertThat(groups.isSyncing("a")).as("nothing is left to sync").isFalse();
        assertThat(groups.underWay(Prepare.class))
                .filteredOn(sent -> sent.to().equals(replica("b")))
                .extracting(Steps.Sent::group)
                .containsExactly(1L, 2L, 3L);
    }

    /// The second group wrote while the sync was under way: only the first may go on.
    @Test
    void aSyncThatBeganEarlierServesOnlyWhoHadWritten() {
        var groups = Steps.ofGroups(1L, 2L).elect("a").begin("a");
        groups.ask("a", 1, new Request.Put("x", "1"))
                .ask("a", 2, new Request.Put("x", "2"))
                .loseAll();
        groups.sync("a");
        assertThat(groups.isSyncing("a")).isTrue();
        assertThat(groups.view("a", 1).promisedBallot())
                .isEqualTo(groups.view("a", 2).promisedBallot());
        groups.tick("a", 10).settle();

        assertThat(groups.view("b", 1).state()).isEqualTo(Map.of("x", "1"));
        assertThat(groups.view("b", 2).state()).isEqualTo(Map.of("x", "2"));
    }

    @Test
    void groupsDoNotSeeEachOther() {
        var groups = Steps.ofGroups(1L, 2L).elect("a").begin("a");

        groups.ask("a", 2, new Request.Put("x", "2")).settle();

        assertThat(groups.view("c", 1).state()).isEmpty();
        assertThat(groups.view("c", 2).state()).isEqualTo(Map.of("x", "2"));
        assertThat(groups.told()).extracting(Steps.Told::group).containsExactly(2L);
    }

    @Test
    void aGroupThatIsNotHereIsRefused() {
        var groups = Steps.ofThree().elect("a").ask("a", 9, new Request.Get("x"));

        assertThat(groups.lastTold()).isEqualTo(new ClientReply.WrongGroup(Optional.empty()));
        assertThatThrownBy(() -> groups.view("a", 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no replica of group 9 here; there are [1]");
    }

    /// Wrong is worse than down: a disk that says it synced what nobody wrote cannot be believed.
    @Test
    void aSyncOfWhatWasNeverWrittenStopsTheNode() {
        var groups = Steps.ofThree().stands("a");

        assertThatThrownBy(() -> groups.syncReturns("a", 2))
                .isInstanceOf(Invariant.Broken.class)
                .hasMessage("invariant broken: a sync covers what was appended");
    }

    /// Whatever happens after a message came has a higher count than what its sender did before it sent.
    @Test
    void theOrderOfAMessageIsBelowWhatFollowsFromIt() {
        var groups = Steps.ofThree();
        for (int round = 0; round < 5; round++) {
            groups.elect("a");
            groups.powerOff("a", 0).powerOn("a");
        }
        groups.stands("a").sync("a");
        var prepare = groups.underWay(Prepare.class).getLast();

        groups.deliver(Prepare.class, "a", "b").sync("b");

        assertThat(groups.order("b")).isGreaterThan(prepare.order());
    }
}
