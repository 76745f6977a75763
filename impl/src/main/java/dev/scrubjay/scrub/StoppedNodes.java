package dev.scrubjay.scrub;

import dev.scrubjay.archive.ArchiveReader;
import dev.scrubjay.log.RecordName;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.log.Recovery;
import dev.scrubjay.log.StoppedDevice;
import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.state.StoppedState;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.StateRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Compares what nodes left on their disks when they were stopped, with each other and with the archive.
///
/// Nothing is written anywhere. Each state is held against what the archived log comes to at its own slot;
/// what is not archived yet is taken from the logs, where most of them say the same.
public final class StoppedNodes {
    /// The state of a group as one node left it.
    ///
    /// @param slot how many slots it is of
    /// @param different under which keys it has something else than the log comes to
    /// @param problem what is wrong beside that; empty if nothing is
    public record Copy(
            Path folder, long slot, long rows, SortedSet<String> different, String problem, boolean isKnown) {
        public boolean isRight() {
            return isKnown && different.isEmpty() && problem.isEmpty();
        }

        public boolean isWrong() {
            return isKnown && !isRight();
        }
    }

    /// What was found of a group.
    ///
    /// @param archived how many slots the archive has, as far as it can be read
    /// @param broken what is wrong with the archive; empty if nothing is
    /// @param logs in which slots the log of a node has something else than the archive
    /// @param unreadable what of the log of a node cannot be read
    public record Group(
            long group,
            long archived,
            String broken,
            List<Copy> copies,
            SortedMap<Path, SortedSet<Long>> logs,
            SortedMap<Path, String> unreadable,
            long bytes) {
        /// Whether it can be said who is wrong: the archive is whole, and another copy is right.
        public boolean isDecided() {
            return broken.isEmpty() && copies.stream().anyMatch(Copy::isRight);
        }
    }

    private final List<Path> folders;
    private final ArchiveReader archive;

    /// @param folders of each node the folder with its `state`, and with its `log` if it has one
    public StoppedNodes(List<Path> folders, ArchiveReader archive) {
        this.folders = List.copyOf(folders);
        this.archive = archive;
    }

    /// All groups that any of them has.
    public SortedSet<Long> groups() throws IOException {
        var groups = new TreeSet<>(archive.groups());
        for (var folder : folders) {
            if (Files.isDirectory(folder.resolve("state"))) {
                try (var state = new StoppedState(folder.resolve("state"))) {
                    groups.addAll(state.groups());
                } catch (CorruptException _) {
                    // Its groups are those of the others; it is named with each.
                }
            }
        }
        return groups;
    }

    /// Compares all copies of one group.
    public Group compare(long group) throws IOException {
        var unreadable = new TreeMap<Path, String>();
        var logs = logs(group, unreadable);
        var slots = slots(group);
        var waiting = new TreeMap<Long, List<Path>>();
        slots.forEach((folder, slot) ->
                waiting.computeIfAbsent(slot, _ -> new ArrayList<>()).add(folder));
        var reference = new ReferenceReplica();
        var copies = new ArrayList<Copy>();
        var differing = new TreeMap<Path, SortedSet<Long>>();
        var log = archive.log(group);
        compareAt(reference, waiting, group, copies);
        var failed = new ArrayList<IOException>();
        var broken = log.read((slot, entry) -> {
            reference.apply(entry);
            logs.forEach((folder, records) -> {
                var held = records.get(slot);
                if (held != null
                        && slot <= slots.getOrDefault(folder, 0L)
                        && !held.entry().equals(entry)) {
                    differing.computeIfAbsent(folder, _ -> new TreeSet<>()).add(slot);
                }
            });
            try {
                compareAt(reference, waiting, group, copies);
            } catch (IOException e) {
                failed.add(e);
                return false;
            }
            return true;
        });
        if (!failed.isEmpty()) {
            throw failed.getFirst();
        }
        long archived = reference.slot();
        if (broken.isEmpty()) {
            for (var entry = agreed(logs, archived + 1);
                    entry.isPresent() && !waiting.isEmpty();
                    entry = agreed(logs, reference.slot() + 1)) {
                reference.apply(entry.get());
                compareAt(reference, waiting, group, copies);
            }
        }
        waiting.forEach((slot, left) -> left.forEach(folder -> copies.add(new Copy(
                folder,
                slot,
                0,
                new TreeSet<>(),
                "slots " + (reference.slot() + 1) + " to " + slot + " are in no archive, and not in most logs",
                false))));
        corrupt(group, slots.keySet(), copies);
        return new Group(group, archived, broken.orElse(""), copies, differing, unreadable, log.bytes());
    }

    /// How far each copy is, of those that can be read at all.
    private Map<Path, Long> slots(long group) throws IOException {
        var slots = new HashMap<Path, Long>();
        for (var folder : folders) {
            if (Files.isDirectory(folder.resolve("state"))) {
                try (var state = new StoppedState(folder.resolve("state"))) {
                    slots.put(folder, state.applied(group));
                } catch (CorruptException _) {
                    // Said below.
                }
            }
        }
        return slots;
    }

    private void corrupt(long group, Set<Path> readable, List<Copy> copies) throws IOException {
        for (var folder : folders) {
            if (Files.isDirectory(folder.resolve("state")) && !readable.contains(folder)) {
                try (var state = new StoppedState(folder.resolve("state"))) {
                    state.applied(group);
                } catch (CorruptException e) {
                    copies.add(new Copy(folder, 0, 0, new TreeSet<>(), String.valueOf(e.getMessage()), true));
                }
            }
        }
    }

    private void compareAt(
            ReferenceReplica reference, NavigableMap<Long, List<Path>> waiting, long group, List<Copy> copies)
            throws IOException {
        var here = waiting.remove(reference.slot());
        if (here != null) {
            for (var folder : here) {
                copies.add(compare(reference, folder, group));
            }
        }
    }

    private static Copy compare(ReferenceReplica reference, Path folder, long group) throws IOException {
        var missing = new TreeMap<>(reference.rows());
        var different = new TreeSet<String>();
        var sums = new HashTree.Builder();
        var count = new AtomicLong();
        var problem = "";
        try (var state = new StoppedState(folder.resolve("state"))) {
            var from = new byte[0];
            while (from != null) {
                try {
                    state.scan(group, from, (key, value) -> {
                        count.incrementAndGet();
                        look(new Row(Bytes.of(key), Bytes.of(value)), missing, different, sums);
                        return true;
                    });
                    from = null;
                } catch (CorruptException e) {
                    problem = String.valueOf(e.getMessage());
                    from = readableAgain(state, group, missing, different);
                }
            }
        }
        missing.keySet().forEach(key -> different.add(StateRow.name(key)));
        if (problem.isEmpty() && different.isEmpty() && !sums.isAsSaid()) {
            problem = "its rows are right, and the sums that were written with them are not";
        }
        return new Copy(folder, reference.slot(), count.get(), different, problem, true);
    }

    private static void look(
            Row row, NavigableMap<Bytes, Bytes> missing, SortedSet<String> different, HashTree.Builder sums) {
        sums.add(row);
        if (row.key().toArray()[0] != StateRow.SUM) {
            var right = missing.remove(row.key());
            if (right == null || !right.equals(row.value())) {
                different.add(StateRow.name(row.key()));
            }
        }
    }

    /// Of the keys that should still come, those that cannot be read are different; gives the first that can.
    private static byte @Nullable [] readableAgain(
            StoppedState state, long group, NavigableMap<Bytes, Bytes> missing, SortedSet<String> different) {
        while (!missing.isEmpty()) {
            var key = missing.firstKey();
            try {
                state.scan(group, key.toArray(), (_, _) -> false);
                return key.toArray();
            } catch (CorruptException _) {
                missing.remove(key);
                different.add(StateRow.name(key));
            }
        }
        return null;
    }

    // ---------------------------------------------------------------- logs

    /// Up to which slot a log says that it has nothing any more: what still lies there of these says nothing.
    private static long trimmed(List<Recovered> records, long group) {
        return records.stream()
                .map(Recovered::name)
                .mapToLong(name -> name instanceof RecordName.Trim trim && trim.group() == group ? trim.slot() : 0)
                .max()
                .orElse(0);
    }

    private static SortedSet<Long> rotten(List<Recovered> records, long group) {
        long trimmed = trimmed(records, group);
        var slots = new TreeSet<Long>();
        for (var recovered : records) {
            if (recovered instanceof Recovered.Corrupt
                    && recovered.name() instanceof RecordName.Accept accept
                    && accept.group() == group
                    && accept.slot() > trimmed) {
                slots.add(accept.slot());
            }
        }
        return slots;
    }

    /// What each log has accepted last in each slot.
    private Map<Path, Map<Long, LogRecord.Accept>> logs(long group, SortedMap<Path, String> unreadable) {
        var logs = new HashMap<Path, Map<Long, LogRecord.Accept>>();
        for (var folder : folders) {
            if (Files.isDirectory(folder.resolve("log"))) {
                switch (Recovery.look(new StoppedDevice(folder.resolve("log")))) {
                    case Recovery.Whole(var records, var _) -> {
                        logs.put(folder, last(records, group));
                        var rotten = rotten(records, group);
                        if (!rotten.isEmpty()) {
                            unreadable.put(folder, "what it accepted in slots " + rotten + " cannot be read");
                        }
                    }
                    case Recovery.Lost(var where) -> unreadable.put(folder, "something is lost at " + where);
                    case Recovery.Unknown(var what) -> unreadable.put(folder, what);
                }
            }
        }
        return logs;
    }

    private static Map<Long, LogRecord.Accept> last(List<Recovered> records, long group) {
        var last = new HashMap<Long, LogRecord.Accept>();
        long trimmed = trimmed(records, group);
        for (var recovered : records) {
            if (recovered instanceof Recovered.Intact(var _, var logged)
                    && logged.group() == group
                    && logged.record() instanceof LogRecord.Accept accept
                    && accept.slot() > trimmed) {
                last.merge(accept.slot(), accept, (one, other) -> one.ballot().isBelow(other.ballot()) ? other : one);
            }
        }
        return last;
    }

    /// What most logs have there, at one ballot.
    private static Optional<Entry> agreed(Map<Path, Map<Long, LogRecord.Accept>> logs, long slot) {
        var votes = new HashMap<LogRecord.Accept, Integer>();
        for (var log : logs.values()) {
            var accept = log.get(slot);
            if (accept != null) {
                votes.merge(accept, 1, Integer::sum);
            }
        }
        return votes.entrySet().stream()
                .filter(vote -> 2 * vote.getValue() > logs.size())
                .map(vote -> vote.getKey().entry())
                .findFirst();
    }
}
