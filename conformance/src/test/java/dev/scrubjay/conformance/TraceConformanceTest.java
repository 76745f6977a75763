package dev.scrubjay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a simulated run did, held against the specification: as it was, and with one thing changed.
final class TraceConformanceTest {
    @Test
    void whatTheImplementationDidIsABehaviourOfTheSpecification() throws Exception {
        var judged = Traces.judge(
                List.of(TraceFile.of("seed 1", Traces.ofSeed(1)), TraceFile.of("seed 2", Traces.ofSeed(2))));

        assertThat(judged).extracting(Judged::trace).containsExactly("seed 1", "seed 2");
        assertThat(judged).allSatisfy(one -> {
            assertThat(one.verdict()).isEqualTo(new Judged.Verdict.Accepted());
            assertThat(one.explained()).isEqualTo(one.events()).isGreaterThan(200);
        });
    }

    @Test
    void aRefusalNamesTheEventItsLineAndTheState() throws Exception {
        var lines = new ArrayList<>(Traces.ofSeed(1));
        var at = first(lines, "Choose");
        // The quorum's answers are there, but for another slot.
        lines.set(at, lines.get(at).replace("\"slot\":1", "\"slot\":2"));

        var judged = Traces.judgeLines(lines);

        assertThat(judged.verdict()).isInstanceOfSatisfying(Judged.Verdict.Refused.class, refused -> {
            assertThat(refused.at()).isEqualTo("trace:" + (at + 1));
            assertThat(refused.who())
                    .startsWith("Choose of " + Traces.replica(lines.get(at)) + " in group 1, its event ");
            assertThat(refused.json()).isEqualTo(lines.get(at));
            assertThat(refused.state()).containsKeys("log", "synced", "messages", "known");
            assertThat(refused.state().get("known")).contains(":> 0");
        });
        assertThat(judged.explained()).isEqualTo(at - headers(lines));
    }

    @Test
    void anEventThatMakesNoSenseIsRefusedAndHidesNoOther() throws Exception {
        var lines = new ArrayList<>(Traces.ofSeed(1));
        var at = first(lines, "Accept");
        lines.set(at, lines.get(at).replaceFirst("\"slot\":\\d+", "\"slot\":\"one\""));

        var judged = Traces.judge(List.of(
                TraceFile.of("nonsense", lines),
                TraceFile.of("whole", Traces.ofSeed(2)),
                TraceFile.of("unknown", renamed(Traces.ofSeed(3), "Sync", "Fly"))));

        assertThat(judged.get(0).verdict())
                .isInstanceOfSatisfying(
                        Judged.Verdict.Refused.class,
                        refused -> assertThat(refused.at()).isEqualTo("nonsense:" + (at + 1)));
        assertThat(judged.get(1).verdict()).isInstanceOf(Judged.Verdict.Accepted.class);
        assertThat(judged.get(2).verdict())
                .isInstanceOfSatisfying(
                        Judged.Verdict.Refused.class,
                        refused -> assertThat(refused.who()).startsWith("Fly of "));
    }

    private static List<String> renamed(List<String> lines, String action, String other) {
        return lines.stream()
                .map(line -> line.replace("\"action\":\"" + action + "\"", "\"action\":\"" + other + "\""))
                .toList();
    }

    private static int first(List<String> lines, String action) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            if (Traces.action(lines.get(i)).equals(action)) {
                return i;
            }
        }
        throw new IOException("no " + action + " in this trace; take another seed");
    }

    private static int headers(List<String> lines) {
        return (int)
                lines.stream().filter(line -> Traces.action(line).isEmpty()).count();
    }
}
