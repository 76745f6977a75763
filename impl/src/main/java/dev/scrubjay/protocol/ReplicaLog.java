package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records that a replica wrote, how many of them are synced, and what follows from them.
///
/// What the specification works out anew from all records each time is kept here beside them: the highest
/// ballot, and of each slot the accept that counts.
final class ReplicaLog {
    private final List<LogRecord> records = new ArrayList<>();
    private final List<LogRecord.Accept> last = new ArrayList<>();
    private final List<LogRecord.Accept> lastSynced = new ArrayList<>();
    private Ballot promised;
    private Ballot promisedSynced;
    private Ballot syncedBallot;
    private int synced;

    ReplicaLog(Ballot none) {
        promised = none;
        promisedSynced = none;
        syncedBallot = none;
    }

    void write(LogRecord record) {
        records.add(record);
        promised = highest(promised, record.ballot());
        note(record, last);
    }

    void sync(int count) {
        Invariant.holds(count > synced && count <= records.size(), "a sync covers what was written");
        for (var record : records.subList(synced, count)) {
            if (record instanceof LogRecord.Promise(var ballot)) {
                promisedSynced = highest(promisedSynced, ballot);
            }
            syncedBallot = highest(syncedBallot, record.ballot());
            note(record, lastSynced);
        }
        synced = count;
    }

    private static void note(LogRecord record, List<LogRecord.Accept> last) {
        if (record instanceof LogRecord.Accept accept) {
            Invariant.holds(accept.slot() <= last.size() + 1, "slots are accepted in their order");
            int index = (int) accept.slot() - 1;
            if (index == last.size()) {
                last.add(accept);
            } else if (last.get(index).ballot().isBelow(accept.ballot())) {
                last.set(index, accept);
            }
        }
    }

    private static Ballot highest(Ballot one, Ballot other) {
        return one.isBelow(other) ? other : one;
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

    /// Of the accepts of a slot, the one that counts.
    LogRecord.@Nullable Accept last(long slot) {
        return slot <= last.size() ? last.get((int) slot - 1) : null;
    }

    /// The same of what is synced.
    LogRecord.@Nullable Accept lastSynced(long slot) {
        return slot <= lastSynced.size() ? lastSynced.get((int) slot - 1) : null;
    }

    /// What is held in a slot.
    Entry entryOf(long slot) {
        return last.get((int) slot - 1).entry();
    }

    /// What is reported with a promise: the last accept of every slot.
    List<Message.Report> report() {
        return lastSynced.stream()
                .map(accept -> new Message.Report(accept.ballot(), accept.entry()))
                .toList();
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
