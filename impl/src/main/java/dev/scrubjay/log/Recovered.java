package dev.scrubjay.log;

import dev.scrubjay.log.RecordForm.Logged;

/// A record that recovery found a place of, in the order in which they were appended.
public sealed interface Recovered {
    /// The log segment that it lies in.
    long segment();

    /// Which record it is.
    RecordName name();

    /// As it was written.
    record Intact(long segment, Logged logged) implements Recovered {
        @Override
        public RecordName name() {
            return RecordName.of(logged.group(), logged.record());
        }
    }

    /// It was written, and is there no more; it may have counted. This is not the same as one that never was.
    record Corrupt(long segment, RecordName name) implements Recovered {}
}
