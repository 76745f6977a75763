package dev.scrubjay.node;

import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.log.Device;
import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.RecordName;
import dev.scrubjay.log.Records;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.log.Trimming;
import dev.scrubjay.log.WriteAheadLog;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Frames;
import dev.scrubjay.message.Message;
import dev.scrubjay.port.Clock;
import dev.scrubjay.port.Network;
import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.port.StateStore;
import dev.scrubjay.protocol.Chance;
import dev.scrubjay.protocol.Effects;
import dev.scrubjay.protocol.Input;
import dev.scrubjay.protocol.Node;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Seat;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.protocol.Store;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// A node between its ports: turns what comes from outside into inputs, one at a time, and carries out the
/// effects.
///
/// One thread calls it, and the device calls back on the same. Whoever owns that thread also calls `tick`
/// often enough for the settings of the protocol.
///
/// When the log fails nobody knows what is on the disk, so the node stops: from then on it takes nothing and
/// nothing leaves it.
public final class Host {
    /// How often the states are flushed: what was applied since has to be applied again after a power-off.
    private static final long FLUSH_NANOS = 1_000_000_000;

    private static final long SECOND = 1_000_000_000;

    private static final int ALARMS_MAX = 100;

    /// What a node stands on.
    ///
    /// @param device where its log lies
    /// @param states where the states of its groups lie; whoever opened it closes it
    /// @param objects where the archive lies, to which goes what is chosen
    /// @param forms how it writes what others may read
    public record Ports(
            Clock clock,
            Device device,
            StateStore states,
            ObjectStore objects,
            Network network,
            TraceSink traces,
            Chance chance,
            Forms forms) {}

    /// How a node writes what others may read, or itself when it is of another version.
    public record Forms(Frames frames, Records records) {
        public static final Forms CURRENT = new Forms(Frames.CURRENT, Records.CURRENT);
    }

    /// What a node is, whatever happened to it before.
    ///
    /// @param seat this node's replica of each group
    /// @param groups who votes in each of them at first
    public record Member(Seat seat, SortedMap<Long, List<ReplicaId>> groups, Settings settings) {
        /// The number of its log: the incarnation, behind a checksum of the name. So the log of another node,
        /// or of another life of this one's disk, is not taken for its own.
        public long log() {
            var self = seat.self();
            var checksum = new CRC32C();
            checksum.update(self.node().getBytes(StandardCharsets.UTF_8));
            return checksum.getValue() << Integer.SIZE | self.incarnation();
        }
    }

    private final Clock clock;
    private final Network network;
    private final Frames frames;
    private final TraceSink traces;
    private final StateStore states;
    private final SegmentedArchive archive;
    private final References references;
    private final ArchiveScrub archiveScrub;
    private final WriteAheadLog log;

    /// What was appended and is not synced.
    private final Deque<RecordName> appended = new ArrayDeque<>();

    private final Trimming trimming = new Trimming();
    private long segment;
    private final Node node;
    private final Effects effects = new Carried();
    private final Settings.Scrub scrub;
    private Optional<String> failure = Optional.empty();
    private boolean isStepping;
    private boolean isFlushing;
    private long flushAt;
    private boolean isVerifying;
    private long verifyAt;
    private long verifyFrom;
    private long now;
    private long malformed;
    private final List<String> alarms = new ArrayList<>();
    private long alarmed;

    /// Starts the node from what was found on its disk.
    ///
    /// @param order the Lamport count of the last event that this node traced; 0 on its very first start
    public Host(Ports ports, WriteAheadLog.Sizes sizes, Member member, Recovery.Whole found, long order) {
        this.clock = ports.clock();
        this.network = ports.network();
        this.frames = ports.forms().frames();
        this.traces = ports.traces();
        this.states = ports.states();
        this.archive = new SegmentedArchive(ports.objects(), this::alarm);
        this.references = new References(archive);
        this.archiveScrub = new ArchiveScrub(archive, member.settings());
        this.segment = found.end().segment();
        found.records().forEach(record -> trimming.synced(record.segment(), record.name()));
        this.log = new WriteAheadLog(
                ports.device(),
                sizes,
                ports.forms().records(),
                found.end(),
                new Heard(found.records().size()));
        var start = new Node.Start(member.groups(), records(found), stores(member), order, order > 0);
        this.now = clock.now();
        this.flushAt = now + FLUSH_NANOS;
        this.scrub = member.settings().scrub();
        this.verifyAt = now + scrub.everyNanos();
        this.verifyFrom = verifyAt;
        this.node = new Node(member.seat(), member.settings(), ports.chance(), start, now, effects);
    }

    /// Of a promise and of a trim the name says all that they said.
    private static SortedMap<Long, List<LogRecord>> records(Recovery.Whole found) {
        var records = new TreeMap<Long, List<LogRecord>>();
        for (var recovered : found.records()) {
            var logged = switch (recovered) {
                case Recovered.Intact(var _, var intact) -> intact;
                case Recovered.Corrupt(var _, RecordName.Promise(var group, var ballot)) ->
                    new Logged(group, new LogRecord.Promise(ballot));
                case Recovered.Corrupt(var _, RecordName.Trim(var group, var ballot, var slot, var before)) ->
                    new Logged(group, new LogRecord.Trim(ballot, slot, before));
                case Recovered.Corrupt(var _, RecordName.Accept(var group, var ballot, var slot)) ->
                    new Logged(group, new LogRecord.Corrupt(ballot, slot));
            };
            records.computeIfAbsent(logged.group(), _ -> new ArrayList<>()).add(logged.record());
        }
        return records;
    }

    /// A state that is corrupt is thrown away: its log has all of it.
    private SortedMap<Long, Store> stores(Member member) {
        var stores = new TreeMap<Long, Store>();
        for (long group : member.groups().keySet()) {
            var state = new GroupState(states, group);
            stores.put(group, state);
            try {
                state.applied();
                state.members();
                states.staged(group);
            } catch (StateStore.CorruptException e) {
                alarm(String.valueOf(e.getMessage()));
                states.clear(group);
            }
        }
        return stores;
    }

    /// A frame came. One that was damaged on its way is as good as lost.
    public void receive(byte[] bytes) {
        Frame frame;
        try {
            frame = frames.decode(bytes);
        } catch (Decoder.MalformedException _) {
            malformed++;
            return;
        }
        switch (frame) {
            case Frame.Between(var group, var order, var from, var to, var message) ->
                step(new Input.Received(group, order, from, to, message));
            case Frame.Asked(var group, var order, var client, var request) ->
                step(new Input.Requested(group, order, client, request));
            case Frame.Told _ -> malformed++; // A node is nobody's client.
        }
    }

    /// How many frames came that are not ours, or were damaged.
    public long malformed() {
        return malformed;
    }

    private void alarm(String what) {
        if (alarms.size() == ALARMS_MAX) {
            alarms.removeFirst();
        }
        alarms.add(what);
        alarmed++;
    }

    /// How often there was something.
    public long alarmed() {
        return alarmed;
    }

    /// What a person has to know, the last of it.
    public List<String> alarms() {
        return List.copyOf(alarms);
    }

    /// Why the node stopped, if it did.
    public Optional<String> failure() {
        return failure;
    }

    public void tick() {
        step(new Input.Tick());
        if (failure.isEmpty()) {
            archiveScrub.goOn(now);
        }
        if (now >= flushAt && !isFlushing && failure.isEmpty()) {
            isFlushing = true;
            flushAt = now + FLUSH_NANOS;
            states.flush(this::flushed);
        }
        if (now >= verifyAt && !isVerifying && failure.isEmpty()) {
            isVerifying = true;
            states.verify(this::verified);
        }
    }

    /// All that lies on the disk is read once in the time between two marks, or as fast as scrub may: for who
    /// reads a state has from memory what is there.
    private void verified(StateStore.Verified verified) {
        isVerifying = false;
        verifyAt = now + verified.bytes() * SECOND / scrub.bytesPerSecond();
        if (verified.isLast()) {
            verifyAt = Math.max(verifyAt, verifyFrom + scrub.everyNanos());
            verifyFrom = verifyAt;
        }
        verified.damage().ifPresent(this::lost);
    }

    private void flushed(StateStore.Outcome outcome) {
        isFlushing = false;
        switch (outcome) {
            case StateStore.Outcome.Flushed() -> trim();
            case StateStore.Outcome.Failed(var what) -> failure = Optional.of(what);
        }
    }

    /// What was flushed may make segments of the log useless. A group in which nothing happens any more is in
    /// the way of all others until it has written down anew what it promised.
    private void trim() {
        long needed = trimming.needed(segment);
        if (failure.isEmpty()) {
            log.trim(needed);
        }
        if (needed < segment) {
            trimming.holding(needed).forEach((group, slot) -> step(new Input.Free(group, slot)));
        }
    }

    /// The node is about to stop. Its leaders hand over, so that nobody has to wait for their leases to run
    /// out.
    public void leave() {
        step(new Input.Leave());
    }

    private void step(Input input) {
        if (failure.isEmpty()) {
            Invariant.holds(!isStepping, "a node takes one input at a time");
            isStepping = true;
            now = clock.now();
            try {
                node.step(now, input, effects);
            } catch (StateStore.CorruptException e) {
                lost(e);
            }
            isStepping = false;
        }
    }

    /// In the middle of a step nobody can go on without the state. Whoever starts the node again finds it
    /// cleared.
    private void lost(StateStore.CorruptException corrupt) {
        failure = Optional.of(String.valueOf(corrupt.getMessage()));
        try {
            corrupt.group().ifPresent(states::clear);
        } catch (StateStore.CorruptException e) {
            alarm(String.valueOf(e.getMessage()));
        }
    }

    /// The groups in which anything may have changed since this was asked last, in their order.
    public Collection<Long> touched() {
        return node.touched();
    }

    public ReplicaView view(long group) {
        return node.view(group);
    }

    /// What the log says. It counts from where it was opened, the node from the first record ever.
    private final class Heard implements WriteAheadLog.Listener {
        private final long before;
        private long covered;

        Heard(long before) {
            this.before = before;
        }

        @Override
        public void synced(long records, long segment) {
            for (; covered < records; covered++) {
                trimming.synced(segment, appended.remove());
            }
            Host.this.segment = segment;
            step(new Input.Synced(before + records));
        }

        @Override
        public void failed(String what) {
            failure = Optional.of(what);
        }
    }

    /// The log may fail in the middle of a step: what was to be done after that is not done.
    private final class Carried implements Effects {
        @Override
        public void send(long group, long order, ReplicaId from, ReplicaId to, Message message) {
            if (failure.isEmpty()) {
                network.send(to.node(), frames.encode(new Frame.Between(group, order, from, to, message)));
            }
        }

        @Override
        public void append(long group, LogRecord record) {
            if (failure.isEmpty()) {
                appended.add(RecordName.of(group, record));
                log.append(group, record);
            }
        }

        @Override
        public void sync() {
            if (failure.isEmpty()) {
                log.sync();
            }
        }

        @Override
        public void reply(long group, long order, String client, long id, ClientReply reply) {
            if (failure.isEmpty()) {
                network.send(client, frames.encode(new Frame.Told(group, order, client, id, reply)));
            }
        }

        @Override
        public void archive(long group, long order, long after, List<Entry> entries) {
            archive.put(group, order, after, entries, (at, slots) -> step(new Input.Archived(group, at, slots)));
        }

        @Override
        public void fetch(long group, long after, int most) {
            archive.get(group, after, most, (at, entries) -> step(new Input.Fetched(group, at, after, entries)));
        }

        @Override
        public void refer(long group, long slot) {
            archiveScrub.begin(group);
            references.refer(group, slot, (order, reference) -> step(new Input.Referred(group, order, reference)));
        }

        @Override
        public void alarm(long group, ReplicaId replica, String what) {
            Host.this.alarm("group " + group + ", replica " + replica + ": " + what);
        }

        @Override
        public void trace(long group, long order, ReplicaId replica, TraceEvent event) {
            if (failure.isEmpty()) {
                traces.event(group, replica, order, now, event);
            }
        }
    }
}
