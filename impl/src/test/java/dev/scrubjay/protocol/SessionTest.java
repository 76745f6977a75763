package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Message.Accept;
import dev.scrubjay.message.Operation;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Clients that ask again, and sessions that come and go: what the leader does besides what stands in the
/// log.
final class SessionTest {
    private static final ClientReply NOT_NOW = new ClientReply.Throttled(Steps.SETTINGS.resendNanos());

    /// A put that is done once, and unmet when it is done again.
    private static final Request BLUE_IF_NONE = new Request.ConditionalPut("colour", MaybeValue.ABSENT, "blue");

    private static Steps begun() {
        return Steps.ofThree().elect("a").begin("a");
    }

    /// What this node proposed, in its order.
    private static List<Entry> proposed(Steps group, String node) {
        var entries = new ArrayList<Entry>();
        for (var event : group.traced(node)) {
            if (event instanceof TraceEvent.Propose(var _, var _, var entry)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    // ---------------------------------------------------------------- asked again

    @Test
    void aWriteThatIsAskedForAgainWhileItIsUnderWayTakesOneSlot() {
        var group = begun().ask("a", BLUE_IF_NONE).again("a").again("a");
        assertThat(group.underWay(Accept.class, "a", "b")).hasSize(1);

        group.settle();

        assertThat(group.told()).hasSize(1);
        assertThat(group.lastTold()).isEqualTo(new ClientReply.Answered(Reply.DONE, 2));
        assertThat(group.view("a").known()).isEqualTo(2);
    }

    /// Spec test: ReplicationGroup!Acknowledge
    @Test
    void aWriteThatWasDoneIsAnsweredFromMemory() {
        var group = begun().ask("a", BLUE_IF_NONE).settle().again("a");

        assertThat(group.lastTold()).isEqualTo(new ClientReply.Answered(Reply.DONE, 2));
        assertThat(group.told()).hasSize(2);
        assertThat(group.underWay(Message.class)).isEmpty();
    }

    @Test
    void theNextLeaderRemembersWhatWasDone() {
        var group = begun().ask("a", BLUE_IF_NONE).settle().powerOff("a", 0).elect("b");

        group.again("b");

        assertThat(group.lastTold()).isEqualTo(new ClientReply.Answered(Reply.DONE, 2));
        assertThat(proposed(group, "b")).as("but what it proposed again").isEmpty();
    }

    /// The next leader found it and proposes it again. The client asks there, and need not know.
    @Test
    void aWriteThatTheNextLeaderProposesAgainTakesNoOtherSlot() {
        var group = begun().ask("a", BLUE_IF_NONE)
                .deliver(Accept.class, "a", "b")
                .sync("b")
                .loseAll();
        group.powerOff("a", 0).electWith("b", "c").again("b");
        assertThat(proposed(group, "b")).hasSize(1);

        group.settle();

        assertThat(group.told())
                .containsExactly(new Steps.Told(Steps.GROUP, 2, new ClientReply.Answered(Reply.DONE, 2)));
        assertThat(group.view("b").known()).isEqualTo(2);
    }

    /// Nobody has it any more, so it is a new one.
    @Test
    void aWriteThatWasLostIsDoneWhenItIsAskedForAgain() {
        var group = begun().ask("a", BLUE_IF_NONE)
                .loseAll()
                .powerOff("a", 0)
                .elect("b")
                .again("b")
                .settle();

        assertThat(group.answers()).containsExactly(Reply.DONE);
        assertThat(group.view("b").state()).isEqualTo(Map.of("colour", "blue"));
    }

    // ---------------------------------------------------------------- begin and end

    @Test
    void aSessionThatIsAskedForAgainWhileItBeginsTakesOneSlot() {
        var group = Steps.ofThree().elect("a");

        group.request("a", new Operation.Begin("nonce")).again("a").settle();

        assertThat(group.answers()).containsExactly(new Reply.Begun(1));
        assertThat(group.view("c").sessions()).containsOnlyKeys(1L);
    }

    @Test
    void aWriteOfNoSessionIsToldSo() {
        var group = begun();

        group.request("a", new Operation.Write(9, 1, new Request.Put("colour", "blue")))
                .settle();

        assertThat(group.answers()).containsExactly(Reply.NO_SESSION);
        assertThat(group.view("a").state()).isEmpty();
    }

    @Test
    void aWriteOfASessionThatHasEndedIsToldSo() {
        var group = begun().put("a", "colour", "blue")
                .settle()
                .request("a", new Operation.End(1))
                .settle();
        assertThat(group.answers()).containsExactly(Reply.DONE, Reply.ENDED);

        group.put("a", "colour", "red").settle();

        assertThat(group.answers()).last().isEqualTo(Reply.NO_SESSION);
        assertThat(group.view("b").state()).isEqualTo(Map.of("colour", "blue"));
    }

    /// Three is the most (`Steps.SETTINGS`).
    @Test
    void noSessionBeginsWhereThereAreTooMany() {
        var group = begun().begin("a").begin("a");

        group.request("a", new Operation.Begin("one too many"));
        assertThat(group.lastTold()).isEqualTo(NOT_NOW);

        group.request("a", new Operation.End(1))
                .settle()
                .request("a", new Operation.Begin("again"))
                .settle();
        assertThat(group.lastTold()).isEqualTo(new ClientReply.Answered(new Reply.Begun(5), 5));
    }

    // ---------------------------------------------------------------- sessions that nobody uses

    private static final long IDLE = 50;

    /// Sessions end before a lease does.
    private static Steps begunToEndSoon() {
        return Steps.ofThree(StepSettings.withIdleSessions(IDLE)).elect("a").begin("a");
    }

    @Test
    void aSessionThatNobodyUsesIsEndedByTheLeader() {
        var group = begunToEndSoon();

        group.tick("a", IDLE - 1).settle();
        assertThat(group.view("a").sessions()).containsOnlyKeys(1L);

        group.tick("a", 1).tick("a", 0).settle();
        assertThat(group.view("b").known()).as("one entry ends it").isEqualTo(2);
        assertThat(group.tick("a", 10).settle().view("b").sessions()).isEmpty();
        assertThat(group.told()).as("what nobody asked for").isEmpty();
        assertThat(group.put("a", "colour", "red").settle().answers()).containsExactly(Reply.NO_SESSION);
    }

    @Test
    void aSessionInUseIsNotEnded() {
        var group = begunToEndSoon();

        for (int use = 0; use < 5; use++) {
            group.put("a", "x", "" + use).settle().tick("a", IDLE - 1).settle();
        }

        assertThat(group.view("a").sessions()).containsOnlyKeys(1L);
        assertThat(group.answers()).hasSize(5).containsOnly(Reply.DONE);
    }

    /// There is nothing to end, and no bound to how many such there could be.
    @Test
    void aLeaderDoesNotWatchSessionsThatAreNotThere() {
        var group = begunToEndSoon()
                .request("a", new Operation.Write(9, 1, BLUE_IF_NONE))
                .settle();

        for (int beat = 0; beat < 10; beat++) {
            group.tick("a", 10).settle();
        }

        assertThat(proposed(group, "a")).contains(new Entry.End(1)).doesNotContain(new Entry.End(9));
    }

    /// It cannot know when the session was used last, and gives it as long as one that was used just now.
    @Test
    void aNewLeaderEndsWhatNobodyUsesUnderIt() {
        var group = begunToEndSoon().powerOff("a", 0).elect("b");

        group.tick("b", IDLE - 1).settle();
        assertThat(group.view("b").sessions()).containsOnlyKeys(1L);

        group.tick("b", 1).settle().tick("b", 10).settle();
        assertThat(group.view("c").sessions()).isEmpty();
    }

    /// It would be an entry that nobody is told of, by one that may lead no more.
    @Test
    void aLeaderWithoutLeaseEndsNoSession() {
        var group = begunToEndSoon().tick("a", 5).loseAll();

        group.tick("a", LEASE - 2);
        assertThat(group.view("a").role()).isEqualTo(Role.LEADER);
        assertThat(group.holdsLease("a")).isFalse();

        assertThat(proposed(group, "a")).hasSize(1);
    }
}
