package dev.scrubjay.log;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.LogRecord;

/// Which record it is, without what it says: all that is left of one that is corrupt.
public sealed interface RecordName {
    long group();

    Ballot ballot();

    /// What a replica of the group promised.
    record Promise(long group, Ballot ballot) implements RecordName {}

    /// What a replica of the group accepted there.
    record Accept(long group, Ballot ballot, long slot) implements RecordName {}

    /// Up to which slot a replica of the group trimmed its log, after how many records. This says all of it.
    record Trim(long group, Ballot ballot, long slot, long before) implements RecordName {}

    /// The name of a record of that group.
    static RecordName of(long group, LogRecord record) {
        return switch (record) {
            case LogRecord.Promise(var ballot) -> new Promise(group, ballot);
            case LogRecord.Accept(var ballot, var _, var slot, var _) -> new Accept(group, ballot, slot);
            case LogRecord.Trim(var ballot, var slot, var before) -> new Trim(group, ballot, slot, before);
            case LogRecord.Corrupt(var ballot, var slot) -> new Accept(group, ballot, slot);
        };
    }
}
