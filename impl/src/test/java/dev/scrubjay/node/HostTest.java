package dev.scrubjay.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.archive.MemoryObjectStore;
import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.log.Device;
import dev.scrubjay.log.MemoryDevice;
import dev.scrubjay.log.RecordForm;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.log.WriteAheadLog;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Operation;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.protocol.Seat;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.state.MemoryStateStore;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A node between ports that only remember.
final class HostTest {
    private static final ReplicaId A = new ReplicaId("a", 1);
    private static final ReplicaId B = new ReplicaId("b", 1);

    /// A frame that was sent.
    private record Sent(String to, Frame frame) {}

    /// A disk whose next sync of a file may fail before the call returns.
    private static final class Abrupt implements Device {
        private final MemoryDevice memory;
        private boolean fails;

        Abrupt(MemoryDevice memory) {
            this.memory = memory;
        }

        @Override
        public List<String> names() {
            return memory.names();
        }

        @Override
        public long size(String name) throws IOException {
            return memory.size(name);
        }

        @Override
        public void read(String name, long from, ByteBuffer into) throws IOException {
            memory.read(name, from, into);
        }

        @Override
        public void create(String name, long bytes) {
            memory.create(name, bytes);
        }

        @Override
        public void write(String name, long from, byte[] bytes) {
            memory.write(name, from, bytes);
        }

        @Override
        public void delete(String name) {
            memory.delete(name);
        }

        @Override
        public void sync(String name, Consumer<Outcome> ended) {
            if (fails) {
                ended.accept(new Outcome.Failed("gone"));
            } else {
                memory.sync(name, ended);
            }
        }

        @Override
        public void syncFolder(Consumer<Outcome> ended) {
            memory.syncFolder(ended);
        }
    }

    private final MemoryDevice memory = new MemoryDevice();
    private final Abrupt disk = new Abrupt(memory);
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> traced = new ArrayList<>();
    private final List<MemoryStateStore.Flush> flushes = new ArrayList<>();
    private final MemoryStateStore states = new MemoryStateStore(flushes::add);
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final MemoryObjectStore objects = new MemoryObjectStore(answers::add);
    private long now;

    private static Host.Member member() {
        var groups = new TreeMap<Long, List<ReplicaId>>();
        groups.put(7L, List.of(A, B, new ReplicaId("c", 1)));
        return new Host.Member(new Seat(A), groups, Settings.STANDARD);
    }

    /// Starts the node from its disk, and lets its log begin.
    private Host host(long order) {
        var ports = new Host.Ports(
                () -> now,
                disk,
                states,
                objects,
                (to, bytes) -> sent.add(new Sent(to, FrameForm.decode(bytes))),
                (_, _, at, time, event) -> traced.add(at + " " + event.action() + " at " + time),
                _ -> 0,
                Host.Forms.CURRENT);
        var host = new Host(ports, new WriteAheadLog.Sizes(16, 8), member(), recovered(), order);
        settle();
        return host;
    }

    private void settle() {
        while (memory.returnSync() || !answers.isEmpty()) {
            if (!answers.isEmpty()) {
                answers.remove().run();
            }
        }
    }

    private Recovery.Whole recovered() {
        var recovery = new ArrayList<Recovery>();
        Recovery.begin(memory, member().log(), recovery::add);
        settle();
        return (Recovery.Whole) recovery.getFirst();
    }

    private List<LogRecord> records() {
        return recovered().records().stream()
                .map(record -> switch (record) {
                    case Recovered.Intact(var _, RecordForm.Logged(var group, var logged)) -> {
                        assertThat(group).isEqualTo(7);
                        yield logged;
                    }
                    case Recovered.Corrupt corrupt -> throw new AssertionError(corrupt);
                })
                .toList();
    }

    private static byte[] prepare(long round) {
        return FrameForm.encode(
                new Frame.Between(7, 40, B, A, new Message.Prepare(new Ballot(round, B), Ballot.none(A))));
    }

    @Test
    void aFrameBecomesAnInputAndItsEffectsAreCarriedOut() {
        var host = host(0);
        now = 5;
        host.receive(prepare(3));
        assertThat(sent).isEmpty();

        now = 6;
        settle();

        assertThat(records()).containsExactly(new LogRecord.Promise(new Ballot(3, B)));
        assertThat(sent)
                .containsExactly(new Sent(
                        "b", new Frame.Between(7, 43, A, B, new Message.Promised(new Ballot(3, B), 0, List.of()))));
        assertThat(traced).containsExactly("41 Promise at 5", "42 Sync at 6", "43 Promised at 6");
    }

    @Test
    void aClientIsToldUnderItsName() {
        var request = new ClientRequest(2, "t", 0, new Operation.Read("k"));
        host(0).receive(FrameForm.encode(new Frame.Asked(7, 0, "client-1", request)));

        assertThat(sent).singleElement().satisfies(told -> {
            assertThat(told.to()).isEqualTo("client-1");
            assertThat(told.frame())
                    .isInstanceOfSatisfying(
                            Frame.Told.class,
                            frame -> assertThat(frame.reply()).isInstanceOf(ClientReply.NotLeader.class));
        });
    }

    @Test
    void aFrameThatWasDamagedIsAsGoodAsLost() {
        var host = host(0);
        var damaged = prepare(3);
        damaged[20] ^= 1;
        host.receive(damaged);
        host.receive(new byte[0]);
        host.receive(FrameForm.encode(new Frame.Told(7, 1, "a", 1, new ClientReply.NotLeader(Optional.empty()))));

        assertThat(host.malformed()).isEqualTo(3);
        assertThat(memory.returnSync()).isFalse();
        assertThat(host.view(7).promisedBallot().round()).isZero();
    }

    @Test
    void aNodeGoesOnFromWhatItsDiskHolds() {
        host(0).receive(prepare(3));
        settle();
        sent.clear();
        var second = host(9);

        assertThat(second.view(7).promisedBallot()).isEqualTo(new Ballot(3, B));
        assertThat(second.view(7).role()).isEqualTo(Role.FOLLOWER);
        assertThat(traced).last().isEqualTo("10 Restart at 0");
        second.receive(prepare(2));
        assertThat(sent)
                .singleElement()
                .satisfies(refused -> assertThat(refused.frame())
                        .isEqualTo(new Frame.Between(7, 40, A, B, new Message.Refused(new Ballot(3, B)))));

        now = 2 * Settings.STANDARD.lease().grantNanosLongest();
        second.tick();
        second.receive(prepare(4));
        settle();
        assertThat(sent)
                .last()
                .satisfies(promised -> assertThat(promised.frame())
                        .isInstanceOfSatisfying(
                                Frame.Between.class,
                                frame -> assertThat(frame.message())
                                        .isEqualTo(new Message.Promised(new Ballot(4, B), 0, List.of()))));
        assertThat(records())
                .containsExactly(new LogRecord.Promise(new Ballot(3, B)), new LogRecord.Promise(new Ballot(4, B)));
    }

    /// Corrupt is not absent: a node that cannot read what it wrote must not go on as if it had written
    /// nothing. Of a promise the name says it all.
    @Test
    void aPromiseThatIsCorruptIsKept() {
        host(0).receive(prepare(3));
        settle();
        var damaged = memory.sector("segment-000001", 2);
        damaged[500] ^= 1;
        memory.damage("segment-000001", 2, damaged);

        assertThat(recovered().records()).singleElement().isInstanceOf(Recovered.Corrupt.class);
        assertThat(host(9).view(7).promisedBallot()).isEqualTo(new Ballot(3, B));
    }

    /// Whatever comes then, as if it were not there any more.
    @Test
    void aNodeWhoseLogFailedTakesNothingAndSendsNothing() {
        var host = host(0);
        memory.failSyncAfter(0);
        host.receive(prepare(3));
        settle();
        assertThat(host.failure()).contains("the disk said no");
        var before = List.copyOf(traced);

        now = 2 * Settings.STANDARD.electionNanosMin();
        host.receive(prepare(4));
        host.tick();
        host.leave();
        settle();

        assertThat(sent).isEmpty();
        assertThat(traced).isEqualTo(before);
        assertThat(host.view(7).promisedBallot()).isEqualTo(new Ballot(3, B));
    }

    @Test
    void aLogMayFailInTheMiddleOfAStep() {
        var host = host(0);
        assertThat(host.failure()).isEmpty();
        disk.fails = true;
        host.receive(prepare(3));
        disk.fails = false;
        host.receive(prepare(4));
        settle();

        assertThat(host.failure()).contains("gone");
        assertThat(sent).isEmpty();
    }

    @Test
    void anotherLifeOfADiskHasAnotherLog() {
        var other = new Host.Member(new Seat(new ReplicaId("a", 2)), member().groups(), Settings.STANDARD);
        var another = new Host.Member(new Seat(B), member().groups(), Settings.STANDARD);

        assertThat(List.of(member().log(), other.log(), another.log())).doesNotHaveDuplicates();
    }

    @Test
    void timeThatPassesIsNoticedAtTheNextTick() {
        var host = host(0);
        host.tick();
        assertThat(host.view(7).role()).isEqualTo(Role.FOLLOWER);

        now = Settings.STANDARD.electionNanosMin();
        host.tick();
        assertThat(sent)
                .extracting(Sent::frame)
                .contains(new Frame.Between(7, 0, A, B, new Message.Question(Ballot.none(A))));
        host.receive(fromB(new Message.Answer(Ballot.none(A), false, 0)));
        assertThat(host.view(7).role()).isEqualTo(Role.CANDIDATE);
    }

    /// Nobody has to wait for its lease to run out. That it leads, and what the others answer, is what this
    /// node is told here. What was applied since the last flush has to be applied again after a power-off; so
    /// they come often, and one at a time.
    @Test
    void statesAreFlushedFromTimeToTime() {
        var host = host(0);
        host.tick();
        assertThat(flushes).as("before a second has passed").isEmpty();

        now += 1_000_000_000;
        host.tick();
        now += 1_000_000_000;
        host.tick();
        assertThat(flushes).as("as long as the first is under way").hasSize(1);

        flushes.getFirst().end();
        host.tick();
        assertThat(flushes).hasSize(2);

        flushes.getLast().fail("gone");
        assertThat(host.failure()).contains("gone");
    }

    /// The log has all of it, so it can be thrown away; but somebody should know.
    @Test
    void aStateThatIsCorruptIsThrownAway() {
        states.write(7, 1, changes -> changes.put(new byte[] {1}, new byte[] {2}));
        states.damage(7);

        var host = host(0);

        assertThat(host.failure()).isEmpty();
        assertThat(states.applied(7)).isZero();
        assertThat(host.alarms()).singleElement().asString().contains("group 7", "was damaged");
    }

    /// What is chosen goes to the archive, the state is flushed, and the first segments of the log go: the
    /// promise does not go with them.
    @Test
    void whatIsArchivedAndFlushedGoesFromTheLog() {
        var host = host(0);
        var ballot = new Ballot(3, B);
        host.receive(prepare(3));
        settle();
        var archive = new SegmentedArchive(objects, alarm -> {
            throw new AssertionError(alarm);
        });
        for (int slot = 1; slot <= 40; slot++) {
            var entry = new Entry.Begin("nonce " + slot);
            archive.put(7, 1, slot - 1, List.of(entry), (_, _) -> {});
            host.receive(fromB(new Message.Accept(ballot, 1, slot, entry)));
            host.receive(fromB(new Message.Chosen(ballot, 1, slot, entry)));
            settle();
        }
        assertThat(host.view(7).applied()).isEqualTo(40);
        assertThat(memory.names()).hasSizeGreaterThan(5).contains("segment-000001");

        host.receive(fromB(new Message.Heartbeat(ballot, Ballot.none(A), 40, 40, true, now, false)));
        for (int i = 0; i < 40; i++) {
            now += 500_000_000;
            host.tick();
            flushes.forEach(MemoryStateStore.Flush::end);
            flushes.clear();
            settle();
            host.receive(prepare(4 + i));
            settle();
        }

        assertThat(memory.names()).doesNotContain("segment-000001").hasSizeLessThan(5);
        assertThat(records()).hasSizeLessThan(40).contains(new LogRecord.Promise(new Ballot(43, B)));
        var again = host(1_000);
        assertThat(again.view(7).promisedBallot()).isEqualTo(new Ballot(43, B));
        assertThat(again.view(7).applied()).isEqualTo(40);
        assertThat(again.failure()).isEmpty();
    }

    @Test
    void aNodeThatLeavesHandsOver() {
        var host = host(0);
        now = Settings.STANDARD.electionNanosMin();
        host.tick();
        var none = Ballot.none(A);
        var own = new Ballot(1, A);
        host.receive(fromB(new Message.Answer(none, false, 0)));
        settle();
        host.receive(fromB(new Message.Promised(own, 0, List.of())));
        host.receive(fromB(new Message.Granted(own, now, 300_000_000)));
        assertThat(host.view(7).holdsLease(now)).isTrue();

        host.leave();
        host.tick();

        assertThat(host.view(7).role()).isEqualTo(Role.FOLLOWER);
        assertThat(sent).last().satisfies(released -> {
            assertThat(released.to()).isEqualTo("b");
            assertThat(released.frame())
                    .isInstanceOfSatisfying(
                            Frame.Between.class,
                            frame -> assertThat(frame.message()).isEqualTo(new Message.Release(own)));
        });
    }

    private static byte[] fromB(Message message) {
        return FrameForm.encode(new Frame.Between(7, 0, B, A, message));
    }
}
