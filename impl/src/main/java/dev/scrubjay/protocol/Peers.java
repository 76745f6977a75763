package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a replica has heard of the others, voters or not, and what a leader makes of it: who is lost, and
/// who could take its place.
final class Peers {
    /// What a leader should do about its voters.
    sealed interface Plan {
        /// All is well.
        record Rest() implements Plan {}

        /// One is to vote in place of another.
        record Replace(ReplicaId gone, ReplicaId by) implements Plan {}

        /// One is lost and nobody can take its place.
        record Stuck(String why) implements Plan {}
    }

    private static final Plan REST = new Plan.Rest();

    /// What it said last of itself, and when anything came from it last.
    private static final class Peer {
        private final Message.Here here;
        private long heardAt;

        Peer(Message.Here here, long heardAt) {
            this.here = here;
            this.heardAt = heardAt;
        }
    }

    /// What is known of who never said that it is there.
    private static final Message.Here NOTHING = new Message.Here(Site.ANYWHERE, 0, 0);

    private final Settings settings;
    private final SortedMap<ReplicaId, Peer> peers = new TreeMap<>();

    /// Of those that are not heard, since when the others are asked.
    private final SortedMap<ReplicaId, Long> asked = new TreeMap<>();

    /// When somebody else said last that it hears them.
    private final SortedMap<ReplicaId, Long> vouched = new TreeMap<>();

    Peers(Settings settings) {
        this.settings = settings;
    }

    /// Something came from it.
    void heard(ReplicaId from, long now) {
        if (!asked.isEmpty()) {
            asked.remove(from);
        }
        var peer = peers.get(from);
        if (peer != null) {
            peer.heardAt = now;
        }
    }

    /// It said that it is there.
    void here(ReplicaId from, Message.Here here, long now) {
        peers.put(from, new Peer(here, now));
    }

    /// Another replica hears it.
    void vouched(ReplicaId about, long now) {
        vouched.put(about, now);
    }

    /// A leader begins: what it has not heard until now proves nothing.
    void begin(Members members, long now) {
        asked.clear();
        for (var voter : members.voters()) {
            peers.put(voter, new Peer(here(voter), now));
        }
    }

    /// Whom others have to be asked about.
    SortedSet<ReplicaId> silent(Members members, ReplicaId self, long now) {
        var silent = new TreeSet<ReplicaId>();
        for (var voter : members.voters()) {
            if (!voter.equals(self) && !isHeard(voter, now)) {
                asked.putIfAbsent(voter, now);
                silent.add(voter);
            }
        }
        return silent;
    }

    boolean isHeard(ReplicaId replica, long now) {
        var peer = peers.get(replica);
        return peer != null && now < peer.heardAt + settings.healing().silentNanos();
    }

    /// One link that is broken is no reason: it is lost when nobody that was asked hears it either, or
    /// not any more.
    private boolean isLost(ReplicaId voter, long now) {
        var since = asked.get(voter);
        return since != null
                && now >= since + settings.healing().probeNanos()
                && vouched.getOrDefault(voter, Long.MIN_VALUE)
                        < Math.max(since, now - settings.healing().silentNanos());
    }

    private Message.Here here(ReplicaId replica) {
        var peer = peers.get(replica);
        return peer == null ? NOTHING : peer.here;
    }

    Site site(ReplicaId replica) {
        return here(replica).site();
    }

    boolean isLog(ReplicaId replica) {
        return site(replica).kind() == ReplicaKind.LOG;
    }

    /// Who keeps the state: of the voters, and of the spares that are heard.
    List<ReplicaId> storages(Members members, ReplicaId self, long now) {
        return Stream.concat(
                        storages(members, self).stream(), spares(members, now).filter(spare -> !isLog(spare)))
                .toList();
    }

    /// Of those who vote, who keeps the state.
    List<ReplicaId> storages(Members members, ReplicaId self) {
        return members.voters().stream()
                .filter(voter -> voter.equals(self) || !isLog(voter))
                .toList();
    }

    /// How many slots a replica said last that it has.
    long known(ReplicaId replica) {
        return here(replica).known();
    }

    /// Whether a replica has what it takes to vote in the place of another: the log; and the state too,
    /// where nobody is in need.
    boolean isReady(ReplicaId spare, ReplicaId gone, long known, long now) {
        long has = isHeard(gone, now) ? here(spare).applied() : here(spare).known();
        return has + settings.windowMax() >= known;
    }

    /// What to do, at a leader that knows so many slots chosen.
    Plan plan(Members members, ReplicaId self, long known, long now) {
        for (var voter : members.voters()) {
            if (!voter.equals(self) && isLost(voter, now)) {
                return replace(members, voter, known, now);
            }
        }
        for (var voter : members.voters()) {
            var rebuilt = isLog(voter) ? rebuilt(members, voter, now) : Optional.<ReplicaId>empty();
            if (rebuilt.isPresent()) {
                return new Plan.Replace(voter, rebuilt.get());
            }
        }
        return REST;
    }

    private Plan replace(Members members, ReplicaId gone, long known, long now) {
        var best = spares(members, now)
                .max(Comparator.comparing((ReplicaId spare) -> readiness(spare, known) > 0)
                        .thenComparingInt(spare -> fits(spare, gone, members))
                        .thenComparingInt(spare -> readiness(spare, known))
                        .thenComparing(Comparator.reverseOrder()));
        return best.<Plan>map(by -> new Plan.Replace(gone, by))
                .orElseGet(() -> new Plan.Stuck(gone + place(gone) + " is lost, and no spare replica was heard of"));
    }

    /// A log replica votes for a lost one until somebody is there that keeps the state too.
    private Optional<ReplicaId> rebuilt(Members members, ReplicaId log, long now) {
        return spares(members, now)
                .filter(spare -> !isLog(spare))
                .max(Comparator.comparingInt((ReplicaId spare) -> fits(spare, log, members))
                        .thenComparingLong(spare -> here(spare).applied())
                        .thenComparing(Comparator.reverseOrder()));
    }

    private Stream<ReplicaId> spares(Members members, long now) {
        return peers.keySet().stream().filter(replica -> !members.voters().contains(replica) && isHeard(replica, now));
    }

    /// How well a spare stands apart from the other voters: in a zone of its own, best in that of the one
    /// which it replaces; or at least in a rack of its own.
    private int fits(ReplicaId spare, ReplicaId gone, Members members) {
        var others = members.voters().stream()
                .filter(voter -> !voter.equals(gone))
                .map(this::site)
                .toList();
        var site = site(spare);
        if (others.stream().noneMatch(other -> other.zone().equals(site.zone()))) {
            return site.zone().equals(site(gone).zone()) ? 3 : 2;
        }
        boolean ownRack = others.stream()
                .noneMatch(other ->
                        other.zone().equals(site.zone()) && other.rack().equals(site.rack()));
        return ownRack ? 1 : 0;
    }

    /// Who has it all already, or soon will: a log replica needs the recent log alone.
    private int readiness(ReplicaId spare, long known) {
        var here = here(spare);
        if (here.site().kind() == ReplicaKind.LOG) {
            return 1;
        }
        return here.applied() + settings.windowMax() >= known ? 2 : 0;
    }

    private String place(ReplicaId replica) {
        var site = site(replica);
        return site.zone().isEmpty() ? "" : " in zone " + site.zone();
    }
}
