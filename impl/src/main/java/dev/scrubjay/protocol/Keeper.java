package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.SnapshotPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a replica does with what it knows chosen: it applies it, archives it, fetches what it misses, gives
/// and takes snapshots, and trims its log.
abstract class Keeper extends ReplicaState {
    Keeper(long group, Seat seat, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        super(group, seat, voters, settings, chance, outbox);
    }

    /// Clients may be waiting for what was applied.
    abstract void acknowledgeApplied();

    /// More slots came from elsewhere.
    ///
    /// @param before who voted before them
    abstract void caughtUp(Members before);

    /// Several slots are held now that were not.
    abstract void takeAllEarly();

    /// A scrub mark was applied.
    abstract void markApplied(long slot);

    final void tell(ReplicaId to, long slot) {
        outbox.send(group, to, told(slot));
    }

    /// Spec: ReplicationGroup!Tell
    final Message.Chosen told(long slot) {
        var last = Objects.requireNonNull(log.last(slot));
        outbox.trace(group, new TraceEvent.Tell(last.ballot(), slot));
        return new Message.Chosen(last.ballot(), last.generation(), slot, last.entry());
    }

    /// Tells the archive what is chosen, a piece at a time.
    final void archive(long now) {
        long to = archived + settings.archiving().slots();
        if (known <= archived) {
            archiveBy = now + settings.archiving().nanos();
        } else if (now >= archiveAt && (known >= to || now >= archiveBy || leadership.isCompared(archived))) {
            var entries = new ArrayList<Entry>();
            for (long slot = archived + 1;
                    slot <= Math.min(to, known) && log.readable(slot).isPresent();
                    slot++) {
                entries.add(told(slot).entry());
            }
            if (!entries.isEmpty()) {
                outbox.archive(group, archived, entries);
            }
            archiveAt = now + settings.archiving().patienceNanos();
        }
    }

    /// The archive itself says so.
    ///
    /// Spec: ReplicationGroup!Archive
    final void toldArchived(long slots) {
        if (slots > archived) {
            outbox.trace(group, new TraceEvent.Archive(slots));
            archived(slots);
        }
    }

    final void archived(long slots) {
        if (slots > archived) {
            archived = slots;
            archiveAt = outbox.now();
            archiveBy = outbox.now() + settings.archiving().nanos();
        }
    }

    /// Whatever is trimmed here was compared here before: a leader whose memory is damaged would archive
    /// something else, and nobody would have what it was any more.
    final void verify(long now) {
        if (verified < Math.min(archived, known) && now >= verifyAt) {
            outbox.fetch(group, verified, (int) Math.min(archived - verified, settings.catchUpMax()));
            verifyAt = now + settings.archiving().patienceNanos();
        }
    }

    /// What rotted here, or was trimmed already, there is nothing to compare with.
    private void compare(long after, List<Entry> entries) {
        long before = verified;
        for (int i = 0; i < entries.size() && verified < known; i++) {
            long slot = after + i + 1;
            var entry = entries.get(i);
            if (slot == verified + 1) {
                if (log.readable(slot).filter(held -> !held.equals(entry)).isPresent()) {
                    outbox.alarm(group, Alarms.ARCHIVE_DIFFERS + slot + " than was chosen there");
                    break;
                }
                verified = slot;
            }
        }
        if (verified > before) {
            outbox.trace(group, new TraceEvent.Verify(verified));
            verifyAt = outbox.now();
            verify(outbox.now());
        }
    }

    /// Nobody can tell it what is chosen up to there, and the archive can: its log has to say so first.
    final void fetchTo(long slot) {
        archived(slot);
        if (slot > log.trimmed() && slot > (isLog() ? known : applied)) {
            trim(slot);
        }
    }

    /// The log says that it has no more of it, and the store has not got it, or lost it.
    final void fetchMissing(long now) {
        long missing = log.slotsSynced().trimmed() - applied;
        if (isLog() || role == Role.LEADER || missing <= 0) {
            taking.forget();
            sound.clear();
        } else if (taking.isUnread(applied)) {
            readWhatCame(now);
            return;
        } else if (taking.whole(applied).isPresent()) {
            installAt(taking.whole(applied).getAsLong());
            if (taking.waits(applied, now)) {
                return;
            }
        } else if (taking.isWorthIt(applied, missing, others().size())) {
            taking.ask(others(), now).ifPresent(this::askPart);
            return;
        }
        fetch(now);
    }

    private void fetch(long now) {
        long missing = log.slotsSynced().trimmed() - applied;
        if (!isLog() && missing > 0 && now >= fetchAt) {
            outbox.fetch(group, applied, (int) Math.min(missing, settings.catchUpMax()));
            fetchAt = now + settings.archiving().patienceNanos();
        }
    }

    final void fetched(long after, List<Entry> entries) {
        toldArchived(after + entries.size());
        compare(after, entries);
        long before = applied;
        var voted = members;
        for (int i = 0; i < entries.size(); i++) {
            if (!isLog() && after + i == applied && applied < log.slotsSynced().trimmed()) {
                fetch(entries.get(i));
            }
        }
        if (applied > before) {
            fetchAt = outbox.now();
            fetchMissing(outbox.now());
            apply();
            takeAllEarly();
            caughtUp(voted);
        }
    }

    /// Spec: ReplicationGroup!Fetch
    private void fetch(Entry entry) {
        long slot = applied + 1;
        var reply = store.apply(slot, entry);
        applied = slot;
        if (slot > known) {
            known = slot;
            members = members.after(entry);
        }
        outbox.trace(group, new TraceEvent.Fetch(slot, reply));
        leadership.skip(known);
        leadership.applied(slot, entry, reply);
        noteSession(reply, entry);
        if (entry instanceof Entry.ScrubMark) {
            mark(slot);
        }
    }

    // ---------------------------------------------------------------- snapshots

    /// Who cannot answer now says how far it is: with nothing to give, another is asked, or else it is waited
    /// for.
    final void partAsked(ReplicaId from, Message.AskPart ask) {
        boolean hasMore = applied > ask.above();
        if (!hasMore || !outbox.pace().isFree(outbox.now())) {
            outbox.send(group, from, here());
        }
        if (hasMore) {
            giving.asked(from, ask);
            givePart(outbox.now());
        }
    }

    /// As soon as this node may, which gives to others too.
    final void givePart(long now) {
        if (giving.isAsked() && outbox.pace().isFree(now)) {
            if (giving.wantsAnother(applied, now)) {
                store.snapshots().ifPresent(this::snapshot);
            }
            giving.give(now).ifPresent(gift -> {
                outbox.pace().took(now, gift.part().bytes());
                outbox.send(group, gift.to(), new Message.Part(gift.part()));
            });
        }
        giving.closeIdle(now);
    }

    /// Spec: ReplicationGroup!Snapshot
    private void snapshot(Snapshots snapshots) {
        giving.open(snapshots.give());
        outbox.trace(group, new TraceEvent.Snapshot(applied));
    }

    private void askPart(ReplicaId other) {
        outbox.send(group, other, taking.question(applied, outbox.now()));
    }

    final void takePart(ReplicaId from, SnapshotPart part) {
        if (!part.isIntact()) {
            outbox.alarm(group, "a part of a snapshot of slot " + part.slot() + " that " + from + " gave is damaged");
        } else if (taking.take(from, part, applied, outbox.now())) {
            if (part.isLast()) {
                fetchMissing(outbox.now());
            } else {
                askPart(from);
            }
        }
    }

    /// The log has to say first that it has nothing of what is in the snapshot, and the archive to have it.
    private void installAt(long slot) {
        if (slot <= log.slotsSynced().trimmed()) {
            install(slot);
        } else if (slot <= archived && slot > log.trimmed()) {
            trim(slot);
        }
    }

    /// Spec: ReplicationGroup!Install
    private void install(long slot) {
        var voted = members;
        taking.install();
        marked.close();
        applied = slot;
        if (slot > known) {
            known = slot;
            members = store.members().orElse(members);
        }
        outbox.trace(group, new TraceEvent.Install(slot));
        leadership.skip(known);
        apply();
        takeAllEarly();
        caughtUp(voted);
    }

    /// Before it takes the place of anything: what rotted where it was given must not spread.
    private void readWhatCame(long now) {
        if (outbox.scrubPace().isFree(now)) {
            outbox.scrubPace().took(now, taking.read(settings.scrub().partBytes()));
            if (taking.isRotten()) {
                outbox.alarm(group, Alarms.SNAPSHOT_REFUSED + "; it is thrown away");
                taking.refuse(now);
            }
        }
    }

    /// Whom to ask for a snapshot: the leader last, which has most to do.
    private List<ReplicaId> others() {
        var leader = leaderElsewhere();
        return members.voters().stream()
                .filter(voter -> !voter.equals(self) && (sound.isEmpty() || sound.contains(voter)))
                .sorted(Comparator.comparing(
                        voter -> leader.filter(voter::equals).isPresent()))
                .toList();
    }

    // ---------------------------------------------------------------- the end of the log

    /// Once a piece is applied for good, and archived.
    final void trimWhenDone() {
        if (mayTrim && trimmable() >= log.trimmed() + settings.archiving().slots()) {
            trim(trimmable());
        }
    }

    /// The oldest part of the log tells of slots up to this one, and of what was promised: it can go when
    /// that is said again further on.
    final void free(long slot) {
        if (mayTrim && trimmable() >= Math.max(slot, log.trimmed())) {
            trim(trimmable());
        }
    }

    private long trimmable() {
        return isLog() ? verified : Math.min(store.flushed(), verified);
    }

    /// Spec: ReplicationGroup!Trim
    private void trim(long slot) {
        Invariant.holds(slot <= archived, "only what is archived is trimmed");
        if (!log.promisedBallot().equals(none)) {
            write(new LogRecord.Trim(log.promisedBallot(), slot, log.size()));
            verified = Math.max(verified, slot);
            outbox.trace(group, new TraceEvent.Trim(slot));
            if (isLog() && slot > known) {
                known = slot;
                takeAllEarly();
            }
        }
    }

    /// Spec: ReplicationGroup!Apply
    final void apply() {
        while (!isLog() && applied < known && holdsSynced(applied + 1)) {
            long slot = applied + 1;
            var entry = log.entryOf(slot);
            var reply = store.apply(slot, entry);
            applied = slot;
            outbox.trace(group, new TraceEvent.Apply(slot, reply));
            leadership.applied(slot, entry, reply);
            noteSession(reply, entry);
            if (entry instanceof Entry.ScrubMark) {
                mark(slot);
            }
        }
        acknowledgeApplied();
    }

    // ---------------------------------------------------------------- scrub

    /// Spec: ReplicationGroup!Hash
    private void mark(long slot) {
        store.snapshots().ifPresent(snapshots -> {
            marked.open(snapshots.give(), outbox.now());
            outbox.trace(group, new TraceEvent.Hash(slot));
        });
        markApplied(slot);
    }

    /// As fast as this node may, which does so for others too.
    final void readMarked(long now) {
        if (marked.isReading() && outbox.scrubPace().isFree(now)) {
            outbox.scrubPace().took(now, marked.read(settings.scrub().partBytes()));
            marked.rotten().ifPresent(this::discard);
        }
        marked.closeIdle(now);
    }

    /// Who has not come so far yet will be asked again.
    final void hashesAsked(ReplicaId from, Message.AskHashes ask) {
        if (ask.slot() <= applied) {
            marked.answer(ask, outbox.now()).ifPresent(answer -> toReplica(from, answer));
        }
    }

    /// Who has been made again meanwhile has nothing left of what was wrong, even if it has come to the same
    /// mark again.
    ///
    /// Spec: ReplicationGroup!Quarantine
    final void quarantine(Message.Quarantine message) {
        if (message.slot() == marked.slot() && marked.root().equals(Optional.of(message.root()))) {
            outbox.trace(group, new TraceEvent.Quarantine(message.slot()));
            beginAgain();
            sound.addAll(message.sound());
        }
    }

    /// Spec: ReplicationGroup!Discard
    private void discard(String rows) {
        outbox.alarm(group, "the state is not what was written: " + rows + "; it is thrown away, and made again");
        outbox.trace(group, new TraceEvent.Discard());
        beginAgain();
    }

    /// With nothing applied, as after a power-off that left no state.
    private void beginAgain() {
        standDown();
        marked.close();
        giving.forget();
        store.snapshots().ifPresent(Snapshots::clear);
        taking.begin(store.snapshots(), outbox.now());
        applied = 0;
        known = 0;
        members = first;
    }

    /// Nothing is left of a leadership, if there was one.
    abstract void standDown();

    abstract void toReplica(ReplicaId to, Message message);
}
