package dev.scrubjay.node;

import dev.scrubjay.log.RecordForm;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Message;
import dev.scrubjay.port.Clock;
import dev.scrubjay.port.Disk;
import dev.scrubjay.port.Network;
import dev.scrubjay.protocol.Chance;
import dev.scrubjay.protocol.Effects;
import dev.scrubjay.protocol.Input;
import dev.scrubjay.protocol.Node;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A node between its ports: turns what comes from outside into inputs, one at a time, and carries out the
/// effects.
///
/// One thread calls it. Whoever owns that thread also calls `tick` often enough for the settings of the
/// protocol.
public final class Host {
    /// What a node is, whatever happened to it before.
    ///
    /// @param self this node's replica of each group
    /// @param groups who votes in each of them
    public record Member(ReplicaId self, SortedMap<Long, List<ReplicaId>> groups, Settings settings) {}

    private final Clock clock;
    private final Disk disk;
    private final Network network;
    private final TraceSink traces;
    private final Node node;
    private final Effects effects = new Carried();
    private long now;
    private long malformed;

    /// Starts the node from what its disk holds.
    ///
    /// @param order the Lamport count of the last event that this node traced; 0 on its very first start
    public Host(Clock clock, Disk disk, Network network, TraceSink traces, Chance chance, Member member, long order) {
        this.clock = clock;
        this.disk = disk;
        this.network = network;
        this.traces = traces;
        var records = new TreeMap<Long, List<LogRecord>>();
        for (var bytes : disk.read()) {
            var logged = RecordForm.decode(bytes);
            records.computeIfAbsent(logged.group(), _ -> new ArrayList<>()).add(logged.record());
        }
        var start = new Node.Start(member.groups(), records, order, order > 0);
        this.now = clock.now();
        this.node = new Node(member.self(), member.settings(), chance, start, now, effects);
    }

    /// A frame came. One that was damaged on its way is as good as lost.
    public void receive(byte[] bytes) {
        Frame frame;
        try {
            frame = FrameForm.decode(bytes);
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

    /// A sync of the disk returned, and covers so many records.
    public void synced(long records) {
        step(new Input.Synced(records));
    }

    public void tick() {
        step(new Input.Tick());
    }

    /// The node is about to stop. Its leaders hand over, so that nobody has to wait for their leases to run
    /// out.
    public void leave() {
        step(new Input.Leave());
    }

    private void step(Input input) {
        now = clock.now();
        node.step(now, input, effects);
    }

    public ReplicaView view(long group) {
        return node.view(group);
    }

    private final class Carried implements Effects {
        @Override
        public void send(long group, long order, ReplicaId from, ReplicaId to, Message message) {
            network.send(to.node(), FrameForm.encode(new Frame.Between(group, order, from, to, message)));
        }

        @Override
        public void append(long group, LogRecord record) {
            disk.append(RecordForm.encode(group, record));
        }

        @Override
        public void sync() {
            disk.sync();
        }

        @Override
        public void reply(long group, long order, String client, long id, ClientReply reply) {
            network.send(client, FrameForm.encode(new Frame.Told(group, order, client, id, reply)));
        }

        @Override
        public void trace(long group, long order, ReplicaId replica, TraceEvent event) {
            traces.event(group, replica, order, now, event);
        }
    }
}
