package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Which events make a history.
final class RecorderTest {
    private static final Value NOTHING = Value.absent();

    private final Recorder recorder = new Recorder();

    @Test
    void eachOperationKnowsHowItEnded() {
        int done = recorder.invoke(0, 10, "read", NOTHING);
        int refused = recorder.invoke(1, 11, "write", Value.number(1));
        int lost = recorder.invoke(2, 12, "write", Value.number(2));
        recorder.invoke(3, 13, "write", Value.number(3));
        recorder.info(lost, 14);
        recorder.fail(refused, 15);
        recorder.ok(done, 16, Value.number(2));

        var operations = recorder.history().operations();

        assertThat(operations).extracting(Operation::isCompleted).containsExactly(true, false, false, false);
        assertThat(operations).extracting(Operation::isFailed).containsExactly(false, true, false, false);
        assertThat(operations).extracting(Operation::isOpen).containsExactly(false, false, true, true);
        assertThat(operations.getFirst().result()).contains(Value.number(2));
        assertThat(operations.get(2).result()).isEmpty();
        assertThat(operations.get(1)).hasToString("process 1 write 1 -> failed (events 1 to 5)");
    }

    @Test
    void aHistoryDoesNotChangeWhenItsRecorderGoesOn() {
        recorder.invoke(0, 0, "read", NOTHING);
        var before = recorder.history();

        recorder.ok(0, 1, NOTHING);

        assertThat(before.events()).hasSize(1);
        assertThat(before.operations().getFirst().isOpen()).isTrue();
    }

    @Test
    void aProcessHasOneOperationAtATime() {
        recorder.invoke(0, 0, "read", NOTHING);

        assertThatThrownBy(() -> recorder.invoke(0, 1, "write", NOTHING))
                .hasMessage("event 1: process 0 invokes 'write' while its 'read' of index 0 is not complete; "
                        + "a process has one operation at a time");
    }

    @Test
    void aProcessIsNotUsedAgainAfterAnUnknownOutcome() {
        int lost = recorder.invoke(0, 0, "write", NOTHING);
        recorder.info(lost, 1);

        assertThatThrownBy(() -> recorder.invoke(0, 2, "read", NOTHING))
                .hasMessage("event 2: process 0 invokes 'read' while its 'write' of index 0 may still run, "
                        + "for it ended in 'info'; go on as a process with a new number");
        assertThatThrownBy(() -> recorder.ok(lost, 2, NOTHING)).hasMessageContaining("has invoked nothing");
    }

    @Test
    void whatWasNotInvokedCannotComplete() {
        assertThatThrownBy(() -> History.of(List.of(new Event(4, EventType.OK, 0, 0, "read", NOTHING))))
                .hasMessage("event 4: process 0 completes 'read', but has invoked nothing that is not complete; "
                        + "an 'invoke' comes first");
    }

    @Test
    void eventsComeInTheOrderOfTheirIndexes() {
        assertThatThrownBy(() -> History.of(List.of(
                        new Event(4, EventType.INVOKE, 0, 0, "read", NOTHING),
                        new Event(4, EventType.OK, 0, 0, "read", NOTHING))))
                .hasMessage("event 4: comes after event 4; put the events into the order of their indexes");
    }
}
