package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayDeque;
import java.util.List;

/// What the replicas of one node share while they take a step: the time, the Lamport count, and the log of
/// the node, in which the records of all of them stand one after another.
final class Outbox {
    private final ReplicaId self;
    private final Pace pace;
    private final Pace scrubPace;
    private final ArrayDeque<Long> unsynced = new ArrayDeque<>();
    private Effects effects;
    private long now;
    private long order;
    private long appended;
    private long synced;
    private boolean syncing;

    Outbox(ReplicaId self, Pace pace, Pace scrubPace, long order, long records, Effects effects) {
        this.self = self;
        this.pace = pace;
        this.scrubPace = scrubPace;
        this.order = order;
        this.appended = records;
        this.synced = records;
        this.effects = effects;
    }

    void begin(long now, Effects effects) {
        this.now = now;
        this.effects = effects;
    }

    /// Whatever happens from here on comes after what the sender did before it sent.
    void receive(long order) {
        this.order = Math.max(this.order, order);
    }

    long now() {
        return now;
    }

    /// How fast snapshots leave this node.
    Pace pace() {
        return pace;
    }

    /// How fast states are read on this node to be compared.
    Pace scrubPace() {
        return scrubPace;
    }

    void send(long group, ReplicaId to, Message message) {
        effects.send(group, order, self, to, message);
    }

    void append(long group, LogRecord record) {
        effects.append(group, record);
        unsynced.add(group);
        appended++;
    }

    void reply(long group, String client, long id, ClientReply reply) {
        effects.reply(group, order, client, id, reply);
    }

    void archive(long group, long after, List<Entry> entries) {
        effects.archive(group, order, after, entries);
    }

    void fetch(long group, long after, int most) {
        effects.fetch(group, after, most);
    }

    void refer(long group, long slot) {
        effects.refer(group, slot);
    }

    void alarm(long group, String what) {
        effects.alarm(group, self, what);
    }

    void trace(long group, TraceEvent event) {
        order++;
        effects.trace(group, order, self, event);
    }

    /// Asks for a sync of what was written since the last one began. All groups share it.
    void end() {
        if (appended > synced && !syncing) {
            syncing = true;
            effects.sync();
        }
    }

    /// A sync returned; gives the groups of the records that it covered, in the order of the records.
    Iterable<Long> synced(long records) {
        Invariant.holds(syncing && records > synced && records <= appended, "a sync covers what was appended");
        syncing = false;
        var groups = new ArrayDeque<Long>();
        for (; synced < records; synced++) {
            groups.add(unsynced.remove());
        }
        return groups;
    }
}
