package dev.scrubjay.value;

/// What a replica writes to its disk, in this order and never changed.
public sealed interface LogRecord {
    Ballot ballot();

    /// It will accept nothing below this ballot.
    record Promise(Ballot ballot) implements LogRecord {}

    /// It has accepted this entry there, at this ballot.
    record Accept(Ballot ballot, long slot, Entry entry) implements LogRecord {}
}
