package dev.scrubjay.value;

/// What stands on the disk of a replica: what it wrote, in this order and never changed by it.
public sealed interface LogRecord {
    Ballot ballot();

    /// It will accept nothing below this ballot.
    record Promise(Ballot ballot) implements LogRecord {}

    /// It has accepted this entry there, at this ballot, proposed to the voters of this generation.
    record Accept(Ballot ballot, long generation, long slot, Entry entry) implements LogRecord {}

    /// All up to this slot is applied and archived, so what stands before this need not be there any more.
    ///
    /// @param ballot what the replica has promised: it may stand nowhere else in what is left
    /// @param before how many records the replica had written before
    record Trim(Ballot ballot, long slot, long before) implements LogRecord {}

    /// It has accepted something there, at this ballot, and what that was can be read no more. Never written:
    /// it is what is found.
    record Corrupt(Ballot ballot, long slot) implements LogRecord {}
}
