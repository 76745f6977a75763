package dev.scrubjay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.value.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The disk of a node: the records that it wrote, of which the first so many survive for certain.
final class DiskInSteps {
    private record Written(long group, LogRecord record) {}

    private final String owner;
    private final List<Written> written = new ArrayList<>();
    private int synced;

    DiskInSteps(String owner) {
        this.owner = owner;
    }

    void append(long group, LogRecord record) {
        written.add(new Written(group, record));
    }

    int size() {
        return written.size();
    }

    void synced(int records) {
        synced = records;
    }

    /// All that is on it, of all groups.
    List<LogRecord> all() {
        return written.stream().map(Written::record).toList();
    }

    SortedMap<Long, List<LogRecord>> byGroup() {
        var records = new TreeMap<Long, List<LogRecord>>();
        written.forEach(one ->
                records.computeIfAbsent(one.group(), _ -> new ArrayList<>()).add(one.record()));
        return records;
    }

    /// The power goes, and so many of the records that were not synced are there all the same.
    void off(int unsyncedKept) {
        assertThat(unsyncedKept).isBetween(0, written.size() - synced);
        written.subList(synced + unsyncedKept, written.size()).clear();
        synced = written.size();
    }

    /// So many of the first records are gone.
    void forget(int records) {
        written.subList(0, records).clear();
        synced -= records;
    }

    /// The last that was accepted there can be read no more.
    void rot(long slot) {
        for (int i = written.size() - 1; i >= 0; i--) {
            if (written.get(i).record() instanceof LogRecord.Accept accept && accept.slot() == slot) {
                written.set(i, new Written(written.get(i).group(), new LogRecord.Corrupt(accept.ballot(), slot)));
                return;
            }
        }
        throw new AssertionError(owner + " accepted nothing in slot " + slot + ": " + written);
    }
}
