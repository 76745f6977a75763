package dev.scrubjay.message;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.Site;
import dev.scrubjay.value.SnapshotPart;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What one replica of a group tells another.
public sealed interface Message {
    /// A candidate asks for a promise.
    ///
    /// @param released the ballot whose leader handed over to this candidate: who granted that one a lease
    /// need not wait for it to run out; `Ballot.none` if nobody did
    record Prepare(Ballot ballot, Ballot released) implements Message {}

    /// An answer to a prepare, with what is held in every slot above what was trimmed.
    ///
    /// @param trimmed up to this slot all is chosen and archived, and not reported
    record Promised(Ballot ballot, long trimmed, List<Report> accepted) implements Message {
        public Promised {
            accepted = List.copyOf(accepted);
        }

        /// The last slot that it says anything of.
        public long last() {
            return trimmed + accepted.size();
        }

        /// What it says of a slot; nothing of one that it does not report.
        public Optional<Report> report(long slot) {
            return slot > trimmed && slot <= last()
                    ? Optional.of(accepted.get((int) (slot - trimmed - 1)))
                    : Optional.empty();
        }
    }

    /// What is held in a slot.
    ///
    /// @param ballot of the last accept that can be read; none, and the entry a no-op, if there is none
    /// @param corrupt the ballot of an accept above that which can be read no more; none if there is none
    record Report(Ballot ballot, Entry entry, Ballot corrupt) {}

    /// A leader proposes. It claims nothing, so it may leave before the leader's own sync.
    ///
    /// @param generation the one whose voters are to choose it
    record Accept(Ballot ballot, long generation, long slot, Entry entry) implements Message {}

    /// An answer to an accept.
    record Accepted(Ballot ballot, long slot) implements Message {}

    /// This entry is chosen, by the voters of this generation.
    record Chosen(Ballot ballot, long generation, long slot, Entry entry) implements Message {}

    /// A leader is there, knows so many slots chosen, and asks for a grant. It says its prepare again: who
    /// missed that takes it for one.
    ///
    /// @param released as in its prepare
    /// @param archived how many slots it knows to be in the archive
    /// @param asked the leader's own clock then, which comes back with the grant: the lease counts from
    /// before it was asked for, and not from when the grant came
    /// @param mayTrim whether logs may be trimmed: not where a scrub could not say what is right
    /// @param confirmed whether the receiver's last grant is part of a lease that the leader holds; only then
    /// may the receiver say of this leader that it hears it
    record Heartbeat(
            Ballot ballot, Ballot released, long known, long archived, boolean mayTrim, long asked, boolean confirmed)
            implements Message {}

    /// An answer to a heartbeat: a grant of a lease to the leader of this ballot.
    ///
    /// @param asked what the heartbeat said
    /// @param minds how long the grantor minds it, in nanoseconds of its own clock: it may be set to another
    /// time
    ///     than the leader
    record Granted(Ballot ballot, long asked, long minds) implements Message {}

    /// The leader of this ballot hands over to the receiver, and leads at it no more.
    record Release(Ballot ballot) implements Message {}

    /// Do you still hear the leader of this ballot? Asked by who does not, before it stands itself: it may be
    /// one broken link.
    record Question(Ballot ballot) implements Message {}

    /// An answer to a question, with how many slots the answering replica knows chosen.
    record Answer(Ballot ballot, boolean hears, long known) implements Message {}

    /// Asks for what is chosen in the slots after this one, so many at most.
    record CatchUp(long after, long most) implements Message {}

    /// What is chosen up to this slot is in the archive, and here no more.
    record Archived(long slot) implements Message {}

    /// A replica is there, and this is how far it is. Who leads hears of spares like this.
    ///
    /// @param known up to which slot it knows what is chosen, or needs to know it no more
    /// @param applied how many slots its state has
    record Here(Site site, long known, long applied) implements Message {}

    /// One replica does not hear another, and asks whether somebody else does. Who is asked asks that other;
    /// who is asked about itself answers with `Alive` the way the question came.
    record Probe(ReplicaId asker, ReplicaId about) implements Message {}

    /// An answer to a probe.
    record Alive(ReplicaId asker, ReplicaId about) implements Message {}

    /// Asks for a part of a snapshot.
    ///
    /// @param above how many slots who asks has itself: a snapshot of no more is of no use
    /// @param slot the snapshot of which it has some parts already; 0 if it has none
    /// @param from the key from which on it wants more
    record AskPart(long above, long slot, Bytes from) implements Message {}

    /// An answer to that: the part that was asked for, or the first one of another snapshot.
    record Part(SnapshotPart part) implements Message {}

    /// Asks what the children of a node of the hash tree come to, or which rows a leaf has, of the state at a
    /// scrub mark.
    record AskHashes(long slot, int node) implements Message {}

    /// An answer to that: the hash of each child, or none if the state at that mark is not there.
    record Hashes(long slot, int node, List<Bytes> children) implements Message {
        public Hashes {
            children = List.copyOf(children);
        }
    }

    /// An answer to that: the keys of a leaf, each with the hash of its row.
    record Rows(long slot, int node, List<Row> rows) implements Message {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /// What the receiver had come to at this scrub mark is wrong. These had what is right.
    ///
    /// @param root what the receiver said it had come to: who has something else there by now is not meant
    record Quarantine(long slot, Bytes root, SortedSet<ReplicaId> sound) implements Message {
        public Quarantine {
            sound = Collections.unmodifiableSortedSet(new TreeSet<>(sound));
        }
    }

    /// A higher ballot was promised; it is of no use to go on at the other.
    record Refused(Ballot promised) implements Message {}
}
