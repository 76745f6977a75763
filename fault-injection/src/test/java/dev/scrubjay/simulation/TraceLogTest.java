package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TraceLogTest {
    private static final ReplicaId A = new ReplicaId("a", 1);
    private static final ReplicaId B = new ReplicaId("b", 1);

    private final TraceLog traces = new TraceLog(
            "test", new TreeMap<>(Map.of(1L, List.of(A, B))), Layout.of(List.of("a", "b")), new Exercised());

    /// A's count is far ahead, and nobody told b of it.
    @Test
    void eventsStandInTheOrderInWhichTheyHappenedWhateverTheirCounts() {
        traces.event(1, A, 70, 5, new TraceEvent.Restart());
        traces.event(1, B, 2, 9_000, new TraceEvent.Restart());
        traces.event(1, A, 71, 6, new TraceEvent.Sync(1));

        assertThat(traces.lines().subList(2, 5))
                .extracting(line -> line.replaceAll(",\"now.*", ""))
                .containsExactly(
                        "{\"group\":1,\"replica\":\"a.1\",\"count\":1,\"order\":70",
                        "{\"group\":1,\"replica\":\"b.1\",\"count\":1,\"order\":2",
                        "{\"group\":1,\"replica\":\"a.1\",\"count\":2,\"order\":71");
        assertThat(traces.order(A)).isEqualTo(71);
    }
}
