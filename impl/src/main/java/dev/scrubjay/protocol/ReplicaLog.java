package dev.scrubjay.protocol;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The records that a replica wrote, how many of them are synced, and what follows from them.
///
/// What the specification works out anew from all records each time is kept here beside them: the highest
/// ballot, and what they say of each slot.
final class ReplicaLog {
    private final List<LogRecord> records = new ArrayList<>();
    private final Slots slots;
    private final Slots slotsSynced;
    private Ballot promised;
    private Ballot promisedSynced;
    private Ballot syncedBallot;
    private int synced;

    ReplicaLog(Ballot none) {
        promised = none;
        promisedSynced = none;
        syncedBallot = none;
        slots = new Slots(none);
        slotsSynced = new Slots(none);
    }

    void write(LogRecord record) {
        records.add(record);
        promised = Ballot.highest(promised, record.ballot());
        slots.note(record);
    }

    void sync(int count) {
        Invariant.holds(count > synced && count <= records.size(), "a sync covers what was written");
        for (var record : records.subList(synced, count)) {
            if (record instanceof LogRecord.Promise(var ballot)) {
                promisedSynced = Ballot.highest(promisedSynced, ballot);
            }
            syncedBallot = Ballot.highest(syncedBallot, record.ballot());
            slotsSynced.note(record);
        }
        synced = count;
    }

    /// The highest ballot that was written down, synced or not. What is accepted is promised too.
    Ballot promisedBallot() {
        return promised;
    }

    /// The highest ballot that a power-off leaves for certain.
    Ballot syncedBallot() {
        return syncedBallot;
    }

    /// Whether the promise of this ballot is synced.
    boolean hasSyncedPromise(Ballot ballot) {
        return promisedSynced.equals(ballot);
    }

    /// What the records say of the slots, synced or not.
    Slots slots() {
        return slots;
    }

    /// The same of the records that are synced.
    Slots slotsSynced() {
        return slotsSynced;
    }

    /// Of the accepts of a slot that can be read, the one that counts.
    LogRecord.@Nullable Accept last(long slot) {
        return slots.last(slot);
    }

    /// Whether this entry is held there, and nothing there that rotted may count for more.
    boolean holds(long slot, Entry entry) {
        var last = slots.last(slot);
        return last != null && !slots.isCorrupt(slot) && last.entry().equals(entry);
    }

    /// What is held in a slot that can be read.
    Entry entryOf(long slot) {
        return Objects.requireNonNull(slots.last(slot), "nothing can be read there")
                .entry();
    }

    /// In which of the records, from 1 on, something rotted.
    List<Integer> corruptRecords() {
        var places = new ArrayList<Integer>();
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof LogRecord.Corrupt) {
                places.add(i + 1);
            }
        }
        return places;
    }

    List<LogRecord> between(int from, int to) {
        return List.copyOf(records.subList(from, to));
    }

    int synced() {
        return synced;
    }

    int size() {
        return records.size();
    }
}
