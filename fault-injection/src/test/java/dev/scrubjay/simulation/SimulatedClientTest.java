package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.EventType;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.World.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A client among nodes that do what a test says.
final class SimulatedClientTest {
    private static final long MILLI = 1_000_000;
    private static final List<String> NODES = List.of("a", "b", "c");

    /// A request that was sent, and when.
    private record Sent(long time, Frame.Asked frame) {}

    private final List<Sent> sent = new ArrayList<>();
    private final Timeline timeline = new Timeline();
    private final Recorder recorder = new Recorder();
    private final Exercised exercised = new Exercised();
    private final Links links = new Links(timeline, Randomness.of(1), exercised, List.of(new Invariant() {
        @Override
        void sent(String from, Frame frame) {
            if (frame instanceof Frame.Asked asked) {
                sent.add(new Sent(timeline.now(), asked));
            }
        }
    }));

    private SimulatedClient client(Workload workload) {
        return new SimulatedClient(
                "client-1",
                List.of(1L),
                NODES,
                workload,
                timeline,
                Randomness.of(2),
                links,
                recorder,
                new SimulatedClient.Sessions(),
                exercised);
    }

    private void begin(Workload workload) {
        client(workload).begin();
    }

    @Test
    void aKeyIsReadBackUntilItIsAnsweredAndThenTheNext() {
        NODES.forEach(node -> links.connect(node, _ -> {}));
        links.weather(new Weather(0, 0, MILLI, 1));
        var client = client(new Workload(1, 3, 10 * MILLI, 100 * MILLI));
        client.readBack(List.of(new SimulatedClient.Read(1, "x"), new SimulatedClient.Read(1, "y")));

        timeline.runUntil(400 * MILLI);
        assertThat(client.isDone()).isFalse();
        assertThat(keys()).hasSizeGreaterThan(1).containsOnly("x");

        NODES.forEach(node -> answer(node, new ClientReply.Answered(new Reply.Found(MaybeValue.ABSENT))));
        timeline.runUntil(10_000 * MILLI);
        assertThat(client.isDone()).isTrue();
        assertThat(keys()).endsWith("x", "y").containsOnlyOnce("y");
    }

    private List<String> keys() {
        return sent.stream().map(each -> each.frame().request().request().key()).toList();
    }

    private void answer(String node, ClientReply reply) {
        links.connect(node, bytes -> {
            if (FrameForm.decode(bytes) instanceof Frame.Asked(var group, var order, var client, var request)) {
                var told = new Frame.Told(group, order, client, request.session(), request.number(), reply);
                links.send(node, client, FrameForm.encode(told));
            }
        });
    }

    @Test
    void whatIsAnsweredIsAskedOnceAndTheNextFollows() {
        NODES.forEach(node -> answer(node, new ClientReply.Answered(Reply.DONE)));
        links.weather(new Weather(0, 0, MILLI, 1));
        begin(new Workload(1, 3, 10 * MILLI, 100 * MILLI));

        timeline.runUntil(10_000 * MILLI);

        assertThat(sent).hasSizeGreaterThan(500);
        assertThat(sent).extracting(one -> one.frame().request().session()).containsOnly(1L);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i).frame().request().number()).isEqualTo(i + 1L);
        }
        assertThat(recorder.history().operations())
                .allMatch(operation -> operation.completion().isEmpty()
                        || operation.completion().get().type() == EventType.OK);
    }

    @Test
    void theHintOfWhoDoesNotLeadIsFollowed() {
        NODES.forEach(
                node -> answer(node, new ClientReply.NotLeader(Optional.of(new dev.scrubjay.value.ReplicaId("b", 1)))));
        answer("b", new ClientReply.Answered(Reply.DONE));
        links.weather(new Weather(0, 0, MILLI, 1));
        begin(new Workload(1, 3, 10 * MILLI, 100 * MILLI));

        timeline.runUntil(10_000 * MILLI);

        assertThat(exercised.counts())
                .containsEntry("operations answered", exercised.counts().get("operations"));
        assertThat(exercised.counts().getOrDefault("requests sent again", 0L)).isLessThanOrEqualTo(1L);
    }

    /// Whoever is in doubt must not ask again, nor go on in the same session: what it asked may still be
    /// done.
    @Test
    void whatNobodyAnswersIsUnknownAndNotAskedAgain() {
        NODES.forEach(node -> links.connect(node, bytes -> {}));
        links.weather(new Weather(0, 0, MILLI, 1));
        begin(new Workload(1, 3, 10 * MILLI, 100 * MILLI));

        timeline.runUntil(10_000 * MILLI);

        assertThat(sent).hasSizeGreaterThan(50);
        assertThat(sent).extracting(one -> one.frame().request()).doesNotHaveDuplicates();
        assertThat(sent).extracting(one -> one.frame().request().number()).containsOnly(1L);
        assertThat(recorder.history().operations())
                .allMatch(operation -> operation.completion().isEmpty()
                        || operation.completion().get().type() == EventType.INFO);
    }

    /// A request goes elsewhere when it was refused, or found nobody. Of one that was given up meanwhile that
    /// says nothing: the request that is open now must not be sent a second time because of it, or both are
    /// done.
    @Test
    void noRequestIsUnderWayTwice() {
        answer("a", new ClientReply.NotLeader(Optional.empty()));
        answer("b", new ClientReply.Throttled(1));
        // And c is off. Delays are longer than the client's patience, which is longer than its pause.
        links.weather(new Weather(100, 0, MILLI, 60 * MILLI));
        begin(new Workload(1, 3, 5 * MILLI, 70 * MILLI));

        timeline.runUntil(100_000 * MILLI);

        assertThat(exercised.counts().get("operations unknown")).isGreaterThan(500);
        assertThat(exercised.counts().get("requests sent again")).isGreaterThan(500);
        for (int i = 1; i < sent.size(); i++) {
            var before = sent.get(i - 1);
            var one = sent.get(i);
            if (one.frame().request().equals(before.frame().request())) {
                assertThat(one.time() - before.time())
                        .as("between two times that %s was sent", one.frame().request())
                        .isGreaterThanOrEqualTo(20 * MILLI);
            }
        }
    }

    /// In the end it knows: all of them refused, so nothing was done.
    @Test
    void whatIsAlwaysRefusedFailed() {
        NODES.forEach(node -> answer(node, new ClientReply.NotLeader(Optional.empty())));
        links.weather(new Weather(0, 0, MILLI, 1));
        begin(new Workload(1, 3, 10 * MILLI, 1_000_000 * MILLI));

        timeline.runUntil(20_000 * MILLI);

        assertThat(exercised.counts().get("operations refused for good")).isPositive();
        assertThat(recorder.history()
                        .operations()
                        .getFirst()
                        .completion()
                        .orElseThrow()
                        .type())
                .isEqualTo(EventType.FAIL);
    }
}
