package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a number of records say of each slot: the accept that counts, of those that can be read, and the
/// ballot of what rotted above it. Of slots that were trimmed they say nothing any more.
final class Slots {
    private final Ballot none;

    /// From the first slot on that was not trimmed.
    private final List<LogRecord.@Nullable Accept> last = new ArrayList<>();

    private long trimmed;
    private final TreeMap<Long, Ballot> corrupt = new TreeMap<>();

    Slots(Ballot none) {
        this.none = none;
    }

    void note(LogRecord record) {
        switch (record) {
            case LogRecord.Promise _ -> {}
            case LogRecord.Accept accept when accept.slot() > trimmed -> note(accept);
            case LogRecord.Corrupt(var ballot, var slot) when slot > trimmed -> rotted(ballot, slot);
            case LogRecord.Accept _, LogRecord.Corrupt _ -> {}
            case LogRecord.Trim trim -> trim(trim.slot());
        }
    }

    private void trim(long slot) {
        if (slot > trimmed) {
            last.subList(0, (int) Math.min(last.size(), slot - trimmed)).clear();
            corrupt.headMap(slot, true).clear();
            trimmed = slot;
        }
    }

    private void note(LogRecord.Accept accept) {
        long slot = accept.slot();
        begin(slot);
        var before = last(slot);
        if (before == null || before.ballot().isBelow(accept.ballot())) {
            last.set((int) (slot - trimmed) - 1, accept);
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
        // In what is left of a trimmed log, earlier ones may stand before the trim that covers them.
        while (slot > count()) {
            last.add(null);
        }
    }

    /// The last slot that holds something, readable or not, or was trimmed.
    long count() {
        return trimmed + last.size();
    }

    long trimmed() {
        return trimmed;
    }

    /// Of the accepts of a slot that can be read, the one that counts.
    LogRecord.@Nullable Accept last(long slot) {
        return slot > trimmed && slot <= count() ? last.get((int) (slot - trimmed) - 1) : null;
    }

    /// The ballot of what rotted there, if nothing that can be read counts for as much; else none.
    Ballot corruptBallot(long slot) {
        return corrupt.getOrDefault(slot, none);
    }

    boolean isCorrupt(long slot) {
        return !corrupt.isEmpty() && corrupt.containsKey(slot);
    }

    /// In which slots, up to this one, something rotted.
    SortedSet<Long> corrupt(long to) {
        return corrupt.isEmpty()
                ? Collections.emptySortedSet()
                : new TreeSet<>(corrupt.headMap(to, true).keySet());
    }

    /// What is reported with a promise, from the first slot on that was not trimmed.
    List<Message.Report> report() {
        var reports = new ArrayList<Message.Report>();
        for (long slot = trimmed + 1; slot <= count(); slot++) {
            var readable = last(slot);
            reports.add(new Message.Report(
                    readable == null ? none : readable.ballot(),
                    readable == null ? Entry.NO_OP : readable.entry(),
                    corruptBallot(slot)));
        }
        return reports;
    }
}
