package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.simulation.Chronicle.Happening;
import dev.scrubjay.simulation.Chronicle.What;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.world.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A write is acknowledged before it is synced, and a power-off takes it.
final class StoryTest {
    private static final Ballot BALLOT = new Ballot(1, new ReplicaId("a", 1));
    private static final Entry LOST = new Entry.Write(3, 7, new Request.Put("g1-k0", "client-1-7"));
    private static final Entry OTHER = new Entry.Write(3, 8, new Request.Put("g1-k1", "client-1-77"));

    private final List<Happening> happenings = new ArrayList<>();
    private long now;

    private void happens(long group, String who, TraceEvent event) {
        now += 1_000_000;
        happenings.add(new Happening(now, group, who, new What.Action(event)));
    }

    private void isDone(String text) {
        now += 1_000_000;
        happenings.add(new Happening(now, 0, "", new What.Note(text)));
    }

    @Test
    void itTellsWhatBecameOfTheValueAndOfNothingElse() {
        happens(1, "a.1", new TraceEvent.Lead(BALLOT, List.of()));
        happens(2, "b.1", new TraceEvent.Lead(BALLOT, List.of()));
        happens(1, "a.1", new TraceEvent.Ask(LOST));
        happens(1, "a.1", new TraceEvent.Propose(BALLOT, 9, LOST));
        happens(1, "a.1", new TraceEvent.Propose(BALLOT, 10, OTHER));
        happens(1, "a.1", new TraceEvent.Accept(BALLOT, 1, 9, LOST));
        happens(1, "b.1", new TraceEvent.Accept(BALLOT, 1, 9, LOST));
        happens(1, "b.1", new TraceEvent.Accept(BALLOT, 1, 10, OTHER));
        happens(1, "b.1", new TraceEvent.Sync(12));
        happens(1, "a.1", new TraceEvent.Acknowledge(9, Reply.DONE));
        isDone("power-off a");
        happens(1, "a.1", new TraceEvent.PowerOff(8, 5));
        happens(1, "b.1", new TraceEvent.Read("g1-k0", 8, new Reply.Found(MaybeValue.of("client-1-6"))));
        happens(1, "b.1", new TraceEvent.Read("g1-k0", 9, new Reply.Found(MaybeValue.of("client-1-7"))));

        var story = Story.of(
                        new Finding("history", "key g1-k0: a get found client-1-7 after it was gone", ""), happenings)
                .text();

        assertThat(story.stream().map(line -> line.replaceFirst(" *[\\d.]+ s {2}", "")))
                .containsExactly(
                        "a.1: leads group 1 at ballot 1.a.1, with the promises of []",
                        "a.1: is asked by a client for put g1-k0 = client-1-7 (write 7 of session 3)",
                        "a.1: proposes in slot 9: put g1-k0 = client-1-7 (write 7 of session 3)",
                        "a.1, b.1: accepts slot 9 at ballot 1.a.1, not synced yet",
                        "b.1: has slot 9 on its disk for good",
                        "a.1: tells the client what came of slot 9: done",
                        "*** power-off a",
                        "a.1: is off; its disk keeps 8 records of group 1, and the state of slot 5; what it accepted in "
                                + "slot 9 was not synced",
                        "b.1: answers a read of g1-k0 from 9 slots: client-1-7");
    }

    @Test
    void aSlotThatIsNamedIsFollowedToo() {
        happens(1, "a.1", new TraceEvent.Propose(BALLOT, 9, LOST));
        happens(1, "a.1", new TraceEvent.Apply(10, Reply.DONE));
        happens(1, "a.1", new TraceEvent.Apply(9, Reply.DONE));

        var story = Story.of(new Finding("AgreementInv", "group 1, slot 9: two entries", ""), happenings)
                .text();

        assertThat(story).hasSize(2);
        assertThat(story.getLast()).endsWith("a.1: applies slot 9");
    }

    /// The end is what it is about.
    @Test
    void aLongStoryBeginsLate() {
        for (int i = 0; i < 500; i++) {
            isDone("fault " + i);
        }
        var story = Story.of(new Finding("healing", "nothing", ""), happenings).text();
        assertThat(story).hasSize(61);
        assertThat(story.getFirst()).contains("440 lines before that");
        assertThat(story.getLast()).endsWith("*** fault 499");
    }
}
