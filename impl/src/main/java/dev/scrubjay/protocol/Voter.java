package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import java.util.List;

/// What every replica of a group does, whoever leads: it promises, accepts, learns and applies, grants
/// leases, and takes what its disk says.
abstract class Voter extends Keeper {
    Voter(long group, Seat seat, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        super(group, seat, voters, settings, chance, outbox);
    }

    @Override
    final void standDown() {
        if (role != Role.FOLLOWER) {
            become(Role.FOLLOWER, none);
        }
        earlyAccepts.clear();
        earlyChosen.clear();
        waitForLeader();
    }

    abstract void receive(ReplicaId from, ReplicaId to, Message message);

    /// Its own promise is synced: a candidate may ask the others.
    abstract void prepare();

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
    @Override
    final void takeAllEarly() {
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
    @Override
    final void toReplica(ReplicaId to, Message message) {
        if (to.equals(self)) {
            receive(self, self, message);
        } else {
            outbox.send(group, to, message);
        }
    }
}
