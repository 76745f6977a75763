package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A process that hosts replicas of many groups, as a pure function: `step` takes what happened, and when,
/// and says what is to be done.
public final class Node {
    /// How a node begins, for the first time or after a power-off.
    ///
    /// @param groups who votes first in each group that this node hosts a replica of
    /// @param records what its log holds of each group, all of it synced
    /// @param stores what each group's log came to, as far as it is kept outside of the log; a group that has
    /// none here begins with an empty one in memory
    /// @param order the Lamport count to go on from: that of the last event that the node wrote
    public record Start(
            SortedMap<Long, List<ReplicaId>> groups,
            SortedMap<Long, List<LogRecord>> records,
            SortedMap<Long, Store> stores,
            long order,
            boolean again) {}

    /// In the order of their groups. With ten thousand of them, to find one in a tree takes longer than what
    /// it does with most messages.
    private final SequencedMap<Long, Replica> replicas = new LinkedHashMap<>();

    private final Outbox outbox;

    /// Which replicas were given something since somebody asked.
    private List<Long> touched = new ArrayList<>();

    /// All of them were.
    private boolean isTouched = true;

    public Node(Seat seat, Settings settings, Chance chance, Start start, long now, Effects effects) {
        long records = start.records().values().stream().mapToLong(List::size).sum();
        outbox = new Outbox(
                seat.self(),
                new Pace(settings.snapshots().bytesPerSecond()),
                new Pace(settings.scrub().bytesPerSecond()),
                start.order(),
                records,
                effects);
        outbox.begin(now, effects);
        start.groups().forEach((group, voters) -> {
            var replica = new Replica(group, seat, voters, settings, chance, outbox);
            var store = start.stores().getOrDefault(group, new MemoryStore());
            replica.begin(start.records().getOrDefault(group, List.of()), store, start.again());
            replicas.put(group, replica);
        });
    }

    /// The whole protocol enters here. The clock was read after the input was taken.
    public void step(long now, Input input, Effects effects) {
        outbox.begin(now, effects);
        switch (input) {
            case Input.Tick() -> {
                isTouched = true;
                replicas.values().forEach(Replica::tick);
            }
            case Input.Received received -> receive(received);
            case Input.Synced(var count) -> sync(count);
            case Input.Requested requested -> request(requested);
            case Input.Archived(var group, var order, var slots) -> {
                outbox.receive(order);
                touch(group).toldArchived(slots);
            }
            case Input.Fetched(var group, var order, var after, var entries) -> {
                outbox.receive(order);
                touch(group).fetched(after, entries);
            }
            case Input.Referred(var group, var order, var reference) -> {
                outbox.receive(order);
                touch(group).referred(reference);
            }
            case Input.Free(var group, var slot) -> touch(group).free(slot);
            case Input.Leave() -> {
                isTouched = true;
                replicas.values().forEach(Replica::leave);
            }
        }
        outbox.end();
    }

    private void receive(Input.Received received) {
        outbox.receive(received.order());
        var replica = replicas.get(received.group());
        if (replica != null) {
            note(received.group());
            replica.receive(received.from(), received.to(), received.message());
        }
    }

    /// One sync serves all groups; each learns how many of its own records it covers.
    private void sync(long records) {
        var counts = new TreeMap<Long, Integer>();
        outbox.synced(records).forEach(group -> counts.merge(group, 1, Integer::sum));
        counts.forEach((group, count) -> touch(group).sync(count));
    }

    private void request(Input.Requested requested) {
        outbox.receive(requested.order());
        var request = requested.request();
        var replica = replicas.get(requested.group());
        if (replica == null) {
            outbox.reply(
                    requested.group(), requested.client(), request.id(), new ClientReply.WrongGroup(Optional.empty()));
        } else {
            note(requested.group());
            replica.request(requested.client(), request);
        }
    }

    private Replica touch(long group) {
        note(group);
        return replica(group);
    }

    /// Where nobody asks, it is all of them before long, and takes no more room.
    private void note(long group) {
        if (!isTouched) {
            touched.add(group);
            isTouched = touched.size() > replicas.size();
        }
    }

    /// The groups whose replicas were given anything since this was asked last, in their order. The others
    /// are as they were: nothing else changes a replica.
    public Collection<Long> touched() {
        var groups = touched;
        boolean all = isTouched;
        isTouched = false;
        touched = new ArrayList<>();
        if (all) {
            return replicas.keySet();
        }
        return groups.size() < 2 ? groups : new TreeSet<>(groups);
    }

    /// One replica, to be looked at.
    public ReplicaView view(long group) {
        return replica(group);
    }

    private Replica replica(long group) {
        var replica = replicas.get(group);
        if (replica == null) {
            throw new IllegalArgumentException(
                    "no replica of group " + group + " here; there are " + replicas.keySet());
        }
        return replica;
    }
}
