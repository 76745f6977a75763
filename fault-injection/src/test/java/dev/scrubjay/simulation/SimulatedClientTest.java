package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.EventType;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Operation;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.World.Weather;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A client among nodes that do what a test says.
final class SimulatedClientTest {
    private static final long MILLI = 1_000_000;
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final Workload WORKLOAD = new Workload(1, 3, 10 * MILLI, 100 * MILLI, 1_000 * MILLI);

    /// A request that was sent, and when.
    private record Sent(long time, ClientRequest request) {}

    private final List<Sent> sent = new ArrayList<>();

    /// Where each request arrived, in order.
    private final Map<ClientRequest, List<String>> arrived = new HashMap<>();

    private final Timeline timeline = new Timeline();
    private final Recorder recorder = new Recorder();
    private final Exercised exercised = new Exercised();
    private final Links links = new Links(timeline, Randomness.of(1), exercised, List.of(new Invariant() {
        @Override
        void sent(String from, Frame frame) {
            if (frame instanceof Frame.Asked asked) {
                sent.add(new Sent(timeline.now(), asked.request()));
            }
        }
    }));

    private long slot;

    @BeforeEach
    void calm() {
        links.weather(new Weather(0, 0, MILLI, 1));
    }

    // ---------------------------------------------------------------- nodes

    /// From now on this node says that to a request, or nothing.
    private void node(String name, Function<ClientRequest, Optional<ClientReply>> says) {
        links.connect(name, bytes -> {
            if (FrameForm.decode(bytes) instanceof Frame.Asked(var group, var order, var client, var request)) {
                arrived.computeIfAbsent(request, _ -> new ArrayList<>()).add(name);
                says.apply(request)
                        .map(reply -> new Frame.Told(group, order, client, request.id(), reply))
                        .ifPresent(told -> links.send(name, client, FrameForm.encode(told)));
            }
        });
    }

    private void allNodes(Function<ClientRequest, Optional<ClientReply>> say) {
        NODES.forEach(name -> node(name, say));
    }

    /// What a leader says, whose store is empty and stays so.
    private Optional<ClientReply> well(ClientRequest request) {
        slot++;
        Reply reply = switch (request.operation()) {
            case Operation.Begin _ -> new Reply.Begun(slot);
            case Operation.End _ -> Reply.ENDED;
            case Operation.Write _ -> Reply.DONE;
            case Operation.Read _, Operation.EventualRead _ -> new Reply.Found(MaybeValue.ABSENT);
        };
        return Optional.of(new ClientReply.Answered(reply, slot));
    }

    private static Optional<ClientReply> noLeader() {
        return Optional.of(new ClientReply.NotLeader(Optional.empty()));
    }

    private static boolean isWrite(ClientRequest request) {
        return request.operation() instanceof Operation.Write;
    }

    // ---------------------------------------------------------------- what the client did

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
                new SimulatedClient.Processes(),
                exercised);
    }

    private void run(Workload workload, long millis) {
        client(workload).begin();
        timeline.runUntil(millis * MILLI);
    }

    private <T> Stream<T> operations(Class<T> kind) {
        return sent.stream()
                .map(one -> one.request().operation())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private List<Operation.Write> writes() {
        return operations(Operation.Write.class).toList();
    }

    /// How the operations of the history ended; the last may be under way.
    private List<EventType> ends(boolean ofWrites) {
        return recorder.history().operations().stream()
                .filter(operation -> operation.f().equals("get") != ofWrites)
                .flatMap(operation -> operation.completion().stream())
                .map(Event::type)
                .toList();
    }

    private long counted(String what) {
        return exercised.counts().getOrDefault(what, 0L);
    }

    // ---------------------------------------------------------------- sessions

    @Test
    void aSessionIsBegunBeforeTheFirstWriteAndServesAllOthers() {
        allNodes(this::well);

        run(WORKLOAD, 40_000);

        assertThat(operations(Operation.Begin.class)).hasSize(1);
        assertThat(writes()).hasSizeGreaterThan(300);
        long session = writes().getFirst().session();
        for (int i = 0; i < writes().size(); i++) {
            assertThat(writes().get(i).session()).isEqualTo(session);
            assertThat(writes().get(i).number()).isEqualTo(i + 1L);
        }
        var first = sent.stream()
                .map(Sent::request)
                .filter(SimulatedClientTest::isWrite)
                .findFirst();
        var begin = sent.stream()
                .map(Sent::request)
                .filter(request -> request.operation() instanceof Operation.Begin)
                .findFirst();
        assertThat(first.orElseThrow().id()).isEqualTo(begin.orElseThrow().id() + 1);
        assertThat(ends(true)).containsOnly(EventType.OK);
        assertThat(ends(false)).containsOnly(EventType.OK);
    }

    /// A write of a session counts once, so it may be asked for again, under the same number and id.
    @Test
    void whatNobodyAnswersIsAskedForAgainElsewhereUnchanged() {
        var asked = new HashMap<Long, Integer>();
        allNodes(request -> asked.merge(request.id(), 1, Integer::sum) < 4 ? Optional.empty() : well(request));

        run(WORKLOAD, 40_000);

        assertThat(arrived.values()).filteredOn(nodes -> nodes.size() == 4).hasSizeGreaterThan(40);
        assertThat(arrived.values()).anySatisfy(nodes -> assertThat(nodes).contains("a", "b", "c"));
        assertThat(arrived.keySet().stream().map(ClientRequest::id)).doesNotHaveDuplicates();
        assertThat(ends(true)).hasSizeGreaterThan(20).containsOnly(EventType.OK);
        assertThat(counted("writes sent again and answered"))
                .isEqualTo(ends(true).size());
        assertThat(writes().stream().map(Operation.Write::session).distinct()).hasSize(1);
    }

    /// Nobody may go on in the session of a write that may still be done.
    @Test
    void aWriteThatIsGivenUpIsUnknownAndTheNextIsAnotherProcessInAnotherSession() {
        allNodes(request -> isWrite(request) ? Optional.empty() : well(request));

        run(WORKLOAD, 60_000);

        assertThat(ends(true)).hasSizeGreaterThan(20).containsOnly(EventType.INFO);
        assertThat(ends(false)).containsOnly(EventType.OK);
        assertThat(writes().stream().map(Operation.Write::number)).containsOnly(1L);
        assertThat(writes().stream().map(Operation.Write::session).distinct())
                .hasSize((int) operations(Operation.Begin.class).count());
        var processes = recorder.history().operations().stream()
                .filter(operation -> !operation.f().equals("get"))
                .map(operation -> operation.process())
                .toList();
        assertThat(processes).doesNotHaveDuplicates();
    }

    /// All were refused, and who refuses did nothing: so nothing was done, and the session goes on.
    @Test
    void aWriteThatWasAlwaysRefusedFailed() {
        allNodes(request -> isWrite(request) ? noLeader() : well(request));

        run(WORKLOAD, 60_000);

        assertThat(ends(true)).hasSizeGreaterThan(20).containsOnly(EventType.FAIL);
        assertThat(counted("operations that never began")).isEqualTo(ends(true).size());
        assertThat(writes().stream().map(Operation.Write::session).distinct()).hasSize(1);
    }

    /// Nothing but beginnings of sessions was ever on its way.
    @Test
    void aWriteThatGotNoSessionFailed() {
        allNodes(request -> request.operation() instanceof Operation.Begin ? Optional.empty() : well(request));

        run(WORKLOAD, 60_000);

        assertThat(writes()).isEmpty();
        assertThat(ends(true)).hasSizeGreaterThan(20).containsOnly(EventType.FAIL);
    }

    /// One of its tries is open: that the others were refused says nothing about that one.
    @Test
    void aWriteOfWhichOneTryWasNotRefusedIsUnknown() {
        var asked = new HashMap<Long, Integer>();
        allNodes(request -> isWrite(request)
                ? asked.merge(request.id(), 1, Integer::sum) == 3 ? Optional.empty() : noLeader()
                : well(request));

        run(WORKLOAD, 60_000);

        assertThat(ends(true)).hasSizeGreaterThan(20).containsOnly(EventType.INFO);
    }

    @Test
    void whoseSessionWasEndedBeginsAnotherAndWritesAfterAll() {
        allNodes(request -> request.operation() instanceof Operation.Write write && write.number() == 3
                ? Optional.of(new ClientReply.Answered(Reply.NO_SESSION, ++slot))
                : well(request));

        run(WORKLOAD, 40_000);

        assertThat(counted("sessions found ended")).isGreaterThan(20);
        assertThat(ends(true)).hasSizeGreaterThan(40).containsOnly(EventType.OK);
        for (int i = 1; i < writes().size(); i++) {
            var before = writes().get(i - 1);
            var write = writes().get(i);
            if (before.number() == 3) {
                assertThat(write).isEqualTo(new Operation.Write(write.session(), 1, before.request()));
                assertThat(write.session()).isGreaterThan(before.session());
            }
        }
    }

    /// It may have been done before the session ended.
    @Test
    void whoseSessionWasEndedWithATryOpenDoesNotKnow() {
        var asked = new HashMap<Long, Integer>();
        allNodes(request -> {
            if (!isWrite(request)) {
                return well(request);
            }
            return asked.merge(request.id(), 1, Integer::sum) == 1
                    ? Optional.empty()
                    : Optional.of(new ClientReply.Answered(Reply.NO_SESSION, ++slot));
        });

        run(WORKLOAD, 40_000);

        assertThat(ends(true)).hasSizeGreaterThan(20).containsOnly(EventType.INFO);
        assertThat(writes().stream().map(Operation.Write::number)).containsOnly(1L);
        assertThat(operations(Operation.Begin.class))
                .as("one session for each write that is not known, and none to try it again")
                .hasSizeLessThanOrEqualTo(ends(true).size() + 1);
    }

    // ---------------------------------------------------------------- reads

    @Test
    void anEventualReadAsksForAllThatTheClientHasSeenAndIsNoPartOfTheHistory() {
        var wanted = new ArrayList<Long>();
        var told = new ArrayList<Long>();
        allNodes(request -> {
            if (request.operation() instanceof Operation.EventualRead(var _, var atLeast)) {
                wanted.add(atLeast);
                told.add(slot);
            }
            return well(request);
        });

        run(WORKLOAD, 40_000);

        assertThat(wanted).hasSizeGreaterThan(30).isEqualTo(told);
        assertThat(counted("eventual reads answered")).isEqualTo(wanted.size());
        var others = sent.stream()
                .map(one -> one.request().operation())
                .filter(operation ->
                        !(operation instanceof Operation.EventualRead) && !(operation instanceof Operation.Begin));
        assertThat(recorder.history().operations()).hasSize((int) others.count());
    }

    @Test
    void whoIsBehindIsLeftForAnother() {
        allNodes(this::well);
        node("a", _ -> Optional.of(new ClientReply.Behind(0)));

        run(WORKLOAD, 40_000);

        assertThat(counted("eventual reads answered")).isGreaterThan(30);
        assertThat(counted("operations unknown")).isZero();
    }

    @Test
    void aKeyIsReadBackUntilItIsAnsweredAndThenTheNext() {
        allNodes(_ -> Optional.empty());
        var client = client(WORKLOAD);
        client.readBack(List.of(new SimulatedClient.Read(1, "x"), new SimulatedClient.Read(1, "y")));

        timeline.runUntil(3_000 * MILLI);
        assertThat(client.isDone()).isFalse();
        assertThat(keysRead()).hasSizeGreaterThan(20).containsOnly("x");

        allNodes(this::well);
        timeline.runUntil(10_000 * MILLI);
        assertThat(client.isDone()).isTrue();
        assertThat(keysRead()).endsWith("x", "y").containsOnlyOnce("y");
    }

    private List<String> keysRead() {
        return operations(Operation.Read.class).map(Operation.Read::key).toList();
    }

    // ---------------------------------------------------------------- where it asks, and when

    /// Long enough for a leader to take its sessions for abandoned.
    @Test
    void nowAndThenAClientSleeps() {
        allNodes(this::well);

        run(WORKLOAD, 100_000);

        var sleeps = new ArrayList<Long>();
        for (int i = 1; i < sent.size(); i++) {
            long nanos = sent.get(i).time() - sent.get(i - 1).time();
            if (nanos > 1_000 * MILLI) {
                sleeps.add(nanos);
            }
        }
        assertThat(sleeps)
                .hasSizeBetween(2, 15)
                .allMatch(nanos -> nanos > Settings.STANDARD.sessionIdleNanos() + 1_000 * MILLI);
    }

    /// It finds the leader once, and again after each eventual read, which may have gone elsewhere.
    @Test
    void theHintOfWhoDoesNotLeadIsFollowed() {
        allNodes(_ -> Optional.of(new ClientReply.NotLeader(Optional.of(new ReplicaId("b", 1)))));
        node("b", this::well);

        run(WORKLOAD, 40_000);

        assertThat(counted("operations answered")).isGreaterThan(300);
        assertThat(counted("operations unknown") + counted("operations that never began"))
                .isZero();
        assertThat(counted("requests sent again")).isPositive();
        assertThat(arrived.values()).allSatisfy(nodes -> assertThat(nodes).hasSizeLessThanOrEqualTo(2));
    }

    /// A refusal, a timer and a connection that found nobody each have the request sent again, and more than
    /// one of them may happen to one try. Still there is one timer, or requests would multiply.
    @Test
    void noTimerMultiplies() {
        node("a", _ -> noLeader());
        node("b", _ -> Optional.of(new ClientReply.Throttled(1)));
        // And c is off. A frame may take longer than the client waits before it asks again.
        links.weather(new Weather(100, 0, MILLI, 60 * MILLI));

        run(new Workload(1, 3, 5 * MILLI, 30 * MILLI, 1_000 * MILLI), 100_000);

        assertThat(counted("requests sent again")).isGreaterThan(1_000);
        assertThat(counted("requests repeated")).isGreaterThan(1_000);
        for (int i = 1; i < sent.size(); i++) {
            var before = sent.get(i - 1);
            var one = sent.get(i);
            if (one.request().equals(before.request())) {
                assertThat(one.time() - before.time())
                        .as("between two times that %s was sent", one.request())
                        .isGreaterThanOrEqualTo(20 * MILLI);
            }
        }
        for (var from : sent) {
            assertThat(sent)
                    .filteredOn(one -> one.time() >= from.time() && one.time() < from.time() + 1_000 * MILLI)
                    .as("in a second")
                    .hasSizeLessThanOrEqualTo(51);
        }
    }
}
