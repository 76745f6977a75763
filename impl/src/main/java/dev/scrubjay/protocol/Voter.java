package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.SnapshotPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// What every replica of a group does, whoever leads: it promises, accepts, learns and applies, grants
/// leases, and takes what its disk says.
abstract class Voter extends ReplicaState {
    Voter(long group, Seat seat, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        super(group, seat, voters, settings, chance, outbox);
    }

    abstract void receive(ReplicaId from, ReplicaId to, Message message);

    /// Its own promise is synced: a candidate may ask the others.
    abstract void prepare();

    /// Clients may be waiting for what was applied.
    abstract void acknowledgeApplied();

    /// More slots came from elsewhere.
    ///
    /// @param before who voted before them
    abstract void caughtUp(Members before);

    final void prepared(ReplicaId from, Message.Prepare prepare) {
        var ballot = prepare.ballot();
        if (log.promisedBallot().isBelow(ballot)) {
            promise(ballot, prepare.released());
        } else if (log.promisedBallot().equals(ballot)) {
            promised();
        } else {
            outbox.send(group, from, new Message.Refused(log.promisedBallot()));
        }
    }

    /// Who minds a lease keeps silent: the candidate asks again.
    ///
    /// Spec: ReplicationGroup!Promise
    final void promise(Ballot ballot, Ballot released) {
        Invariant.holds(log.promisedBallot().isBelow(ballot), "a promise is above the one before");
        if (mayPromise(released)) {
            write(new LogRecord.Promise(ballot));
            follow(ballot);
            grants.forget();
            outbox.trace(group, new TraceEvent.Promise(ballot, released));
            waitForLeader();
        }
    }

    /// Spec: ReplicationGroup!Promised
    final void promised() {
        var ballot = log.promisedBallot();
        if (log.syncedBallot().equals(ballot)) {
            var report = log.slotsSynced().report();
            outbox.trace(
                    group,
                    new TraceEvent.Promised(
                            ballot,
                            log.slotsSynced().trimmed(),
                            report.stream().map(Message.Report::ballot).toList(),
                            List.copyOf(log.slotsSynced().corrupt(Long.MAX_VALUE))));
            toReplica(
                    ballot.replica(),
                    new Message.Promised(ballot, log.slotsSynced().trimmed(), report));
        }
    }

    /// Spec: ReplicationGroup!Accept
    final void accept(Message.Accept message) {
        var ballot = message.ballot();
        long slot = message.slot();
        if (ballot.isBelow(log.promisedBallot())) {
            toReplica(ballot.replica(), new Message.Refused(log.promisedBallot()));
        } else if (!ballot.equals(log.promisedBallot()) && !mayPromise(none)) {
            return; // It comes again, after the prepare or when the lease has run out.
        } else if (slot <= log.trimmed()) {
            toReplica(ballot.replica(), new Message.Archived(log.trimmed()));
        } else if (holdsAt(slot, ballot)) {
            acceptedAgain(message);
        } else if (holdsBefore(slot, ballot)) {
            write(new LogRecord.Accept(ballot, message.generation(), slot, message.entry()));
            follow(ballot);
            outbox.trace(group, new TraceEvent.Accept(ballot, message.generation(), slot, message.entry()));
            waitForLeader();
            takeEarly(slot + 1);
        } else if (slot <= known + settings.windowMax()) {
            earlyAccepts.put(slot, message);
        }
    }

    /// An earlier slot is held now, so these may have been waiting for it.
    private void takeEarly(long slot) {
        var chosen = earlyChosen.remove(slot);
        if (chosen != null) {
            learn(chosen);
        }
        var accept = earlyAccepts.remove(slot);
        if (accept != null) {
            accept(accept);
        }
    }

    /// Several slots are held now that were not.
    private void takeAllEarly() {
        earlyChosen.headMap(known + 1).clear();
        takeEarly(known + 1);
        var accepts = List.copyOf(earlyAccepts.tailMap(known + 1).values());
        earlyAccepts.clear();
        accepts.forEach(this::accept);
    }

    /// The leader did not hear that this was accepted, or it is not synced yet and will be answered when it
    /// is.
    private void acceptedAgain(Message.Accept message) {
        var last = log.slotsSynced().last(message.slot());
        if (last != null && last.ballot().equals(message.ballot())) {
            accepted(last);
        }
    }

    /// Spec: ReplicationGroup!Accepted
    private void accepted(LogRecord.Accept record) {
        outbox.trace(group, new TraceEvent.Accepted(record.ballot(), record.slot()));
        toReplica(record.ballot().replica(), new Message.Accepted(record.ballot(), record.slot()));
    }

    /// Spec: ReplicationGroup!Learn
    final void learn(Message.Chosen message) {
        long slot = message.slot();
        if (slot <= log.trimmed()) {
            return; // It is in the archive.
        } else if (role != Role.LEADER && slot == known + 1) {
            if (!log.holds(slot, message.entry(), message.ballot())) {
                writeChosen(message);
            }
            know(message);
            outbox.trace(group, new TraceEvent.Learn(message.ballot(), message.generation(), slot, message.entry()));
            apply();
            takeEarly(slot + 1);
        } else if (role != Role.LEADER && slot > known && slot <= known + settings.catchUpMax()) {
            earlyChosen.put(slot, message);
        } else if (slot <= known && log.slots().isCorrupt(slot)) {
            repair(message);
        }
    }

    /// At a ballot that is not below what rotted there, so that this does not count any more. No ballot above
    /// one at which an entry is chosen has another.
    private void writeChosen(Message.Chosen message) {
        var ballot = Ballot.highest(message.ballot(), log.slots().corruptBallot(message.slot()));
        write(new LogRecord.Accept(ballot, message.generation(), message.slot(), message.entry()));
    }

    /// Spec: ReplicationGroup!Repair
    private void repair(Message.Chosen message) {
        if (role != Role.LEADER || !log.promisedBallot().isBelow(message.ballot())) {
            writeChosen(message);
            outbox.trace(
                    group,
                    new TraceEvent.Repair(message.ballot(), message.generation(), message.slot(), message.entry()));
        }
    }

    final void catchUp(ReplicaId from, long after, long most) {
        if (after < log.trimmed()) {
            outbox.send(group, from, new Message.Archived(log.trimmed()));
        }
        long last = Math.min(known, after + Math.min(most, settings.catchUpMax()));
        for (long slot = after + 1; slot <= last; slot++) {
            if (log.readable(slot).isPresent()) {
                tell(from, slot);
            }
        }
    }

    private void tell(ReplicaId to, long slot) {
        outbox.send(group, to, told(slot));
    }

    /// Spec: ReplicationGroup!Tell
    private Message.Chosen told(long slot) {
        var last = Objects.requireNonNull(log.last(slot));
        outbox.trace(group, new TraceEvent.Tell(last.ballot(), slot));
        return new Message.Chosen(last.ballot(), last.generation(), slot, last.entry());
    }

    /// Tells the archive what is chosen, a piece at a time.
    final void archive(long now) {
        long to = archived + settings.archiving().slots();
        if (known <= archived) {
            archiveBy = now + settings.archiving().nanos();
        } else if (now >= archiveAt && (known >= to || now >= archiveBy)) {
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
                    outbox.alarm(group, "the archive has another entry in slot " + slot + " than was chosen there");
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
            if (after + i == applied && applied < log.slotsSynced().trimmed()) {
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

    /// Whom to ask for a snapshot: the leader last, which has most to do.
    private List<ReplicaId> others() {
        var leader = leaderElsewhere();
        return members.voters().stream()
                .filter(voter -> !voter.equals(self))
                .sorted(Comparator.comparing(
                        voter -> leader.filter(voter::equals).isPresent()))
                .toList();
    }

    // ---------------------------------------------------------------- the end of the log

    /// Once a piece is applied for good, and archived.
    final void trimWhenDone() {
        if (trimmable() >= log.trimmed() + settings.archiving().slots()) {
            trim(trimmable());
        }
    }

    /// The oldest part of the log tells of slots up to this one, and of what was promised: it can go when
    /// that is said again further on.
    final void free(long slot) {
        if (trimmable() >= Math.max(slot, log.trimmed())) {
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

    /// Asks all others for what it knows chosen and cannot read any more: one of them will have it.
    final void askForRepair(long now) {
        var corrupt = log.slots().corrupt(known);
        if (!corrupt.isEmpty() && now >= repairAt) {
            corrupt.stream()
                    .limit(settings.catchUpMax())
                    .forEach(slot -> toOthers(new Message.CatchUp(slot - 1, 1), List.of()));
            repairAt = now + settings.resendNanos();
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
        }
        acknowledgeApplied();
    }

    /// Spec: ReplicationGroup!ReadEventually
    final void readEventually(Leadership.Client client, String key, long atLeast) {
        if (isLog()) {
            tell(client, new ClientReply.NotLeader(leaderElsewhere()));
        } else if (applied >= atLeast) {
            var found = new Reply.Found(store.held(key));
            outbox.trace(group, new TraceEvent.ReadEventually(key, atLeast, applied, found));
            tell(client, new ClientReply.Answered(found, applied));
        } else {
            tell(client, new ClientReply.Behind(applied));
        }
    }

    // ---------------------------------------------------------------- a grantor

    /// At the promised ballot only, and once that is synced: after a power-off it must not promise what it
    /// refused before.
    ///
    /// Spec: ReplicationGroup!Grant
    final void grant(Message.Heartbeat asking) {
        var ballot = asking.ballot();
        if (ballot.equals(log.promisedBallot()) && ballot.equals(log.syncedBallot()) && grants.mayGrant(ballot)) {
            long minds = settings.lease().grantNanos();
            grants.grant(ballot, outbox.now() + minds, asking.confirmed());
            outbox.trace(group, new TraceEvent.Grant(ballot));
            toReplica(ballot.replica(), new Message.Granted(ballot, asking.asked(), minds));
        }
    }

    /// Spec: ReplicationGroup!RunOut
    final void runOut() {
        if (grants.isOver(outbox.now())) {
            grants.runOut();
            outbox.trace(group, new TraceEvent.RunOut());
        }
    }

    // ---------------------------------------------------------------- the disk

    /// Spec: ReplicationGroup!Sync
    final void sync(int records) {
        var covered = log.sync(records);
        outbox.trace(group, new TraceEvent.Sync(log.synced()));
        for (var record : covered) {
            if (record.ballot().equals(log.promisedBallot())) {
                answer(record);
            }
        }
        fetchMissing(outbox.now());
        apply();
    }

    /// What was waiting for this record to be on the disk. A record of a ballot that is over has nobody
    /// waiting.
    private void answer(LogRecord record) {
        switch (record) {
            case LogRecord.Promise _ -> {
                prepare();
                promised();
            }
            case LogRecord.Accept accept -> accepted(accept);
            case LogRecord.Trim _, LogRecord.Corrupt _ -> {}
        }
    }

    /// Spec: ReplicationGroup!Restart
    final void restart(List<LogRecord> records) {
        log.begin(records).forEach(record -> outbox.trace(group, new TraceEvent.Rot(record)));
        grants.sitOut(outbox.now() + settings.lease().grantNanosLongest());
        outbox.trace(group, new TraceEvent.Restart());
    }

    /// What a replica tells itself does not travel.
    final void toReplica(ReplicaId to, Message message) {
        if (to.equals(self)) {
            receive(self, self, message);
        } else {
            outbox.send(group, to, message);
        }
    }
}
