package dev.scrubjay.trace;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import java.util.List;

/// One action of `ReplicationGroup` that a replica took, with the values that tell it from others of its
/// name.
public sealed interface TraceEvent {
    record Ask(Entry entry) implements TraceEvent {}

    record Stand(Ballot ballot, Ballot released) implements TraceEvent {}

    record Prepare(Ballot ballot) implements TraceEvent {}

    record Lead(Ballot ballot, List<ReplicaId> quorum) implements TraceEvent {
        public Lead {
            quorum = List.copyOf(quorum);
        }
    }

    record Propose(Ballot ballot, long slot, Entry entry) implements TraceEvent {}

    record Choose(Ballot ballot, long slot) implements TraceEvent {}

    record Acknowledge(long slot, Reply reply) implements TraceEvent {}

    record Promise(Ballot ballot, Ballot released) implements TraceEvent {}

    /// Of what it reported, the ballots say everything: at one ballot a slot has one entry.
    ///
    /// @param trimmed up to which slot it reports nothing
    /// @param corrupt in which slots something rotted above that
    record Promised(Ballot ballot, long trimmed, List<Ballot> accepted, List<Long> corrupt) implements TraceEvent {
        public Promised {
            accepted = List.copyOf(accepted);
            corrupt = List.copyOf(corrupt);
        }
    }

    record AskLease(Ballot ballot) implements TraceEvent {}

    record Grant(Ballot ballot) implements TraceEvent {}

    /// A leader counts this replica's grant.
    record Hold(Ballot ballot, ReplicaId from) implements TraceEvent {}

    /// What a replica granted, or sat out, is over.
    record RunOut() implements TraceEvent {}

    record HandOver(Ballot ballot, ReplicaId successor) implements TraceEvent {}

    record StepDown(Ballot ballot) implements TraceEvent {}

    record Read(String key, long slot, Reply reply) implements TraceEvent {}

    record ReadEventually(String key, long atLeast, long slot, Reply reply) implements TraceEvent {}

    record Accept(Ballot ballot, long generation, long slot, Entry entry) implements TraceEvent {}

    record Accepted(Ballot ballot, long slot) implements TraceEvent {}

    record Learn(Ballot ballot, long generation, long slot, Entry entry) implements TraceEvent {}

    record Repair(Ballot ballot, long generation, long slot, Entry entry) implements TraceEvent {}

    record Tell(Ballot ballot, long slot) implements TraceEvent {}

    record Apply(long slot, Reply reply) implements TraceEvent {}

    /// It applied a slot that it got from the archive.
    record Fetch(long slot, Reply reply) implements TraceEvent {}

    /// It gives away what it has applied up to this slot.
    record Snapshot(long slot) implements TraceEvent {}

    /// What another had applied up to this slot is its state now.
    record Install(long slot) implements TraceEvent {}

    record Trim(long slot) implements TraceEvent {}

    /// The archive told it that it has the slots up to this one.
    record Archive(long slot) implements TraceEvent {}

    /// It compared what the archive has up to this slot with what it knows chosen.
    record Verify(long slot) implements TraceEvent {}

    /// It looks at what its state has come to at a scrub mark, and will say so.
    record Hash(long slot) implements TraceEvent {}

    /// It was told that what it had come to at this mark is wrong, and begins with an empty state.
    record Quarantine(long slot) implements TraceEvent {}

    /// What it found in its state is not what it wrote, and it begins with an empty one.
    record Discard() implements TraceEvent {}

    /// Its store holds this under a key all of a sudden, and it does not know.
    record Decay(String key, MaybeValue held) implements TraceEvent {}

    record Sync(long count) implements TraceEvent {}

    /// What is left of its log and of its store.
    ///
    /// @param count how many records the log kept
    /// @param applied how many slots the store kept
    record PowerOff(long count, long applied) implements TraceEvent {}

    /// A record was found that can be read no more.
    ///
    /// @param record which of the replica's records, from 1 on
    record Rot(long record) implements TraceEvent {}

    record LoseDisk() implements TraceEvent {}

    record Restart() implements TraceEvent {}

    /// The name of the action.
    default String action() {
        return getClass().getSimpleName();
    }
}
