package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Operation;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// One replica of a group: `ReplicationGroup` of the specification as a program, action by action, under the
/// same names, with the same guards in the same order.
///
/// What an action needs is said there. Here stands besides what the specification leaves open: when to act.
/// Messages are sent again until they are answered, a leader says that it is there, and a replica that hears
/// of none stands itself. None of that can break what the specification promises; at worst, nothing happens.
///
/// The specification writes down results of all applied slots; here only those live that a client waits for.
final class Replica extends Healer {
    Replica(long group, Seat seat, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        super(group, seat, voters, settings, chance, outbox);
    }

    void begin(List<LogRecord> records, Store kept, boolean again) {
        store = new Sessions(kept);
        taking.begin(store.snapshots(), outbox.now());
        applied = store.applied();
        known = applied;
        members = store.members().orElse(members);
        if (again) {
            restart(records);
        }
        if (isLog()) {
            known = log.trimmed();
        }
        archived = log.trimmed();
        verified = log.trimmed();
        waitForLeader();
    }

    @Override
    void receive(ReplicaId from, ReplicaId to, Message message) {
        if (!to.equals(self) && !to.equals(ReplicaId.any(self.node()))) {
            return; // For another life of this disk.
        }
        runOut();
        peers.heard(from, outbox.now());
        switch (message) {
            case Message.Prepare prepare -> prepared(from, prepare);
            case Message.Promised promised -> promised(from, promised);
            case Message.Accept accept -> accept(accept);
            case Message.Accepted(var ballot, var slot) -> accepted(from, ballot, slot);
            case Message.Chosen chosen -> learn(chosen);
            case Message.Heartbeat heartbeat -> hear(from, heartbeat);
            case Message.Granted granted -> hold(from, granted);
            case Message.Release(var ballot) -> released(ballot);
            case Message.Question(var ballot) -> answer(from, ballot);
            case Message.Answer(var ballot, var hears, var count) -> answered(from, ballot, hears, count);
            case Message.CatchUp(var after, var most) -> catchUp(from, after, most);
            case Message.Archived(var slot) -> fetchTo(slot);
            case Message.Refused(var ballot) -> refused(ballot);
            case Message.Here here -> here(from, here);
            case Message.Probe probe -> probed(from, probe);
            case Message.Alive alive -> alive(alive);
            case Message.AskPart ask -> partAsked(from, ask);
            case Message.Part(var part) -> takePart(from, part);
            case Message.AskHashes ask -> hashesAsked(from, ask);
            case Message.Hashes hashes -> leadership.comparison.ifPresent(each -> each.hashes(from, hashes));
            case Message.Rows rows -> leadership.comparison.ifPresent(each -> each.rows(from, rows));
            case Message.Quarantine quarantine -> quarantine(quarantine);
        }
    }

    private void here(ReplicaId from, Message.Here here) {
        peers.here(from, here, outbox.now());
        if (taking.isAsked(from)) {
            taking.hears(here.applied() > applied, outbox.now());
            fetchMissing(outbox.now());
        }
    }

    // ---------------------------------------------------------------- a client

    void request(String name, ClientRequest request) {
        runOut();
        var client = new Leadership.Client(name, request.id());
        switch (request.operation()) {
            case Operation.EventualRead(var key, var atLeast) -> readEventually(client, key, atLeast);
            case Operation.AtLeader operation -> serve(client, operation);
        }
    }

    private void serve(Leadership.Client client, Operation.AtLeader operation) {
        if (role != Role.LEADER) {
            tell(client, new ClientReply.NotLeader(leaderElsewhere()));
        } else if (!holdsLease(outbox.now())) {
            // It may be that another leads by now, or this one will again in a moment.
            tell(client, new ClientReply.Throttled(settings.resendNanos()));
        } else {
            switch (operation) {
                case Operation.Read(var key) -> read(client, key);
                case Operation.Write write -> write(client, write);
                case Operation.Begin(var nonce) -> begin(client, nonce);
                case Operation.End(var session) -> take(client, new Entry.End(session));
            }
        }
    }

    /// A write that was done already only has its reply. Any other write is new, or will find in its slot
    /// that it is not.
    private void write(Leadership.Client client, Operation.Write write) {
        var last = store.last(write.session());
        last.ifPresent(_ -> leadership.use(write.session(), outbox.now()));
        if (last.isPresent() && last.get().number() == write.number()) {
            acknowledge(client, last.get().slot(), last.get().reply());
        } else {
            take(client, new Entry.Write(write.session(), write.number(), write.request()));
        }
    }

    private void begin(Leadership.Client client, String nonce) {
        if (store.count() >= settings.sessionsMax()) {
            tell(client, new ClientReply.Throttled(settings.resendNanos()));
        } else {
            take(client, new Entry.Begin(nonce));
        }
    }

    /// Takes a request and proposes it at once: what waits in a queue would have to be given back when
    /// leadership is lost.
    private void take(Leadership.Client client, Entry entry) {
        var slot = leadership.slotOf(entry);
        if (slot.isPresent()) {
            leadership.wait(client, slot.getAsLong());
        } else if (isBusy() || !isAdmitted()) {
            tell(client, new ClientReply.Throttled(settings.resendNanos()));
        } else {
            leadership.wait(client, leadership.next());
            ask(entry);
            propose(entry);
        }
    }

    /// A session of which nobody has heard for long is over. Its client may be gone; if it is not, it is told
    /// so.
    private void endIdleSession() {
        var session = leadership.idleSince(outbox.now() - settings.sessionIdleNanos());
        if (session.isPresent() && holdsLease(outbox.now()) && !isBusy()) {
            leadership.ended(session.getAsLong());
            var entry = new Entry.End(session.getAsLong());
            ask(entry);
            propose(entry);
        }
    }

    /// Spec: ReplicationGroup!Ask
    private void ask(Entry entry) {
        outbox.trace(group, new TraceEvent.Ask(entry));
    }

    // ---------------------------------------------------------------- a candidate

    /// Spec: ReplicationGroup!Stand
    private void stand(Ballot released) {
        Invariant.holds(mayPromise(released), "what was granted is minded, also against oneself");
        highestRoundSeen = Math.max(highestRoundSeen, log.promisedBallot().round());
        var ballot = new Ballot(highestRoundSeen + 1, self);
        write(new LogRecord.Promise(ballot));
        become(Role.CANDIDATE, released);
        grants.forget();
        outbox.trace(group, new TraceEvent.Stand(ballot, released));
        waitForLeader();
    }

    /// Spec: ReplicationGroup!Prepare
    @Override
    void prepare() {
        var ballot = log.promisedBallot();
        if (role == Role.CANDIDATE && log.hasSyncedPromise(ballot)) {
            outbox.trace(group, new TraceEvent.Prepare(ballot));
            toOthers(new Message.Prepare(ballot, leadership.heir), leadership.promises());
            resendAt = outbox.now() + settings.resendNanos();
        }
    }

    /// Spec: ReplicationGroup!Lead
    private void lead() {
        var quorum = leadership.promises(members);
        long trimmed = Math.max(log.trimmed(), leadership.trimmed(members));
        if (role == Role.CANDIDATE && members.isQuorum(quorum) && trimmed > known) {
            fetchTo(trimmed); // And leads when it knows that.
        } else if (role == Role.CANDIDATE
                && log.promisedBallot().replica().equals(self)
                && members.isQuorum(quorum)
                && isClear()) {
            role = Role.LEADER;
            leadership.begin(known, members);
            outbox.trace(group, new TraceEvent.Lead(log.promisedBallot(), List.copyOf(quorum)));
            asking = false;
            ledSince = outbox.now();
            mayTrim = true;
            verifiedAt = OptionalLong.empty();
            markAt = outbox.now() + settings.scrub().everyNanos();
            heldAt = outbox.now();
            peers.begin(members, outbox.now());
            archiveBy = outbox.now() + settings.archiving().nanos();
            store.table().keySet().forEach(session -> leadership.use(session, outbox.now()));
            askLease();
            proposeAdopted();
        }
    }

    /// Where something rotted, a quorum of answers may not be enough. When everybody has answered, what can
    /// be read has to do: if more rotted than a group survives, an entry may be lost.
    private boolean isClear() {
        var unclear = leadership.unclear(known, members);
        boolean hasAsked = leadership.promises(members).equals(members.voters());
        if (hasAsked && !unclear.isEmpty()) {
            outbox.alarm(group, "nobody can read what was accepted last in slots " + unclear);
        }
        return hasAsked || unclear.isEmpty();
    }

    private void promised(ReplicaId from, Message.Promised message) {
        // A leader may need it when another generation begins.
        if (role != Role.FOLLOWER && message.ballot().equals(log.promisedBallot())) {
            leadership.promised(from, message);
            lead();
        }
    }

    // ---------------------------------------------------------------- a leader

    private void proposeAdopted() {
        while (role == Role.LEADER && leadership.hasToProposeAgain() && hasRoom() && mayPropose(leadership.again())) {
            propose(leadership.again());
        }
        leadership.wanted().filter(this::mayPropose).ifPresent(this::propose);
    }

    /// Other voters are proposed when all before is known chosen, and they have granted the lease with the
    /// present ones, so that it goes on. Nothing is proposed after them until they are known to vote.
    private boolean mayPropose(Entry entry) {
        if (leadership.underWay().isPresent()) {
            return false;
        }
        if (!(entry instanceof Entry.Reconfigure)) {
            return true;
        }
        var grants = leadership.grants(outbox.now());
        return leadership.next() == known + 1
                && (!members.isEndedBy(entry)
                        || (members.isQuorum(grants) && members.after(entry).isQuorum(grants)));
    }

    /// Spec: ReplicationGroup!Propose
    @Override
    void propose(Entry entry) {
        Invariant.holds(role == Role.LEADER, "only a leader proposes");
        Invariant.holds(mayPropose(entry), "other voters are proposed alone");
        var accept = new Message.Accept(log.promisedBallot(), members.generation(), leadership.take(entry), entry);
        if (members.isEndedBy(entry) && entry instanceof Entry.Reconfigure reconfigure) {
            leadership.begins(reconfigure);
        }
        outbox.trace(group, new TraceEvent.Propose(accept.ballot(), accept.slot(), entry));
        toOthers(accept, List.of());
        resendAt = outbox.now() + settings.resendNanos();
        accept(accept);
    }

    private void accepted(ReplicaId from, Ballot ballot, long slot) {
        if (role == Role.LEADER && ballot.equals(log.promisedBallot()) && slot > known) {
            leadership.vote(slot, from);
            choose();
        }
    }

    /// Spec: ReplicationGroup!Choose
    private void choose() {
        while (role == Role.LEADER
                && isQuorumOfAll(leadership.votes(known + 1))
                && holdsAt(known + 1, log.promisedBallot())) {
            var held = Objects.requireNonNull(log.last(known + 1));
            var chosen = new Message.Chosen(held.ballot(), held.generation(), held.slot(), held.entry());
            var before = members;
            leadership.chosen(chosen.slot());
            know(chosen);
            outbox.trace(group, new TraceEvent.Choose(chosen.ballot(), chosen.slot()));
            toOthers(chosen, List.of());
            if (!members.equals(before)) {
                // Who votes no more has to know it.
                before.voters().stream()
                        .filter(voter -> !voters().contains(voter))
                        .forEach(voter -> outbox.send(group, voter, chosen));
                leadAgain();
            }
            apply();
        }
        proposeAdopted();
    }

    /// The new voters have yet to say what they promised and accepted: at the same ballot, which most of them
    /// have promised by now.
    private void leadAgain() {
        role = Role.CANDIDATE;
        learner = Optional.empty();
        waitForLeader();
        lead();
        prepare();
    }

    /// Tells clients what they wait for, as far as it is applied, and if the lease allows.
    @Override
    void acknowledgeApplied() {
        if (holdsLease(outbox.now())) {
            leadership.answers().forEach(answer -> acknowledge(answer.client(), answer.slot(), answer.reply()));
        }
    }

    /// Spec: ReplicationGroup!Acknowledge
    private void acknowledge(Leadership.Client client, long slot, Reply reply) {
        outbox.trace(group, new TraceEvent.Acknowledge(slot, reply));
        tell(client, new ClientReply.Answered(reply, slot));
    }

    /// Spec: ReplicationGroup!Read
    private void read(Leadership.Client client, String key) {
        if (applied >= leadership.adopted()) {
            var found = new Reply.Found(store.held(key));
            outbox.trace(group, new TraceEvent.Read(key, applied, found));
            tell(client, new ClientReply.Answered(found, applied));
        } else {
            tell(client, new ClientReply.Throttled(settings.resendNanos()));
        }
    }

    /// Asks for a longer lease, of itself too, and says so that it is there.
    ///
    /// Spec: ReplicationGroup!AskLease
    private void askLease() {
        long now = outbox.now();
        heartbeatAt = now + settings.heartbeatNanos();
        var ballot = log.promisedBallot();
        outbox.trace(group, new TraceEvent.AskLease(ballot));
        boolean holds = holdsLease(now);
        for (var voter : voters()) {
            boolean confirmed = holds && leadership.counts(voter, now);
            hearOrSend(voter, new Message.Heartbeat(ballot, leadership.heir, known, archived, mayTrim, now, confirmed));
        }
    }

    private void hearOrSend(ReplicaId voter, Message.Heartbeat heartbeat) {
        if (voter.equals(self)) {
            grant(heartbeat);
        } else {
            outbox.send(group, voter, heartbeat);
        }
    }

    /// Counts from before it asked: the grantor minds the grant from when it was asked, which is later.
    ///
    /// Spec: ReplicationGroup!Hold
    private void hold(ReplicaId from, Message.Granted granted) {
        long until = granted.asked() + settings.lease().holdNanos(granted.minds());
        var ballot = granted.ballot();
        if (role == Role.LEADER && ballot.equals(log.promisedBallot()) && outbox.now() < until) {
            leadership.count(from, until);
            outbox.trace(group, new TraceEvent.Hold(ballot, from));
            acknowledgeApplied();
        }
    }

    /// Spec: ReplicationGroup!HandOver
    private void handOver(ReplicaId to) {
        var ballot = log.promisedBallot();
        become(Role.FOLLOWER, none);
        outbox.trace(group, new TraceEvent.HandOver(ballot, to));
        waitForLeader();
        if (to.equals(self)) {
            released(ballot);
        } else {
            outbox.send(group, to, new Message.Release(ballot));
        }
    }

    /// Spec: ReplicationGroup!StepDown
    private void stepDown() {
        var ballot = log.promisedBallot();
        become(Role.FOLLOWER, none);
        outbox.trace(group, new TraceEvent.StepDown(ballot));
        waitForLeader();
    }

    // ---------------------------------------------------------------- time

    void tick() {
        runOut();
        long now = outbox.now();
        askForRepair(now);
        verify(now);
        fetchMissing(now);
        givePart(now);
        readMarked(now);
        trimWhenDone();
        if (now >= hereAt && role != Role.LEADER) {
            sayHere();
        }
        if (role == Role.LEADER) {
            lead(now);
        } else if (now >= standAt && mayPromise(none)) {
            askPeers(now);
        } else if (role == Role.CANDIDATE && now >= resendAt) {
            prepare();
        }
    }

    private void lead(long now) {
        if (holdsLease(now)) {
            heldAt = now;
        }
        if (cannotTell() && now >= ledSince + settings.electionNanosMin()) {
            leave();
        }
        if (now >= heldAt + settings.lease().termNanos()) {
            stepDown();
        } else if (successor.isPresent() && (leadership.isDrained(known) || now >= handOverBy)) {
            handOver(successor.get());
        } else {
            if (now >= heartbeatAt) {
                askLease();
            }
            if (now >= resendAt) {
                proposeAgain();
            }
            endIdleSession();
            archive(now);
            heal(now);
            scrub(now);
            proposeAdopted();
            leadership.giveUp(now);
        }
    }

    /// A leader that finds other voters like that has to ask them first, as when it proposed them itself.
    @Override
    void caughtUp(Members before) {
        if (role != Role.LEADER) {
            lead();
        } else if (members.equals(before)) {
            choose();
        } else {
            leadAgain();
        }
    }

    /// It knows a slot chosen that it cannot read, and nobody told it what is there: those who hold it may
    /// not know that it is chosen. Neither they nor the archive would ever get on; but who leads next hears
    /// of it from them, and proposes it again.
    private boolean cannotTell() {
        return log.slots().corrupt(known).stream().anyMatch(slot -> slot > archived);
    }

    private void proposeAgain() {
        for (long slot = known + 1; slot < leadership.next(); slot++) {
            if (holdsAt(slot, log.promisedBallot())) {
                var held = Objects.requireNonNull(log.last(slot));
                toOthers(
                        new Message.Accept(held.ballot(), held.generation(), slot, held.entry()),
                        leadership.votes(slot));
            }
        }
        resendAt = outbox.now() + settings.resendNanos();
    }

    private void hear(ReplicaId from, Message.Heartbeat heartbeat) {
        var ballot = heartbeat.ballot();
        if (log.promisedBallot().isBelow(ballot)) {
            promise(ballot, heartbeat.released());
        } else if (ballot.isBelow(log.promisedBallot())) {
            outbox.send(group, from, new Message.Refused(log.promisedBallot()));
            return;
        }
        waitForLeader();
        mayTrim = heartbeat.mayTrim();
        archived(heartbeat.archived());
        if (isLog()) {
            fetchTo(heartbeat.archived());
        }
        if (!isVoter()) {
            outbox.send(group, from, here());
        }
        grant(heartbeat);
        catchUpWith(from, heartbeat.known());
    }

    // ---------------------------------------------------------------- elections

    /// It may be that only this replica does not hear the leader. To stand then would take a leader from all
    /// others for nothing.
    ///
    /// Spec: Election!MayStand
    private void askPeers(long now) {
        asking = true;
        standAt = now + settings.resendNanos();
        deaf.add(self);
        toOthers(new Message.Question(log.promisedBallot()), List.of());
        standIfNobodyHears();
    }

    private void answered(ReplicaId from, Ballot missed, boolean hears, long count) {
        if (asking && missed.equals(log.promisedBallot())) {
            catchUpWith(from, count);
            if (hears || hasToCatchUp(count)) {
                waitForLeader();
            } else {
                deaf.add(from);
                standIfNobodyHears();
            }
        }
    }

    /// Who is far behind may know only voters that were replaced long ago. It could not lead, and would keep
    /// those from it that can: so it learns first what the others know, as long as that goes on.
    private boolean hasToCatchUp(long count) {
        boolean has = count > known + settings.windowMax() && known != caughtUpTo;
        if (has) {
            caughtUpTo = known;
        }
        return has;
    }

    private void standIfNobodyHears() {
        if (members.isQuorum(deaf) && mayPromise(none) && !isLog()) {
            stand(none);
        }
    }

    /// Whom a leader hands over to need not ask anybody, nor wait for the lease.
    private void released(Ballot ballot) {
        if (role != Role.LEADER && !isLog() && ballot.equals(log.promisedBallot()) && mayPromise(ballot)) {
            stand(ballot);
        }
    }
}
