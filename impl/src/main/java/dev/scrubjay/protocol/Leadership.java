package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What a candidate gathers and a leader keeps at one ballot. When that is over, a new one begins with
/// nothing.
final class Leadership {
    /// A client that waits for what was proposed for it.
    record Client(String name, long id) {}

    /// What a client can be told as soon as the lease allows.
    record Answer(Client client, long slot, Reply reply) {}

    /// The ballot whose leader handed over to this candidate.
    final Ballot heir;

    private final SortedMap<ReplicaId, Message.Promised> promises = new TreeMap<>();

    /// What phase 1 found, in the slots from this one on to the last in which it found something.
    private long adoptedFrom = 1;

    private long adoptedTo;
    private List<Entry> adopted = List.of();
    private long next = 1;

    /// Who accepted what was proposed, of the slots that are not known chosen.
    private final SortedMap<Long, SortedSet<ReplicaId>> votes = new TreeMap<>();

    /// What is compared since the last scrub mark.
    Optional<Comparison> comparison = Optional.empty();

    /// Whether more than so many slots have to be in the archive for that.
    boolean isCompared(long archived) {
        return comparison.filter(each -> archived < each.slot()).isPresent();
    }

    private Optional<Entry.Reconfigure> wanted = Optional.empty();
    private long wantedBy;
    private Optional<Entry.Reconfigure> underWay = Optional.empty();

    /// Whose grants are counted, and until when.
    private final SortedMap<ReplicaId, Long> counted = new TreeMap<>();

    private final Map<Long, Client> waiting = new HashMap<>();
    private final Map<Entry, Long> proposed = new HashMap<>();
    private final SortedMap<Long, Answer> answers = new TreeMap<>();

    /// When each session was last used, longest ago first.
    private final LinkedHashMap<Long, Long> lastUsed = new LinkedHashMap<>();

    Leadership(Ballot heir) {
        this.heir = heir;
    }

    // ---------------------------------------------------------------- a candidate

    /// Who answers again, after a power-off say, may have forgotten what it could read before.
    void promised(ReplicaId from, Message.Promised promise) {
        promises.merge(from, promise, Leadership::both);
    }

    private static Message.Promised both(Message.Promised one, Message.Promised other) {
        long trimmed = Math.max(one.trimmed(), other.trimmed());
        var reports = new ArrayList<Message.Report>();
        for (long slot = trimmed + 1; slot <= Math.max(one.last(), other.last()); slot++) {
            var first = one.report(slot);
            var second = other.report(slot);
            reports.add(
                    first.isPresent() && second.isPresent()
                            ? both(first.get(), second.get())
                            : first.or(() -> second).orElseThrow());
        }
        return new Message.Promised(one.ballot(), trimmed, reports);
    }

    private static Message.Report both(Message.Report one, Message.Report other) {
        var readable = one.ballot().isBelow(other.ballot()) ? other : one;
        return new Message.Report(readable.ballot(), readable.entry(), Ballot.highest(one.corrupt(), other.corrupt()));
    }

    /// Who promised, voter or not.
    Set<ReplicaId> promises() {
        return promises.keySet();
    }

    /// Which voters promised.
    SortedSet<ReplicaId> promises(Members members) {
        var promised = new TreeSet<>(promises.keySet());
        promised.retainAll(members.voters());
        return promised;
    }

    private Stream<Message.Promised> of(Members members) {
        return promises.entrySet().stream()
                .filter(promise -> members.voters().contains(promise.getKey()))
                .map(Map.Entry::getValue);
    }

    /// What the promises report of a slot, of those that say anything of it.
    private Stream<Message.Report> reports(long slot, Members members) {
        return of(members).flatMap(promise -> promise.report(slot).stream());
    }

    private long reported(Members members) {
        return of(members).mapToLong(Message.Promised::last).max().orElse(0);
    }

    /// Up to which slot somebody trimmed: all of that is chosen, and who leads must know it.
    long trimmed(Members members) {
        return of(members).mapToLong(Message.Promised::trimmed).max().orElse(0);
    }

    private Message.Report readable(long slot, Members members) {
        return reports(slot, members)
                .reduce((one, other) -> one.ballot().isBelow(other.ballot()) ? other : one)
                .orElseThrow();
    }

    /// In which slots, after this one, so many of those that answered know of something that rotted above
    /// what anybody can read, that the others are no quorum.
    ///
    /// Spec: ReplicationGroup!IsClear
    SortedSet<Long> unclear(long known, Members members) {
        var unclear = new TreeSet<Long>();
        for (long slot = known + 1; slot <= reported(members); slot++) {
            var readable = readable(slot, members).ballot();
            long knowMore = reports(slot, members)
                    .filter(report -> readable.isBelow(report.corrupt()))
                    .count();
            if (knowMore > 0
                    && 2 * (promises(members).size() - knowMore)
                            <= members.voters().size()) {
                unclear.add(slot);
            }
        }
        return unclear;
    }

    /// Adopts, of each slot that a promise reports and that is not known chosen, the entry of the highest
    /// ballot: that one may be chosen.
    void begin(long known, Members members) {
        underWay = Optional.empty();
        wanted = Optional.empty();
        next = known + 1;
        adoptedFrom = next;
        adoptedTo = reported(members);
        adopted = LongStream.rangeClosed(adoptedFrom, adoptedTo)
                .mapToObj(slot -> readable(slot, members).entry())
                .toList();
    }

    /// These slots are known chosen, and not because this leader proposed there.
    void skip(long known) {
        next = Math.max(next, known + 1);
        votes.headMap(known + 1).clear();
    }

    // ---------------------------------------------------------------- slots

    /// The last slot that phase 1 found something in.
    long adopted() {
        return adoptedTo;
    }

    boolean hasToProposeAgain() {
        return next <= adoptedTo;
    }

    /// What was adopted for the next slot.
    Entry again() {
        return adopted.get((int) (next - adoptedFrom));
    }

    long next() {
        return next;
    }

    /// Takes the next slot for this entry.
    long take(Entry entry) {
        proposed.put(entry, next);
        return next++;
    }

    /// Whether this was proposed and is not applied yet: to propose it again would cost a slot.
    OptionalLong slotOf(Entry entry) {
        var slot = proposed.get(entry);
        return slot == null ? OptionalLong.empty() : OptionalLong.of(slot);
    }

    void vote(long slot, ReplicaId from) {
        votes.computeIfAbsent(slot, _ -> new TreeSet<>()).add(from);
    }

    Collection<ReplicaId> votes(long slot) {
        var cast = votes.get(slot);
        return cast == null ? List.of() : cast;
    }

    void chosen(long slot) {
        votes.remove(slot);
    }

    // ---------------------------------------------------------------- the lease

    void count(ReplicaId from, long until) {
        counted.merge(from, until, Math::max);
    }

    boolean counts(ReplicaId from, long now) {
        var until = counted.get(from);
        return until != null && now < until;
    }

    /// Whose grants there are now.
    Collection<ReplicaId> grants(long now) {
        var grants = new ArrayList<ReplicaId>(counted.size());
        counted.forEach((from, until) -> {
            if (now < until) {
                grants.add(from);
            }
        });
        return grants;
    }

    // ---------------------------------------------------------------- generations

    /// This is to be proposed when nothing else is under way.
    void reconfigure(Entry.Reconfigure entry, long by) {
        wanted = Optional.of(entry);
        wantedBy = by;
    }

    Optional<Entry.Reconfigure> wanted() {
        return wanted;
    }

    /// It did not come to it.
    void giveUp(long now) {
        if (now >= wantedBy) {
            wanted = Optional.empty();
        }
    }

    /// It is proposed.
    void begins(Entry.Reconfigure entry) {
        wanted = Optional.empty();
        underWay = Optional.of(entry);
    }

    /// The entry that ends the present generation, proposed and not known chosen.
    ///
    /// Spec: ReplicationGroup!UnderWay
    Optional<Entry.Reconfigure> underWay() {
        return underWay;
    }

    /// Nothing else is proposed meanwhile.
    boolean isReconfiguring() {
        return wanted.isPresent() || underWay.isPresent();
    }

    /// Whether phase 1 found nobody else who may turn out to vote already.
    boolean adoptsNobody(Members present) {
        return adopted.isEmpty() || adoptedMembers(present).findAny().isEmpty();
    }

    /// Who may turn out to vote already, by what phase 1 found.
    Stream<Members> adoptedMembers(Members present) {
        return adopted.stream().filter(present::isEndedBy).map(present::after);
    }

    /// Whose grant came last, of these.
    ReplicaId freshest(List<ReplicaId> among) {
        var best = among.getFirst();
        for (var replica : among) {
            if (counted.getOrDefault(replica, Long.MIN_VALUE) > counted.getOrDefault(best, Long.MIN_VALUE)) {
                best = replica;
            }
        }
        return best;
    }

    // ---------------------------------------------------------------- clients

    /// From now on, this client is told what comes of that slot. One that asks again takes its own place.
    void wait(Client client, long slot) {
        waiting.put(slot, client);
    }

    boolean isAwaited(long slot) {
        return waiting.containsKey(slot) || answers.containsKey(slot);
    }

    void applied(long slot, Entry entry, Reply reply) {
        boolean isOurs = proposed.remove(entry, slot);
        var client = waiting.remove(slot);
        if (client != null && isOurs) {
            answers.put(slot, new Answer(client, slot, reply));
        }
    }

    /// What clients can be told now; it is told once.
    List<Answer> answers() {
        var all = List.copyOf(answers.values());
        answers.clear();
        return all;
    }

    boolean isDrained(long known) {
        return next == known + 1 && waiting.isEmpty() && answers.isEmpty();
    }

    void use(long session, long now) {
        lastUsed.remove(session);
        lastUsed.put(session, now);
    }

    void ended(long session) {
        lastUsed.remove(session);
    }

    int sessions() {
        return lastUsed.size();
    }

    /// The session that nobody has used for longest, if that is since this time or longer.
    OptionalLong idleSince(long time) {
        if (lastUsed.isEmpty() || lastUsed.firstEntry().getValue() > time) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(lastUsed.firstEntry().getKey());
    }
}
