package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.protocol.Alarms;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.ReplicaId;
import org.junit.jupiter.api.Test;

final class WrongsTest {
    private static final ReplicaId B = new ReplicaId("b", 1);
    private static final Wrongs.Wrong WRONG = new Wrongs.Wrong("k", "v", "w", true, 0);

    private final Exercised exercised = new Exercised();
    private final Wrongs wrongs = new Wrongs(new Timeline(), exercised);

    private void happens(TraceEvent event) {
        wrongs.event(1, B, 0, 0, event);
    }

    @Test
    void whoBeginsAgainWithNothingWrongIsAFinding() {
        assertThatThrownBy(() -> happens(new TraceEvent.Quarantine(7)))
                .isInstanceOf(Invariant.Violation.class)
                .hasMessageContaining("nothing is wrong with it");
        assertThatThrownBy(() -> happens(new TraceEvent.Discard())).isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void whoBeginsAgainWithSomethingWrongIsFoundOnce() {
        wrongs.add("b", 1, WRONG);
        assertThat(wrongs.anywhere()).hasValue("b, group 1");

        happens(new TraceEvent.Quarantine(7));

        assertThat(wrongs.anywhere()).isEmpty();
        assertThat(exercised.counts()).containsEntry("wrong values found", 1L);
        assertThatThrownBy(() -> happens(new TraceEvent.Quarantine(8))).isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void anotherReplicaOrGroupIsNotMeant() {
        wrongs.add("a", 1, WRONG);
        wrongs.add("b", 2, WRONG);
        assertThatThrownBy(() -> happens(new TraceEvent.Discard())).isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void aSnapshotThatIsRefusedWithNothingWrongAnywhereIsAFinding() {
        var alarm = "group 1, replica b.1: " + Alarms.SNAPSHOT_REFUSED;
        assertThatThrownBy(() -> wrongs.alarmed(alarm)).isInstanceOf(Invariant.Violation.class);

        wrongs.add("a", 1, WRONG);
        assertThatCode(() -> wrongs.alarmed(alarm)).doesNotThrowAnyException();
    }

    @Test
    void anArchiveThatDiffersIsAlwaysAFinding() {
        wrongs.add("a", 1, WRONG);
        assertThatThrownBy(() -> wrongs.alarmed(Alarms.ARCHIVE_DIFFERS + 7)).isInstanceOf(Invariant.Violation.class);
        assertThatCode(() -> wrongs.alarmed("something else")).doesNotThrowAnyException();
    }
}
