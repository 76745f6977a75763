package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private final Timeline timeline = new Timeline();
    private final ArrayList<String> happened = new ArrayList<>();

    private void plan(long after, String what) {
        timeline.after(after, () -> happened.add(what + "@" + timeline.now()));
    }

    @Test
    void whatWasPlannedHappensAtItsTimeAndOfOneMomentInOrder() {
        plan(30, "late");
        plan(10, "first");
        plan(10, "second");
        plan(10, "third");
        timeline.runUntil(29);
        assertThat(happened).containsExactly("first@10", "second@10", "third@10");
        assertThat(timeline.now()).isEqualTo(29);

        timeline.runUntil(30);
        assertThat(happened).endsWith("late@30");
        assertThat(timeline.steps()).isEqualTo(4);
    }

    @Test
    void whatHappensMayPlanMore() {
        timeline.after(5, () -> plan(0, "at once"));
        timeline.after(5, () -> plan(3, "soon"));
        timeline.runUntil(8);

        assertThat(happened).containsExactly("at once@5", "soon@8");
    }
}
