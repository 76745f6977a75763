package dev.scrubjay.protocol;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One replica of a group: `ReplicationGroup` of the specification as a program, action by action, under the
/// same names, with the same guards in the same order.
///
/// What an action needs is said there. Here stands besides what the specification leaves open: when to act.
/// Messages are sent again until they are answered, a leader says that it is there, and a replica that hears
/// of none stands itself. None of that can break what the specification promises; at worst, nothing happens.
///
/// The specification writes down results of all applied slots; here only those live that a client waits for.
final class Replica implements ReplicaView {
    /// A client that waits for what this leader proposed for it.
    private record Waiting(String client, long session, long number) {}

    private final long group;
    private final ReplicaId self;
    private final List<ReplicaId> voters;
    private final Settings settings;
    private final Chance chance;
    private final Outbox outbox;

    private final ReplicaLog log;
    private Role role = Role.FOLLOWER;
    private List<Entry> adopted = List.of();
    private long next = 1;
    private long known;
    private final KeyValueStore store = new KeyValueStore();
    private long applied;

    /// The ballot at which each known slot was chosen, as far as it was said: to say it again to who missed
    /// it.
    private final List<Ballot> chosenAt = new ArrayList<>();

    /// Promises for this candidate's ballot.
    private final SortedMap<ReplicaId, List<Message.Report>> promises = new TreeMap<>();

    /// Who accepted what this leader proposed, of the slots that are not known chosen.
    private final SortedMap<Long, SortedSet<ReplicaId>> votes = new TreeMap<>();

    private final Map<Long, Waiting> waiting = new HashMap<>();

    /// What overtook an earlier slot on its way, and is taken when its turn comes.
    private final SortedMap<Long, Message.Accept> earlyAccepts = new TreeMap<>();

    private final SortedMap<Long, Message.Chosen> earlyChosen = new TreeMap<>();

    private long highestRoundSeen;
    private long standAt;
    private long heartbeatAt;
    private long resendAt;

    Replica(long group, ReplicaId self, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        this.group = group;
        this.self = self;
        this.voters = List.copyOf(new TreeSet<>(voters));
        this.settings = settings;
        this.chance = chance;
        this.outbox = outbox;
        this.log = new ReplicaLog(Ballot.none(this.voters.getFirst()));
    }

    void begin(List<LogRecord> records, boolean again) {
        if (again) {
            restart(records);
        }
        waitForLeader();
    }

    void receive(ReplicaId from, ReplicaId to, Message message) {
        if (!to.equals(self) || !voters.contains(from)) {
            return; // For another life of this disk, or from a stranger.
        }
        switch (message) {
            case Message.Prepare(var ballot) -> prepared(from, ballot);
            case Message.Promised promised -> promised(from, promised);
            case Message.Accept accept -> accept(accept);
            case Message.Accepted(var ballot, var slot) -> accepted(from, ballot, slot);
            case Message.Chosen chosen -> learn(chosen);
            case Message.Heartbeat(var ballot, var count) -> hear(from, ballot, count);
            case Message.CatchUp(var count) -> catchUp(from, count);
            case Message.Refused(var ballot) -> highestRoundSeen = Math.max(highestRoundSeen, ballot.round());
        }
    }

    // ---------------------------------------------------------------- a client

    void request(String client, ClientRequest request) {
        if (role != Role.LEADER) {
            var hint = log.promisedBallot().replica();
            refuse(
                    client,
                    request,
                    new ClientReply.NotLeader(hint.equals(self) ? Optional.empty() : Optional.of(hint)));
        } else if (next <= adopted.size() || next - known > settings.windowMax()) {
            refuse(client, request, new ClientReply.Throttled(settings.resendNanos()));
        } else {
            // Taken and proposed at once: what waits in a queue would have to be given back when leadership
            // is lost.
            var entry = new Entry.Write(request.session(), request.number(), request.request());
            waiting.put(next, new Waiting(client, request.session(), request.number()));
            ask(entry);
            propose(entry);
        }
    }

    private void refuse(String client, ClientRequest request, ClientReply reply) {
        outbox.reply(group, client, request.session(), request.number(), reply);
    }

    /// Spec: ReplicationGroup!Ask
    private void ask(Entry entry) {
        outbox.trace(group, new TraceEvent.Ask(entry));
    }

    // ---------------------------------------------------------------- a candidate

    /// Spec: ReplicationGroup!Stand
    private void stand() {
        highestRoundSeen = Math.max(highestRoundSeen, log.promisedBallot().round());
        var ballot = new Ballot(highestRoundSeen + 1, self);
        write(new LogRecord.Promise(ballot));
        role = Role.CANDIDATE;
        forgetLeadership();
        outbox.trace(group, new TraceEvent.Stand(ballot));
        waitForLeader();
    }

    /// Spec: ReplicationGroup!Prepare
    private void prepare() {
        var ballot = log.promisedBallot();
        if (role == Role.CANDIDATE && log.hasSyncedPromise(ballot)) {
            outbox.trace(group, new TraceEvent.Prepare(ballot));
            toOthers(new Message.Prepare(ballot), promises.keySet());
            resendAt = outbox.now() + settings.resendNanos();
        }
    }

    /// Spec: ReplicationGroup!Lead
    private void lead() {
        if (role == Role.CANDIDATE && log.promisedBallot().replica().equals(self) && isQuorum(promises.size())) {
            role = Role.LEADER;
            adopted = adopted();
            next = known + 1;
            outbox.trace(group, new TraceEvent.Lead(log.promisedBallot(), List.copyOf(promises.keySet())));
            heartbeatAt = outbox.now();
            proposeAdopted();
        }
    }

    /// Of each slot that a promise reports, the entry of the highest ballot: that one may be chosen.
    private List<Entry> adopted() {
        var highest = new ArrayList<Message.Report>();
        for (var reports : promises.values()) {
            for (int i = 0; i < reports.size(); i++) {
                if (i == highest.size()) {
                    highest.add(reports.get(i));
                } else if (highest.get(i).ballot().isBelow(reports.get(i).ballot())) {
                    highest.set(i, reports.get(i));
                }
            }
        }
        return highest.stream().map(Message.Report::entry).toList();
    }

    // ---------------------------------------------------------------- a leader

    private void proposeAdopted() {
        while (role == Role.LEADER && next <= adopted.size() && next - known <= settings.windowMax()) {
            propose(adopted.get((int) next - 1));
        }
    }

    /// Spec: ReplicationGroup!Propose
    private void propose(Entry entry) {
        Invariant.holds(role == Role.LEADER, "only a leader proposes");
        var accept = new Message.Accept(log.promisedBallot(), next, entry);
        next++;
        outbox.trace(group, new TraceEvent.Propose(accept.ballot(), accept.slot(), entry));
        toOthers(accept, List.of());
        resendAt = outbox.now() + settings.resendNanos();
        accept(accept);
    }

    /// Spec: ReplicationGroup!Choose
    private void choose() {
        while (role == Role.LEADER && isQuorum(votesFor(known + 1)) && holdsAt(known + 1, log.promisedBallot())) {
            var chosen = new Message.Chosen(log.promisedBallot(), known + 1, log.entryOf(known + 1));
            votes.remove(chosen.slot());
            know(chosen);
            outbox.trace(group, new TraceEvent.Choose(chosen.ballot(), chosen.slot()));
            toOthers(chosen, List.of());
            apply();
        }
        proposeAdopted();
    }

    private int votesFor(long slot) {
        var from = votes.get(slot);
        return from == null ? 0 : from.size();
    }

    /// Spec: ReplicationGroup!Acknowledge
    private void acknowledge(long slot, Reply reply) {
        var client = waiting.remove(slot);
        if (role == Role.LEADER && client != null && slot > adopted.size()) {
            outbox.trace(group, new TraceEvent.Acknowledge(slot, reply));
            outbox.reply(group, client.client(), client.session(), client.number(), new ClientReply.Answered(reply));
        }
    }

    // ---------------------------------------------------------------- every replica

    private void prepared(ReplicaId from, Ballot ballot) {
        if (log.promisedBallot().isBelow(ballot)) {
            promise(ballot);
        } else if (log.promisedBallot().equals(ballot)) {
            promised();
        } else {
            outbox.send(group, from, new Message.Refused(log.promisedBallot()));
        }
    }

    /// Spec: ReplicationGroup!Promise
    private void promise(Ballot ballot) {
        Invariant.holds(log.promisedBallot().isBelow(ballot), "a promise is above the one before");
        write(new LogRecord.Promise(ballot));
        follow(ballot);
        outbox.trace(group, new TraceEvent.Promise(ballot));
        waitForLeader();
    }

    /// Spec: ReplicationGroup!Promised
    private void promised() {
        var ballot = log.promisedBallot();
        if (log.hasSyncedPromise(ballot)) {
            var report = log.report();
            outbox.trace(
                    group,
                    new TraceEvent.Promised(
                            ballot, report.stream().map(Message.Report::ballot).toList()));
            toReplica(ballot.replica(), new Message.Promised(ballot, report));
        }
    }

    private void promised(ReplicaId from, Message.Promised message) {
        if (role == Role.CANDIDATE && message.ballot().equals(log.promisedBallot())) {
            promises.put(from, message.accepted());
            lead();
        }
    }

    /// Spec: ReplicationGroup!Accept
    private void accept(Message.Accept message) {
        var ballot = message.ballot();
        long slot = message.slot();
        if (ballot.isBelow(log.promisedBallot())) {
            toReplica(ballot.replica(), new Message.Refused(log.promisedBallot()));
        } else if (holdsAt(slot, ballot)) {
            acceptedAgain(message);
        } else if (holdsBefore(slot, ballot)) {
            write(new LogRecord.Accept(ballot, slot, message.entry()));
            follow(ballot);
            outbox.trace(group, new TraceEvent.Accept(ballot, slot, message.entry()));
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

    /// Whether the replica has accepted something there at this ballot, which is none below what it promised.
    private boolean holdsAt(long slot, Ballot ballot) {
        var last = log.last(slot);
        return last != null && last.ballot().equals(ballot);
    }

    private boolean holdsBefore(long slot, Ballot ballot) {
        for (long earlier = known + 1; earlier < slot; earlier++) {
            if (!holdsAt(earlier, ballot)) {
                return false;
            }
        }
        return true;
    }

    /// The leader did not hear that this was accepted, or it is not synced yet and will be answered when it
    /// is.
    private void acceptedAgain(Message.Accept message) {
        var last = log.lastSynced(message.slot());
        if (last != null && last.ballot().equals(message.ballot())) {
            accepted(last);
        }
    }

    /// Spec: ReplicationGroup!Accepted
    private void accepted(LogRecord.Accept record) {
        outbox.trace(group, new TraceEvent.Accepted(record.ballot(), record.slot()));
        toReplica(record.ballot().replica(), new Message.Accepted(record.ballot(), record.slot()));
    }

    private void accepted(ReplicaId from, Ballot ballot, long slot) {
        if (role == Role.LEADER && ballot.equals(log.promisedBallot()) && slot > known) {
            votes.computeIfAbsent(slot, _ -> new TreeSet<>()).add(from);
            choose();
        }
    }

    /// Spec: ReplicationGroup!Learn
    private void learn(Message.Chosen message) {
        long slot = message.slot();
        if (role != Role.LEADER && slot == known + 1) {
            if (log.last(slot) == null || !log.entryOf(slot).equals(message.entry())) {
                write(new LogRecord.Accept(message.ballot(), slot, message.entry()));
            }
            know(message);
            outbox.trace(group, new TraceEvent.Learn(message.ballot(), slot, message.entry()));
            apply();
            takeEarly(slot + 1);
        } else if (role != Role.LEADER && slot > known && slot <= known + settings.catchUpMax()) {
            earlyChosen.put(slot, message);
        }
    }

    private void know(Message.Chosen chosen) {
        Invariant.holds(chosen.slot() == known + 1, "slots become known in their order");
        Invariant.holds(log.entryOf(chosen.slot()).equals(chosen.entry()), "what a replica knows chosen, it holds");
        known = chosen.slot();
        chosenAt.add(chosen.ballot());
    }

    /// Spec: ReplicationGroup!Apply
    private void apply() {
        while (applied < known && holdsSynced(applied + 1)) {
            long slot = applied + 1;
            var reply = switch (log.entryOf(slot)) {
                case Entry.Write write -> store.apply(write.request());
            };
            applied = slot;
            outbox.trace(group, new TraceEvent.Apply(slot, reply));
            acknowledge(slot, reply);
        }
    }

    private boolean holdsSynced(long slot) {
        var last = log.lastSynced(slot);
        return last != null && last.entry().equals(log.entryOf(slot));
    }

    /// Who writes down another's ballot no longer leads.
    private void follow(Ballot ballot) {
        if (!ballot.replica().equals(self)) {
            role = Role.FOLLOWER;
            forgetLeadership();
        }
    }

    private void forgetLeadership() {
        adopted = List.of();
        next = 1;
        promises.clear();
        votes.clear();
        waiting.clear();
    }

    // ---------------------------------------------------------------- the disk

    private void write(LogRecord record) {
        log.write(record);
        outbox.append(group, record);
    }

    /// Spec: ReplicationGroup!Sync
    void sync(int records) {
        int before = log.synced();
        log.sync(before + records);
        outbox.trace(group, new TraceEvent.Sync(log.synced()));
        for (var record : log.between(before, log.synced())) {
            if (record.ballot().equals(log.promisedBallot())) {
                answer(record);
            }
        }
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
        }
    }

    /// Spec: ReplicationGroup!Restart
    private void restart(List<LogRecord> records) {
        records.forEach(log::write);
        if (!records.isEmpty()) {
            log.sync(records.size());
        }
        outbox.trace(group, new TraceEvent.Restart());
    }

    // ---------------------------------------------------------------- time

    void tick() {
        long now = outbox.now();
        if (role == Role.LEADER) {
            if (now >= heartbeatAt) {
                heartbeatAt = now + settings.heartbeatNanos();
                toOthers(new Message.Heartbeat(log.promisedBallot(), known), List.of());
            }
            if (now >= resendAt) {
                proposeAgain();
            }
        } else if (now >= standAt) {
            stand();
        } else if (role == Role.CANDIDATE && now >= resendAt) {
            prepare();
        }
    }

    private void proposeAgain() {
        for (long slot = known + 1; slot < next; slot++) {
            if (holdsAt(slot, log.promisedBallot())) {
                var accept = new Message.Accept(log.promisedBallot(), slot, log.entryOf(slot));
                toOthers(accept, votes.getOrDefault(slot, new TreeSet<>()));
            }
        }
        resendAt = outbox.now() + settings.resendNanos();
    }

    private void waitForLeader() {
        standAt = outbox.now() + settings.electionNanosMin() + chance.below(settings.electionNanosSpread());
    }

    private void hear(ReplicaId from, Ballot ballot, long count) {
        if (log.promisedBallot().isBelow(ballot)) {
            promise(ballot);
        } else if (ballot.isBelow(log.promisedBallot())) {
            outbox.send(group, from, new Message.Refused(log.promisedBallot()));
            return;
        }
        waitForLeader();
        if (count > known) {
            outbox.send(group, from, new Message.CatchUp(known));
        }
    }

    private void catchUp(ReplicaId from, long count) {
        long last = Math.min(known, count + settings.catchUpMax());
        for (long slot = count + 1; slot <= last; slot++) {
            outbox.send(group, from, new Message.Chosen(chosenAt.get((int) slot - 1), slot, log.entryOf(slot)));
        }
    }

    // ---------------------------------------------------------------- helpers

    private boolean isQuorum(int count) {
        return 2 * count > voters.size();
    }

    private void toOthers(Message message, Collection<ReplicaId> except) {
        for (var voter : voters) {
            if (!voter.equals(self) && !except.contains(voter)) {
                outbox.send(group, voter, message);
            }
        }
    }

    /// What a replica tells itself does not travel.
    private void toReplica(ReplicaId to, Message message) {
        if (to.equals(self)) {
            receive(self, self, message);
        } else {
            outbox.send(group, to, message);
        }
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public Ballot promisedBallot() {
        return log.promisedBallot();
    }

    @Override
    public long known() {
        return known;
    }

    @Override
    public long applied() {
        return applied;
    }

    @Override
    public Entry entryOf(long slot) {
        return log.entryOf(slot);
    }

    @Override
    public SortedMap<String, String> state() {
        return store.state();
    }
}
