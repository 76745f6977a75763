package dev.scrubjay.checker;

import static dev.scrubjay.checker.Linearizability.assertLinearizable;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.history.History;
import dev.scrubjay.history.LiveRecorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Counter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a test of somebody's own data structure looks like.
final class LinearizabilityTest {
    private static final Value ONE = Value.number(1);

    @Test
    void anAtomicCounterCounts() throws InterruptedException, ExecutionException {
        var counter = new AtomicLong();
        var recorder = new LiveRecorder();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var running = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        var client = recorder.client();
                        for (int n = 0; n < 100; n++) {
                            client.invoke("add-and-get", ONE);
                            client.ok(Value.number(counter.incrementAndGet()));
                        }
                    }))
                    .toList();
            for (var one : running) {
                one.get();
            }
        }

        assertLinearizable(recorder.history(), new Counter());
    }

    @Test
    void aCounterThatForgetsIsFoundOut() {
        assertThatThrownBy(() -> assertLinearizable(forgetful(), new Counter()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "not linearizable: process 1 add-and-get 1 -> 1 (events 1 to 3) fits into no order")
                .hasMessageContaining("index=3");
    }

    @Test
    void whatIsNotDecidedIsNeitherRightNorWrong() {
        assertThatThrownBy(() -> assertLinearizable(forgetful(), new Counter(), Limits.of(0)))
                .isInstanceOf(Linearizability.UndecidedException.class)
                .hasMessageStartingWith("unknown: configurations explored: 0, which is the limit");
        assertThatCode(() -> assertLinearizable(new LiveRecorder().history(), new Counter(), Limits.of(0)))
                .doesNotThrowAnyException();
    }

    /// Two clients read 0, and both write 1.
    private static History forgetful() {
        var recorder = new LiveRecorder();
        var one = recorder.client();
        var other = recorder.client();
        one.invoke("add-and-get", ONE);
        other.invoke("add-and-get", ONE);
        one.ok(ONE);
        other.ok(ONE);
        return recorder.history();
    }
}
