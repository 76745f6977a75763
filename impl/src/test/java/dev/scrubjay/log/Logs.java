package dev.scrubjay.log;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A log with the list of what was appended to it, for tests.
final class Logs implements WriteAheadLog.Listener {
    static final long LOG = 7;

    /// The bytes of a value with which a record makes a batch of 2, 3 and 4 sectors.
    static final List<Integer> LENGTHS = List.of(8, 500, 1_000);

    private static final Ballot BALLOT = new Ballot(3, new ReplicaId("b", 1));

    private final WriteAheadLog log;
    private final List<RecordForm.Logged> appended;
    private final List<Integer> counts = new ArrayList<>();
    private final int before;
    private final List<Long> segments = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Logs(MemoryDevice device, WriteAheadLog.Sizes sizes, LogEnd end, List<RecordForm.Logged> before) {
        this.appended = new ArrayList<>(before);
        this.before = before.size();
        counts.add(this.before);
        this.log = new WriteAheadLog(device, sizes, end, this);
    }

    static LogEnd fresh() {
        return new LogEnd(LOG, 1, 1, 1, List.of(), true);
    }

    static Recovery recover(MemoryDevice device) {
        var recovery = new AtomicReference<Recovery>(new Recovery.Unknown("recovery has not ended"));
        Recovery.begin(device, LOG, recovery::set);
        device.settle();
        return recovery.get();
    }

    WriteAheadLog log() {
        return log;
    }

    /// A record of a log. Every third one is a promise, where that is not too short.
    static LogRecord record(int number, int length) {
        if (number % 3 == 0 && length <= LENGTHS.getFirst()) {
            return new LogRecord.Promise(new Ballot(number, BALLOT.replica()));
        }
        var request = new Request.Put("key", "v".repeat(length));
        return new LogRecord.Accept(BALLOT, 1, number, new Entry.Write(5, number, request));
    }

    Logs append(int length) {
        int number = appended.size() + 1;
        var logged = new RecordForm.Logged(number % 2, record(number, length));
        appended.add(logged);
        log.append(logged.group(), logged.record());
        return this;
    }

    Logs sync() {
        log.sync();
        return this;
    }

    @Override
    public void synced(long records, long segment) {
        counts.add(before + (int) records);
        segments.add(segment);
    }

    @Override
    public void failed(String what) {
        failures.add(what);
    }

    List<RecordForm.Logged> appended() {
        return appended;
    }

    /// So many are safe.
    int synced() {
        return counts.getLast();
    }

    /// How many were safe after each sync, and at first.
    List<Integer> counts() {
        return counts;
    }

    /// In which segment the last one was at each sync.
    List<Long> segments() {
        return segments;
    }

    List<String> failures() {
        return failures;
    }
}
