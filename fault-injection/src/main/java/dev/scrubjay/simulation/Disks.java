package dev.scrubjay.simulation;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is on all disks at once, as no replica can see it, and so what is chosen: read from the bytes that
/// were written and not from what anybody says.
final class Disks {
    /// An entry that a quorum holds in a slot.
    private record Needed(long group, long slot, Entry entry) {}

    private final List<ReplicaId> voters;

    /// Which life of its disk each node has, from 1 on.
    private final Map<String, Integer> incarnations = new HashMap<>();

    /// Whether a power-off loses what is not synced. Where it does not, what is written is as good as synced,
    /// and nothing here tells the one from the other: whoever only kills processes cannot either.
    private final boolean losses;

    private final Map<String, List<Logged>> records = new HashMap<>();
    private final Map<String, Integer> synced = new HashMap<>();
    private final Map<Long, ChosenLog> groups = new HashMap<>();
    private final Map<String, Set<Integer>> corrupt = new HashMap<>();
    private final Set<ReplicaId> lost = new TreeSet<>();
    private final Map<Long, Long> archived = new HashMap<>();
    private final List<Invariant> invariants = new ArrayList<>();
    private Consumer<String> syncing = _ -> {};

    /// @param voters who votes first in each group
    Disks(List<ReplicaId> voters, boolean losses) {
        this.voters = List.copyOf(voters);
        this.losses = losses;
    }

    /// These hear from now on what is written and synced.
    void watchedBy(List<Invariant> invariants) {
        this.invariants.addAll(invariants);
    }

    /// From now on, this one hears of each sync that is under way, once, and which node's it is.
    void syncsHeardBy(Consumer<String> listener) {
        syncing = listener;
    }

    void wrote(String node, List<Logged> written) {
        for (var logged : written) {
            of(node).add(logged);
            invariants.forEach(invariant -> invariant.wrote(node, logged.group(), logged.record()));
        }
        if (!losses) {
            hold(node, of(node).size());
        }
    }

    /// What a node wrote, in its order.
    List<Logged> written(String node) {
        return of(node);
    }

    /// How many of them are synced.
    int synced(String node) {
        return synced.getOrDefault(node, 0);
    }

    /// Records of this node were written, and their sync has not returned yet.
    void syncing(String node) {
        syncing.accept(node);
    }

    /// The first so many records of a node are synced.
    void sync(String node, int count) {
        if (losses) {
            hold(node, count);
        }
    }

    private void hold(String node, int count) {
        var replica = replica(node);
        for (var logged : of(node).subList(synced(node), count)) {
            group(logged.group()).synced(replica, logged.record());
        }
        synced.put(node, count);
    }

    private ChosenLog group(long group) {
        var known = groups.get(group);
        if (known == null) {
            known = new ChosenLog(voters, slot -> invariants.forEach(invariant -> invariant.quorate(group, slot)));
            groups.put(group, known);
        }
        return known;
    }

    /// Who votes in the first slot in which nothing is chosen.
    Members members(long group) {
        return group(group).members();
    }

    /// Who votes after the first so many slots.
    Members members(long group, long slots) {
        return group(group).members((int) slots);
    }

    /// The replica of a node, in the present life of its disk.
    ReplicaId replica(String node) {
        return new ReplicaId(node, incarnations.getOrDefault(node, 1));
    }

    /// This is what recovery finds of the records of a node, behind so many that stood in segments which are
    /// trimmed, and so it is on the disk for good. Says how many are lost.
    int left(String node, int trimmed, List<Recovered> found) {
        invariants.forEach(invariant -> invariant.found(node, trimmed, found));
        var all = of(node);
        int left = trimmed + found.size();
        int lost = all.size() - left;
        all.subList(left, all.size()).clear();
        hold(node, left);
        return lost;
    }

    /// The archive has one more slot of a group.
    void archived(long group, long slot, Entry entry) {
        archived.put(group, slot);
        invariants.forEach(invariant -> invariant.archived(group, slot, entry));
    }

    /// How many slots of a group the archive has.
    long archived(long group) {
        return archived.getOrDefault(group, 0L);
    }

    /// Of the records of a node nobody knows any more what they were.
    void lost(String node, String where) {
        invariants.forEach(invariant -> invariant.lost(node, where));
    }

    /// Whether these records of a node, counted from 0, may become unreadable without breaking the fault
    /// contract: of every entry that a quorum has synced in a slot and that is not archived, one copy stays
    /// readable that is not older than that. No disk is gone either: with one replica gone and a record that
    /// nobody else has, the others might ask each other for ever.
    boolean couldSpare(String node, Set<Integer> records) {
        return lost.isEmpty() && areElsewhere(node, records);
    }

    private boolean areElsewhere(String node, Set<Integer> records) {
        var needed = new HashMap<Needed, Ballot>();
        for (int record : records) {
            if (record < synced(node)
                    && of(node).get(record) instanceof Logged(var group, LogRecord.Accept accept)
                    && accept.slot() > archived(group)) {
                group(group)
                        .quorateAt(accept.slot(), accept.entry())
                        .ifPresent(since -> needed.put(new Needed(group, accept.slot(), accept.entry()), since));
            }
        }
        for (var other : this.records.keySet()) {
            for (int record = 0; record < synced(other); record++) {
                var isReadable = !isCorrupt(other, record) && !(other.equals(node) && records.contains(record));
                if (isReadable && of(other).get(record) instanceof Logged(var group, LogRecord.Accept accept)) {
                    var entry = new Needed(group, accept.slot(), accept.entry());
                    needed.computeIfPresent(entry, (_, since) -> accept.ballot().isBelow(since) ? since : null);
                }
            }
        }
        return needed.isEmpty();
    }

    /// These records of a node can be read no more.
    void corrupt(String node, Set<Integer> records) {
        corrupt.computeIfAbsent(node, _ -> new TreeSet<>()).addAll(records);
    }

    boolean isCorrupt(String node, int record) {
        return corrupt.getOrDefault(node, Set.of()).contains(record);
    }

    /// Whether the whole disk of a node may go for good, in a run in which nothing has rotted: of every entry
    /// that is needed another copy is left.
    boolean couldSpare(String node) {
        var all = IntStream.range(0, synced(node)).boxed().collect(Collectors.toSet());
        return corrupt.isEmpty() && areElsewhere(node, all);
    }

    /// The disk of a node is gone for good. What it held was chosen all the same.
    void gone(String node) {
        lost.add(replica(node));
        records.remove(node);
        synced.remove(node);
        groups.values().forEach(group -> group.gone(node));
    }

    /// Whether the disk of a replica is gone for good.
    boolean isGone(ReplicaId replica) {
        return lost.contains(replica);
    }

    /// A node has a new disk, and nobody knows its replicas yet.
    void joined(String node) {
        incarnations.merge(node, 2, (incarnation, _) -> incarnation + 1);
    }

    /// Other voters that were proposed in the first slot in which nothing is chosen.
    List<Members> proposed(long group) {
        var present = members(group);
        return group(group)
                .open()
                .filter(present::isEndedBy)
                .map(present::after)
                .toList();
    }

    private List<Logged> of(String node) {
        return records.computeIfAbsent(node, _ -> new ArrayList<>());
    }

    /// All entries that a quorum holds in a slot.
    List<Entry> chosenIn(long group, long slot) {
        return group(group).quorate(slot);
    }

    /// What is chosen in slot 1, 2 and so on, up to the first slot with nothing chosen.
    List<Entry> chosenLog(long group) {
        return group(group).chosen();
    }

    boolean hasSyncedPromise(String node, long group, Ballot ballot) {
        return group(group).hasPromise(node, ballot);
    }

    /// Whether a node has synced anything at this ballot or above.
    boolean hasSyncedBallot(String node, long group, Ballot ballot) {
        return group(group).hasBallot(node, ballot);
    }

    boolean hasSyncedEntry(String node, long group, long slot, Entry entry) {
        return group(group).hasEntry(node, slot, entry);
    }

    boolean hasSyncedAccept(String node, long group, Ballot ballot, long slot) {
        return group(group).hasAccept(replica(node), ballot, slot);
    }
}
