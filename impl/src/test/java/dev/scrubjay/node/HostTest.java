package dev.scrubjay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.log.RecordForm;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Operation;
import dev.scrubjay.port.Disk;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A node between ports that only remember.
final class HostTest {
    private static final ReplicaId A = new ReplicaId("a", 1);
    private static final ReplicaId B = new ReplicaId("b", 1);

    /// A frame that was sent.
    private record Sent(String to, Frame frame) {}

    private static final class Remembering implements Disk {
        private final List<byte[]> records = new ArrayList<>();
        private int syncs;

        @Override
        public List<byte[]> read() {
            return List.copyOf(records);
        }

        @Override
        public void append(byte[] record) {
            records.add(record);
        }

        @Override
        public void sync() {
            syncs++;
        }
    }

    private final Remembering disk = new Remembering();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> traced = new ArrayList<>();
    private long now;

    private Host host(long order) {
        var groups = new TreeMap<Long, List<ReplicaId>>();
        groups.put(7L, List.of(A, B, new ReplicaId("c", 1)));
        return new Host(
                () -> now,
                disk,
                (to, bytes) -> sent.add(new Sent(to, FrameForm.decode(bytes))),
                (group, replica, at, time, event) -> traced.add(at + " " + event.action() + " at " + time),
                bound -> 0,
                new Host.Member(A, groups, Settings.STANDARD),
                order);
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
        assertThat(disk.records)
                .extracting(RecordForm::decode)
                .containsExactly(new RecordForm.Logged(7, new LogRecord.Promise(new Ballot(3, B))));
        assertThat(disk.syncs).isEqualTo(1);
        assertThat(sent).isEmpty();

        now = 6;
        host.synced(1);

        assertThat(sent)
                .containsExactly(new Sent(
                        "b", new Frame.Between(7, 43, A, B, new Message.Promised(new Ballot(3, B), List.of()))));
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
        assertThat(disk.records).isEmpty();
        assertThat(host.view(7).promisedBallot().round()).isZero();
    }

    @Test
    void aNodeGoesOnFromWhatItsDiskHolds() {
        var first = host(0);
        first.receive(prepare(3));
        var second = host(9);

        assertThat(second.view(7).promisedBallot()).isEqualTo(new Ballot(3, B));
        assertThat(second.view(7).role()).isEqualTo(Role.FOLLOWER);
        assertThat(traced).last().isEqualTo("10 Restart at 0");
        second.receive(prepare(2));
        assertThat(sent)
                .singleElement()
                .satisfies(refused -> assertThat(refused.frame())
                        .isEqualTo(new Frame.Between(7, 40, A, B, new Message.Refused(new Ballot(3, B)))));
    }

    /// Corrupt is not absent: a node that cannot read what it wrote must not go on as if it had written
    /// nothing.
    @Test
    void aNodeWhoseDiskIsDamagedDoesNotStart() {
        host(0).receive(prepare(3));
        disk.records.getFirst()[12] ^= 1;

        assertThatThrownBy(() -> host(9)).isInstanceOf(MalformedException.class);
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
    /// node is told here.
    @Test
    void aNodeThatLeavesHandsOver() {
        var host = host(0);
        now = Settings.STANDARD.electionNanosMin();
        host.tick();
        var none = Ballot.none(A);
        var own = new Ballot(1, A);
        host.receive(fromB(new Message.Answer(none, false, 0)));
        host.synced(1);
        host.receive(fromB(new Message.Promised(own, List.of())));
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
