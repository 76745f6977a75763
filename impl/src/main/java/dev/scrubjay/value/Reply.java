package dev.scrubjay.value;

/// What came of an entry, or of a read.
public sealed interface Reply {
    /// A write was done.
    record Done() implements Reply {}

    /// A get found this.
    record Found(MaybeValue held) implements Reply {}

    /// A conditional put did nothing, because this was there.
    record Unmet(MaybeValue held) implements Reply {}

    /// There is a session of this number now.
    record Begun(long session) implements Reply {}

    /// There is no such session any more.
    record Ended() implements Reply {}

    /// There is no such session, or no more: the write had no effect here. It may have had one before the
    /// session ended.
    record NoSession() implements Reply {}

    /// The session has done a later write meanwhile, so nobody waits for this one, and its reply is
    /// forgotten.
    record Stale() implements Reply {}

    Reply DONE = new Done();
    Reply ENDED = new Ended();
    Reply NO_SESSION = new NoSession();
    Reply STALE = new Stale();
}
