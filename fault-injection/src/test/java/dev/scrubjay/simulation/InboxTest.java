package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.simulation.Inbox.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InboxTest {
    private static final long LONG_ENOUGH = 1_000_000_000;

    /// A step that was taken, and when.
    private record Taken(String name, long time) {}

    private static final class Named implements Inbox.Step {
        @Override
        public void take() {}
    }

    private final Timeline timeline = new Timeline();
    private final Exercised exercised = new Exercised();
    private final List<Inbox.Step> steps = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();
    private final Inbox inbox = new Inbox(
            timeline, exercised, step -> taken.add(new Taken(names.get(steps.indexOf(step)), timeline.now())));

    private void arrive(Kind kind, String name) {
        // Told apart by who they are.
        steps.add(new Named());
        names.add(name);
        inbox.arrive(kind, steps.getLast());
    }

    private List<String> takenNames() {
        return taken.stream().map(Taken::name).toList();
    }

    @Test
    void whatComesIsTakenAtOnce() {
        arrive(Kind.FRAME, "one");
        arrive(Kind.TICK, "two");

        assertThat(takenNames()).containsExactly("one", "two");
    }

    @Test
    void whatComesInAPauseIsTakenAfterItOneAfterAnotherInOrder() {
        var pause = inbox.pause().orElseThrow();
        arrive(Kind.FRAME, "frame 1");
        arrive(Kind.SYNC, "sync");
        arrive(Kind.FRAME, "frame 2");
        timeline.runUntil(LONG_ENOUGH);
        assertThat(taken).isEmpty();
        assertThat(inbox.isPaused()).isTrue();

        pause.end();
        arrive(Kind.FRAME, "frame 3");
        timeline.runUntil(2 * LONG_ENOUGH);

        assertThat(takenNames()).containsExactly("frame 1", "sync", "frame 2", "frame 3");
        assertThat(taken).extracting(Taken::time).isSorted().doesNotHaveDuplicates();
        assertThat(exercised.counts()).containsEntry("frames that waited out a pause", 3L);
    }

    @Test
    void ofManyTicksInAPauseOneIsTaken() {
        var pause = inbox.pause().orElseThrow();
        arrive(Kind.TICK, "tick 1");
        arrive(Kind.FRAME, "frame");
        arrive(Kind.TICK, "tick 2");
        pause.end();
        timeline.runUntil(LONG_ENOUGH);
        arrive(Kind.TICK, "tick 3");

        assertThat(takenNames()).containsExactly("tick 1", "frame", "tick 3");
    }

    @Test
    void aFullQueueLosesFramesAndNothingElse() {
        var pause = inbox.pause().orElseThrow();
        for (int i = 0; i < 1_030; i++) {
            arrive(Kind.FRAME, "frame " + i);
        }
        arrive(Kind.SYNC, "sync");
        arrive(Kind.TICK, "tick");
        pause.end();
        timeline.runUntil(LONG_ENOUGH);

        assertThat(takenNames()).hasSize(1_026).endsWith("frame 1023", "sync", "tick");
        assertThat(exercised.counts()).containsEntry("frames lost at a full queue", 6L);
    }

    @Test
    void aPauseInThePauseChangesNothingAndOneWhileItCatchesUpStopsItAgain() {
        var pause = inbox.pause().orElseThrow();
        assertThat(inbox.pause()).isEmpty();
        arrive(Kind.FRAME, "frame 1");
        arrive(Kind.FRAME, "frame 2");
        pause.end();
        var again = inbox.pause().orElseThrow();
        timeline.runUntil(LONG_ENOUGH);
        assertThat(takenNames()).containsExactly("frame 1");

        again.end();
        timeline.runUntil(2 * LONG_ENOUGH);
        assertThat(takenNames()).containsExactly("frame 1", "frame 2");
    }

    @Test
    void nothingIsTakenOnceThePowerWent() {
        var pause = inbox.pause().orElseThrow();
        arrive(Kind.FRAME, "frame 1");
        inbox.close();
        pause.end();
        arrive(Kind.FRAME, "frame 2");
        timeline.runUntil(LONG_ENOUGH);

        assertThat(taken).isEmpty();
        assertThat(inbox.pause()).isEmpty();
    }
}
