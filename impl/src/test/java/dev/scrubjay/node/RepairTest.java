package dev.scrubjay.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.archive.MemoryObjectStore;
import dev.scrubjay.log.MemoryDevice;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.log.WriteAheadLog;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Operation;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.protocol.Seat;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.state.TestedRocks;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes whose states lie in real files. A byte flips in one of them.
final class RepairTest {
    private static final long GROUP = 7;
    private static final long TICK_NANOS = 10_000_000;
    private static final long SECOND = 1_000_000_000;

    private final class Member {
        private final String name;
        private final MemoryDevice disk = new MemoryDevice();
        private final TestedRocks rocks;
        private Host host;

        Member(String name) throws IOException {
            this.name = name;
            this.rocks = new TestedRocks(Files.createDirectory(folder.resolve(name)));
            this.host = started(0);
        }

        private Host started(long order) {
            var seat = new Host.Member(new Seat(new ReplicaId(name, 1)), groups(), SETTINGS);
            var recovery = new ArrayList<Recovery>();
            Recovery.begin(disk, seat.log(), recovery::add);
            while (recovery.isEmpty()) {
                disk.returnSync();
            }
            var ports = new Host.Ports(
                    () -> now,
                    disk,
                    rocks.store(),
                    objects,
                    (to, bytes) -> events.add(() -> deliver(to, bytes)),
                    (_, _, _, _, _) -> {},
                    _ -> 0,
                    Host.Forms.CURRENT);
            return new Host(ports, new WriteAheadLog.Sizes(64, 64), seat, (Recovery.Whole) recovery.getFirst(), order);
        }

        boolean leads() {
            return host.view(GROUP).role() == Role.LEADER;
        }
    }

    private static final Settings SETTINGS = settings();

    @TempDir
    private Path folder;

    private final Deque<Runnable> events = new ArrayDeque<>();
    private final MemoryObjectStore objects = new MemoryObjectStore(events::add);
    private final SortedMap<String, Member> members = new TreeMap<>();
    private final List<ClientReply> replies = new ArrayList<>();
    private long now;
    private long requests;

    /// As usual, but for states that are compared every five seconds.
    private static Settings settings() {
        var usual = Settings.STANDARD;
        return new Settings(
                usual.heartbeatNanos(),
                usual.resendNanos(),
                usual.electionNanosMin(),
                usual.electionNanosSpread(),
                usual.windowMax(),
                usual.catchUpMax(),
                usual.archiving(),
                usual.lease(),
                usual.sessionsMax(),
                100 * SECOND,
                usual.healing(),
                usual.snapshots(),
                new Settings.Scrub(5 * SECOND, SECOND, 1 << 18, 20 << 20));
    }

    private static SortedMap<Long, List<ReplicaId>> groups() {
        var groups = new TreeMap<Long, List<ReplicaId>>();
        groups.put(GROUP, List.of(new ReplicaId("a", 1), new ReplicaId("b", 1), new ReplicaId("c", 1)));
        return groups;
    }

    @BeforeEach
    void write() throws IOException {
        for (var name : List.of("a", "b", "c")) {
            members.put(name, new Member(name));
        }
        passes(2);
        ask(new Operation.Begin("nonce"));
        long session = ((ClientReply.Answered) replies.getLast()).slot();
        for (int number = 1; number <= 200; number++) {
            ask(new Operation.Write(session, number, new Request.Put("key " + number, "value " + " ".repeat(50))));
        }
        passes(3);
    }

    @AfterEach
    void close() {
        members.values().forEach(member -> member.rocks.close());
    }

    private void deliver(String to, byte[] bytes) {
        if (members.containsKey(to)) {
            members.get(to).host.receive(bytes);
        } else {
            replies.add(((Frame.Told) FrameForm.decode(bytes)).reply());
        }
    }

    private void settle() {
        boolean isBusy = true;
        while (isBusy) {
            isBusy = !events.isEmpty();
            if (isBusy) {
                events.remove().run();
            }
            for (var member : members.values()) {
                isBusy |= member.disk.returnSync();
                isBusy |= member.rocks.settle();
            }
        }
    }

    private void passes(long seconds) {
        for (long end = now + seconds * SECOND; now < end; now += TICK_NANOS) {
            members.values().forEach(member -> member.host.tick());
            settle();
        }
    }

    private Member leader() {
        return members.values().stream().filter(Member::leads).findFirst().orElseThrow();
    }

    private void ask(Operation operation) {
        var request = new ClientRequest(++requests, "t", 0, operation);
        leader().host.receive(FrameForm.encode(new Frame.Asked(GROUP, 0, "client", request)));
        settle();
        assertThat(replies).last().isInstanceOf(ClientReply.Answered.class);
    }

    /// What is in memory is right meanwhile, so nobody who reads sees anything.
    @Test
    void aByteThatFlippedIsFoundNamedAndRepaired() {
        var follower = members.values().stream()
                .filter(member -> !member.leads())
                .findFirst()
                .orElseThrow();
        var table = TestedRocks.only(follower.rocks.files(), ".sst");
        TestedRocks.flip(table, (int) (table.toFile().length() / 4));

        passes(7);

        assertThat(follower.host.failure())
                .hasValueSatisfying(found -> assertThat(found)
                        .contains("state/" + table.getFileName())
                        .containsPattern("behind (group 7, )?key 'key \\d+'"));
        assertThat(members.values().stream()
                        .filter(member -> member.host.failure().isPresent()))
                .as("nobody else")
                .containsExactly(follower);

        follower.rocks.reopen();
        follower.host = follower.started(1_000_000);
        assertThat(follower.host.view(GROUP).applied()).isZero();
        passes(10);

        assertThat(follower.host.failure()).isEmpty();
        assertThat(follower.host.view(GROUP).state())
                .hasSize(200)
                .isEqualTo(leader().host.view(GROUP).state());
        var status = leader().host.view(GROUP).status(now).orElseThrow();
        assertThat(status.unverifiedNanos().orElseThrow())
                .as("all three are right")
                .isLessThan(6 * SECOND);
        assertThat(leader().host.alarms())
                .containsExactly("group 7, replica c.1: a.1 is lost, and no spare replica was heard of");
    }
}
