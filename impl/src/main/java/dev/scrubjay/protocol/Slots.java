package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a number of records say of each slot: the accept that counts, of those that can be read, and the
/// ballot of what rotted above it.
final class Slots {
    private final Ballot none;
    private final List<LogRecord.@Nullable Accept> last = new ArrayList<>();
    private final TreeMap<Long, Ballot> corrupt = new TreeMap<>();

    Slots(Ballot none) {
        this.none = none;
    }

    void note(LogRecord record) {
        switch (record) {
            case LogRecord.Promise _ -> {}
            case LogRecord.Accept accept -> note(accept);
            case LogRecord.Corrupt(var ballot, var slot) -> rotted(ballot, slot);
        }
    }

    private void note(LogRecord.Accept accept) {
        long slot = accept.slot();
        begin(slot);
        var before = last(slot);
        if (before == null || before.ballot().isBelow(accept.ballot())) {
            last.set((int) slot - 1, accept);
        }
        if (!accept.ballot().isBelow(corruptBallot(slot))) {
            corrupt.remove(slot);
        }
    }

    private void rotted(Ballot ballot, long slot) {
        begin(slot);
        var readable = last(slot);
        if ((readable == null || readable.ballot().isBelow(ballot))
                && corruptBallot(slot).isBelow(ballot)) {
            corrupt.put(slot, ballot);
        }
    }

    private void begin(long slot) {
        Invariant.holds(slot <= last.size() + 1, "slots are accepted in their order");
        if (slot > last.size()) {
            last.add(null);
        }
    }

    /// How many slots, from slot 1 on, hold something, readable or not.
    long count() {
        return last.size();
    }

    /// Of the accepts of a slot that can be read, the one that counts.
    LogRecord.@Nullable Accept last(long slot) {
        return slot <= last.size() ? last.get((int) slot - 1) : null;
    }

    /// The ballot of what rotted there, if nothing that can be read counts for as much; else none.
    Ballot corruptBallot(long slot) {
        return corrupt.getOrDefault(slot, none);
    }

    boolean isCorrupt(long slot) {
        return corrupt.containsKey(slot);
    }

    /// In which slots, up to this one, something rotted.
    SortedSet<Long> corrupt(long to) {
        return new TreeSet<>(corrupt.headMap(to, true).keySet());
    }

    /// What is reported with a promise.
    List<Message.Report> report() {
        var reports = new ArrayList<Message.Report>();
        for (long slot = 1; slot <= count(); slot++) {
            var readable = last(slot);
            reports.add(new Message.Report(
                    readable == null ? none : readable.ballot(),
                    readable == null ? Entry.NO_OP : readable.entry(),
                    corruptBallot(slot)));
        }
        return reports;
    }
}
