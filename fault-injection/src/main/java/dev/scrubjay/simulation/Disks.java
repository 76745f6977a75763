package dev.scrubjay.simulation;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is on all disks at once, as no replica can see it, and so what is chosen: read from the bytes that
/// were written and not from what anybody says.
final class Disks {
    /// Where something may be chosen: all accepts of one slot at one ballot, with one entry.
    private record Vote(long group, LogRecord.Accept accept) {}

    /// A group's log, as chosen.
    private record Place(long group, long slot) {}

    /// What a node has synced in a slot, at whatever ballot.
    private record Held(String node, long group, long slot, Entry entry) {}

    /// An entry that a quorum holds in a slot.
    private record Needed(long group, long slot, Entry entry) {}

    private final int replicas;

    /// Whether a power-off loses what is not synced. Where it does not, what is written is as good as synced,
    /// and nothing here tells the one from the other: whoever only kills processes cannot either.
    private final boolean losses;

    private final Map<String, List<Logged>> records = new HashMap<>();
    private final Map<String, Integer> synced = new HashMap<>();
    private final Map<Vote, SortedSet<String>> votes = new HashMap<>();
    private final Map<Place, List<Entry>> quorate = new HashMap<>();

    /// The lowest ballot at which a quorum held each of them.
    private final Map<Needed, Ballot> quorateAt = new HashMap<>();
    private final Map<Long, List<Entry>> chosen = new HashMap<>();

    private final Set<Held> held = new HashSet<>();
    private final Map<String, Set<Integer>> corrupt = new HashMap<>();
    private final Set<String> gone = new TreeSet<>();
    private final Map<Long, Long> archived = new HashMap<>();
    private final List<Invariant> invariants = new ArrayList<>();
    private Consumer<String> syncing = _ -> {};

    Disks(int replicas, boolean losses) {
        this.replicas = replicas;
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
        for (var logged : of(node).subList(synced(node), count)) {
            if (logged.record() instanceof LogRecord.Accept accept) {
                held.add(new Held(node, logged.group(), accept.slot(), accept.entry()));
                vote(node, new Vote(logged.group(), accept));
            }
        }
        synced.put(node, count);
    }

    private void vote(String node, Vote vote) {
        var from = votes.computeIfAbsent(vote, _ -> new TreeSet<>());
        if (from.add(node) && 2 * from.size() > replicas && 2 * (from.size() - 1) <= replicas) {
            long group = vote.group();
            var accept = vote.accept();
            quorateAt.merge(
                    new Needed(group, accept.slot(), accept.entry()),
                    accept.ballot(),
                    (one, other) -> one.isBelow(other) ? one : other);
            var entries = quorate.computeIfAbsent(new Place(group, accept.slot()), _ -> new ArrayList<>());
            if (!entries.contains(accept.entry())) {
                entries.add(accept.entry());
                extend(group);
                invariants.forEach(invariant -> invariant.quorate(group, accept.slot()));
            }
        }
    }

    private void extend(long group) {
        var log = chosen.computeIfAbsent(group, _ -> new ArrayList<>());
        for (var next = quorate.get(new Place(group, log.size() + 1L));
                next != null;
                next = quorate.get(new Place(group, log.size() + 1L))) {
            log.add(next.getFirst());
        }
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
        return gone.isEmpty() && areElsewhere(node, records);
    }

    private boolean areElsewhere(String node, Set<Integer> records) {
        var needed = new HashMap<Needed, Ballot>();
        for (int record : records) {
            if (record < synced(node)
                    && of(node).get(record) instanceof Logged(var group, LogRecord.Accept accept)
                    && accept.slot() > archived(group)) {
                var entry = new Needed(group, accept.slot(), accept.entry());
                var since = quorateAt.get(entry);
                if (since != null) {
                    needed.put(entry, since);
                }
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

    /// Whether the whole disk of a node may go for good: that of one in a run, in which nothing has rotted.
    boolean couldSpare(String node) {
        var all = IntStream.range(0, synced(node)).boxed().collect(Collectors.toSet());
        return corrupt.isEmpty() && gone.isEmpty() && areElsewhere(node, all);
    }

    /// The disk of a node is gone for good.
    void gone(String node) {
        gone.add(node);
    }

    private List<Logged> of(String node) {
        return records.computeIfAbsent(node, _ -> new ArrayList<>());
    }

    /// All entries that a quorum holds in a slot.
    List<Entry> chosenIn(long group, long slot) {
        return quorate.getOrDefault(new Place(group, slot), List.of());
    }

    /// What is chosen in slot 1, 2 and so on, up to the first slot with nothing chosen.
    List<Entry> chosenLog(long group) {
        return chosen.getOrDefault(group, List.of());
    }

    boolean hasSyncedPromise(String node, long group, Ballot ballot) {
        return of(node).subList(0, synced(node)).stream()
                .anyMatch(logged -> logged.group() == group && logged.record().equals(new LogRecord.Promise(ballot)));
    }

    /// Whether a node has synced anything at this ballot or above.
    boolean hasSyncedBallot(String node, long group, Ballot ballot) {
        var all = of(node);
        for (int i = synced(node) - 1; i >= 0; i--) {
            if (all.get(i).group() == group && !all.get(i).record().ballot().isBelow(ballot)) {
                return true;
            }
        }
        return false;
    }

    boolean hasSyncedEntry(String node, long group, long slot, Entry entry) {
        return held.contains(new Held(node, group, slot, entry));
    }

    boolean hasSyncedAccept(String node, long group, Ballot ballot, long slot) {
        // From the end: what is asked for was written a moment ago.
        var all = of(node);
        for (int i = synced(node) - 1; i >= 0; i--) {
            if (all.get(i).group() == group
                    && all.get(i).record() instanceof LogRecord.Accept accept
                    && accept.slot() == slot
                    && accept.ballot().equals(ballot)) {
                return true;
            }
        }
        return false;
    }
}
