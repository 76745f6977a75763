package dev.scrubjay.protocol;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The records that a replica wrote, how many of them are synced, and what follows from them.
///
/// What the specification works out anew from all records each time is kept here beside them: the highest
/// ballot, and what they say of each slot. The records themselves are forgotten when they are synced; they
/// are numbered from the first that the replica ever wrote, trimmed or not.
final class ReplicaLog {
    private final ArrayDeque<LogRecord> unsynced = new ArrayDeque<>();
    private final Slots slots;
    private final Slots slotsSynced;
    private Ballot promised;
    private Ballot promisedSynced;
    private Ballot syncedBallot;
    private long synced;

    ReplicaLog(Ballot none) {
        promised = none;
        promisedSynced = none;
        syncedBallot = none;
        slots = new Slots(none);
        slotsSynced = new Slots(none);
    }

    /// Begins with what was found on the disk. What stood before the first trim may be gone from there, and
    /// the trim says how much that was. Gives the numbers of the records that can be read no more.
    List<Long> begin(List<LogRecord> found) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i) instanceof LogRecord.Trim trim) {
                synced = trim.before() - i;
                break;
            }
        }
        Invariant.holds(synced >= 0, "a trim counts what stands before it");
        // Or what was trimmed would be laid out slot by slot first.
        found.stream()
                .filter(LogRecord.Trim.class::isInstance)
                .reduce((_, later) -> later)
                .ifPresent(last -> {
                    slots.note(last);
                    slotsSynced.note(last);
                });
        var corrupt = new ArrayList<Long>();
        for (int i = 0; i < found.size(); i++) {
            write(found.get(i));
            if (found.get(i) instanceof LogRecord.Corrupt) {
                corrupt.add(synced + i + 1);
            }
        }
        sync(found.size());
        return corrupt;
    }

    void write(LogRecord record) {
        unsynced.add(record);
        promised = Ballot.highest(promised, record.ballot());
        slots.note(record);
    }

    /// So many more records are synced; gives them.
    List<LogRecord> sync(int count) {
        Invariant.holds(count <= unsynced.size(), "a sync covers what was written");
        var records = new ArrayList<LogRecord>(count);
        for (int i = 0; i < count; i++) {
            var record = unsynced.remove();
            if (record instanceof LogRecord.Promise(var ballot)) {
                promisedSynced = Ballot.highest(promisedSynced, ballot);
            }
            syncedBallot = Ballot.highest(syncedBallot, record.ballot());
            slotsSynced.note(record);
            records.add(record);
        }
        synced += count;
        return records;
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

    /// Up to which slot the log was trimmed: nothing is known of those here.
    long trimmed() {
        return slots.trimmed();
    }

    /// Of the accepts of a slot that can be read, the one that counts.
    LogRecord.@Nullable Accept last(long slot) {
        return slots.last(slot);
    }

    /// Whether this entry is held there, at this ballot or above, and nothing there that rotted may count for
    /// more. At a lower ballot it would be told to somebody who holds something else of a ballot between.
    boolean holds(long slot, Entry entry, Ballot ballot) {
        var last = slots.last(slot);
        return last != null
                && readable(slot).filter(entry::equals).isPresent()
                && !last.ballot().isBelow(ballot);
    }

    /// What is held in a slot, unless something there that rotted may count for more.
    Optional<Entry> readable(long slot) {
        var last = slots.last(slot);
        return last == null || slots.isCorrupt(slot) ? Optional.empty() : Optional.of(last.entry());
    }

    /// What is held in a slot that can be read.
    Entry entryOf(long slot) {
        return Objects.requireNonNull(slots.last(slot), "nothing can be read there")
                .entry();
    }

    /// How many records are synced.
    long synced() {
        return synced;
    }

    /// How many records there are.
    long size() {
        return synced + unsynced.size();
    }
}
