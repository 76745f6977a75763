package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.Message;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Site;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a replica holds, what can be seen of it, and how it speaks: all of `Replica` that is no action.
abstract class ReplicaState implements ReplicaView {
    /// Who does not vote leaves it to those that do, as long as one of them can lead.
    private static final int NON_VOTER_WAITS = 4;

    final long group;
    final ReplicaId self;
    final Site site;

    /// The nodes on which there may be replicas of this group.
    final SortedSet<String> pool;

    final Settings settings;
    final Chance chance;
    final Outbox outbox;
    final Ballot none;

    final ReplicaLog log;
    final Grants grants;
    Role role = Role.FOLLOWER;
    Leadership leadership;
    long known;

    /// Who voted first.
    final Members first;

    /// The newest generation that this replica knows chosen.
    Members members;

    final Peers peers;
    final Giving giving;
    final Taking taking;
    Sessions store = new Sessions();
    long applied;

    /// What overtook an earlier slot on its way, and is taken when its turn comes.
    final SortedMap<Long, Message.Accept> earlyAccepts = new TreeMap<>();

    final SortedMap<Long, Message.Chosen> earlyChosen = new TreeMap<>();

    /// What it had applied at the last scrub mark.
    final Marked marked;

    /// Whose state was right when this one's was not; empty when that is over.
    final SortedSet<ReplicaId> sound = new TreeSet<>();

    /// Whether the log may be trimmed: not while nobody knows whether the archive is right.
    boolean mayTrim = true;

    /// How many slots the archive has, as far as this replica has heard.
    long archived;

    /// How many of them it has compared with what it knows chosen.
    long verified;

    /// Who said that it does not hear a leader either, of those that were asked.
    final SortedSet<ReplicaId> deaf = new TreeSet<>();

    boolean asking;
    long highestRoundSeen;
    long standAt;
    long heartbeatAt;
    long resendAt;
    long repairAt;
    long fetchAt;
    long archiveAt;
    long archiveBy;
    long verifyAt;
    long admitAt;
    boolean isRefusing;
    long ledSince;
    long heldAt;
    long hereAt;
    long healAt;
    long markAt;

    /// When the last mark came at which all copies were found right.
    OptionalLong verifiedAt = OptionalLong.empty();

    /// How far it was when it last put off to stand, so as to catch up.
    long caughtUpTo = -1;

    /// Who is to vote soon, and so hears all that voters do.
    Optional<ReplicaId> learner = Optional.empty();

    /// Why nobody can take the place of a voter that is lost, as far as that was said.
    String stuck = "";

    /// Who is to lead instead, once what is under way is done, or at this time at the latest.
    Optional<ReplicaId> successor = Optional.empty();

    long handOverBy;

    ReplicaState(long group, Seat seat, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        this.group = group;
        this.self = seat.self();
        this.site = seat.site();
        this.pool = seat.pool();
        this.members = Members.first(voters);
        this.peers = new Peers(settings);
        this.giving = new Giving(settings.snapshots());
        this.taking = new Taking(settings);
        this.marked = new Marked(settings.scrub().patienceNanos());
        this.first = members;
        this.settings = settings;
        this.chance = chance;
        this.outbox = outbox;
        this.none = Ballot.none(members.voters().first());
        this.log = new ReplicaLog(none);
        this.grants = new Grants(none);
        this.leadership = new Leadership(none);
    }

    final Optional<ReplicaId> leaderElsewhere() {
        var ballot = grants.ballot().equals(none) ? log.promisedBallot() : grants.ballot();
        boolean elsewhere = !ballot.equals(none) && !ballot.replica().equals(self);
        return elsewhere ? Optional.of(ballot.replica()) : Optional.empty();
    }

    final void tell(Leadership.Client client, ClientReply reply) {
        outbox.reply(group, client.name(), client.id(), reply);
    }

    final boolean isBusy() {
        return leadership.hasToProposeAgain() || leadership.isReconfiguring() || !hasRoom() || successor.isPresent();
    }

    final boolean isLog() {
        return site.kind() == ReplicaKind.LOG;
    }

    final boolean isVoter() {
        return members.voters().contains(self);
    }

    final boolean hasRoom() {
        return leadership.next() - known <= settings.windowMax();
    }

    final boolean mayPromise(Ballot released) {
        return grants.mayPromise(released, log.syncedBallot());
    }

    /// Whether the replica has accepted something there at this ballot, which is none below what it promised.
    final boolean holdsAt(long slot, Ballot ballot) {
        var last = log.last(slot);
        return last != null && last.ballot().equals(ballot);
    }

    final boolean holdsBefore(long slot, Ballot ballot) {
        for (long earlier = Math.max(known, log.trimmed()) + 1; earlier < slot; earlier++) {
            if (!holdsAt(earlier, ballot)) {
                return false;
            }
        }
        return true;
    }

    final void know(Message.Chosen chosen) {
        Invariant.holds(chosen.slot() == known + 1, "slots become known in their order");
        Invariant.holds(log.entryOf(chosen.slot()).equals(chosen.entry()), "what a replica knows chosen, it holds");
        known = chosen.slot();
        members = members.after(chosen.entry());
    }

    final void noteSession(Reply reply, Entry entry) {
        if (reply instanceof Reply.Begun(var session)) {
            leadership.use(session, outbox.now());
        } else if (entry instanceof Entry.End(var session)) {
            leadership.ended(session);
        }
    }

    /// Whether the record that counts there is synced.
    final boolean holdsSynced(long slot) {
        var last = log.slotsSynced().last(slot);
        return last != null && slot > log.trimmed() && last.equals(log.last(slot));
    }

    /// Who writes down another's ballot no longer leads.
    final void follow(Ballot ballot) {
        if (!ballot.replica().equals(self)) {
            become(Role.FOLLOWER, none);
        }
    }

    /// Nothing is left of a leadership.
    final void become(Role next, Ballot heir) {
        role = next;
        leadership = new Leadership(heir);
        successor = Optional.empty();
        learner = Optional.empty();
    }

    final void write(LogRecord record) {
        log.write(record);
        outbox.append(group, record);
    }

    final void catchUpWith(ReplicaId other, long count) {
        if (count > known) {
            outbox.send(group, other, new Message.CatchUp(known, settings.catchUpMax()));
        }
    }

    /// Of whom a leader needs a quorum: of the present voters, and of those to be while they are about to.
    ///
    /// Spec: ReplicationGroup!Electorates
    final boolean isQuorumOfAll(Collection<ReplicaId> replicas) {
        var underWay = leadership.underWay();
        return members.isQuorum(replicas)
                && (underWay.isEmpty() || members.after(underWay.get()).isQuorum(replicas));
    }

    /// Whether a leader knows who votes. Where its phase 1 found other voters, those may have been replaced
    /// in their turn, and only they can tell.
    ///
    /// Spec: ReplicationGroup!IsSettled
    private boolean isSettled() {
        return leadership.adoptsNobody(members);
    }

    /// Who votes, or may soon.
    final SortedSet<ReplicaId> voters() {
        if (learner.isEmpty() && leadership.underWay().isEmpty() && isSettled()) {
            return members.voters();
        }
        var voters = new TreeSet<>(members.voters());
        learner.ifPresent(voters::add);
        leadership.underWay().ifPresent(entry -> voters.addAll(entry.voters()));
        leadership.adoptedMembers(members).forEach(adopted -> voters.addAll(adopted.voters()));
        return voters;
    }

    final void toOthers(Message message, Collection<ReplicaId> except) {
        for (var voter : voters()) {
            if (!voter.equals(self) && !except.contains(voter)) {
                outbox.send(group, voter, message);
            }
        }
    }

    /// What it says of itself. The slots that its log was trimmed of are as good as there: they are in the
    /// archive.
    final Message.Here here() {
        return new Message.Here(site, Math.max(known, log.trimmed()), applied);
    }

    /// Says that it is there: to the leader, if there is one that knows that this replica votes.
    final void sayHere() {
        hereAt = outbox.now() + settings.healing().hereNanos();
        var here = here();
        var leader = leaderElsewhere();
        if (isVoter() && leader.isPresent()) {
            outbox.send(group, leader.get(), here);
        } else {
            pool.stream()
                    .filter(node -> !node.equals(self.node()))
                    .forEach(node -> outbox.send(group, ReplicaId.any(node), here));
        }
    }

    @Override
    public final boolean holdsLease(long now) {
        return role == Role.LEADER && isSettled() && isQuorumOfAll(leadership.grants(now));
    }

    @Override
    public final Optional<GroupStatus> status(long now) {
        if (!holdsLease(now)) {
            return Optional.empty();
        }
        var status = members.voters().stream()
                .map(voter -> voter.equals(self)
                        ? new GroupStatus.Voter(voter, site, true, true)
                        : new GroupStatus.Voter(voter, peers.site(voter), false, peers.isHeard(voter, now)))
                .toList();
        long keep = status.stream()
                .filter(voter -> voter.isHeard() && voter.site().kind() == ReplicaKind.STORAGE)
                .count();
        return Optional.of(new GroupStatus(
                members.generation(),
                status,
                keep <= 1 && status.size() > 1,
                learner.map(replica -> new GroupStatus.Healing(replica, peers.known(replica), known)),
                stuck,
                !mayTrim,
                verifiedAt.isEmpty() ? OptionalLong.empty() : OptionalLong.of(now - verifiedAt.getAsLong())));
    }

    @Override
    public final Role role() {
        return role;
    }

    @Override
    public final Ballot promisedBallot() {
        return log.promisedBallot();
    }

    @Override
    public final Members members() {
        return members;
    }

    @Override
    public final long known() {
        return known;
    }

    @Override
    public final long applied() {
        return applied;
    }

    @Override
    public final Optional<Entry> entryOf(long slot) {
        return log.readable(slot);
    }

    @Override
    public final SortedMap<String, String> state() {
        return store.state();
    }

    @Override
    public final SortedMap<Long, Sessions.Done> sessions() {
        return store.table();
    }

    final void waitForLeader() {
        asking = false;
        deaf.clear();
        long wait = settings.electionNanosMin() + chance.below(settings.electionNanosSpread());
        standAt = outbox.now() + (isVoter() ? wait : NON_VOTER_WAITS * wait);
    }

    final void handOverWhenDone(ReplicaId to) {
        if (successor.isEmpty()) {
            handOverBy = outbox.now() + settings.lease().termNanos();
        }
        if (successor.isEmpty() || successor.get().equals(self)) {
            successor = Optional.of(to);
        }
    }

    /// This node is about to stop.
    final void leave() {
        var others = members.voters().stream()
                .filter(voter -> !voter.equals(self) && !peers.isLog(voter))
                .toList();
        if (role == Role.LEADER && !others.isEmpty()) {
            handOverWhenDone(leadership.freshest(others));
        }
    }

    /// A peer hears a leader only if that has said that this peer's grant is part of the lease that it holds.
    /// One that is heard and cannot be told would otherwise keep everybody waiting for ever.
    final void answer(ReplicaId from, Ballot missed) {
        boolean hears = role == Role.LEADER ? holdsLease(outbox.now()) : grants.isConfirmed(outbox.now());
        outbox.send(group, from, new Message.Answer(missed, hears, known));
    }

    /// A replica that promised a higher ballot, of a candidate that came to nothing, cannot follow this
    /// leader any more. The leader takes a ballot above that: it hands over to itself.
    final void refused(Ballot promised) {
        highestRoundSeen = Math.max(highestRoundSeen, promised.round());
        if (role == Role.LEADER
                && log.promisedBallot().isBelow(promised)
                && outbox.now() >= ledSince + settings.electionNanosMin()) {
            handOverWhenDone(self);
        }
    }
}
