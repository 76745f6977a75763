package dev.scrubjay.simulation;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// What all disks together have synced of one group, and so what is chosen there, slot by slot.
final class ChosenLog {
    /// Where something may be chosen: all accepts of one slot at one ballot, with one entry.
    private static final class Vote {
        private final LogRecord.Accept accept;
        private final List<ReplicaId> holders = new ArrayList<>();

        Vote(LogRecord.Accept accept) {
            this.accept = accept;
        }
    }

    /// What a node has synced in a slot, at whatever ballot.
    private record Held(String node, Entry entry) {}

    private static final class Slot {
        /// In the order in which they came.
        private final List<Vote> votes = new ArrayList<>();

        private final List<Held> held = new ArrayList<>();

        /// The entries that a quorum holds, and the lowest ballot at which a quorum held each of them.
        private final List<Entry> quorate = new ArrayList<>();

        private final List<Ballot> quorateAt = new ArrayList<>();

        /// There are a few at most, so to look through them is quicker than to hash an entry.
        Vote vote(LogRecord.Accept accept) {
            for (var vote : votes) {
                if (vote.accept.equals(accept)) {
                    return vote;
                }
            }
            var vote = new Vote(accept);
            votes.add(vote);
            return vote;
        }
    }

    /// What a node has synced of the ballots.
    private static final class Ballots {
        private final Set<Ballot> promised = new HashSet<>();
        private Ballot highest;

        Ballots(Ballot first) {
            highest = first;
        }
    }

    /// A slot of which no disk has anything.
    private static final Slot NOTHING = new Slot();

    private final LongConsumer listener;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Entry> chosen = new ArrayList<>();

    /// Who votes in slot 1, in slot 2, and so on, and in the first slot with nothing chosen.
    private final List<Members> members = new ArrayList<>();

    private final Map<String, Ballots> ballots = new HashMap<>();

    /// @param voters who votes first
    /// @param listener hears of each slot of which a quorum holds one more entry
    ChosenLog(Collection<ReplicaId> voters, LongConsumer listener) {
        this.listener = listener;
        members.add(Members.first(voters));
    }

    private Slot slot(long slot) {
        while (slots.size() < slot) {
            slots.add(new Slot());
        }
        return slots.get((int) slot - 1);
    }

    /// The same for who only looks, and may ask about any slot.
    private Slot look(long slot) {
        return slot < 1 || slot > slots.size() ? NOTHING : slots.get((int) slot - 1);
    }

    /// A replica has synced a record.
    void synced(ReplicaId replica, LogRecord record) {
        var own = ballots.computeIfAbsent(replica.node(), _ -> new Ballots(record.ballot()));
        own.highest = Ballot.highest(own.highest, record.ballot());
        switch (record) {
            case LogRecord.Promise(var ballot) -> own.promised.add(ballot);
            case LogRecord.Accept accept -> accepted(replica, accept);
            case LogRecord.Trim _, LogRecord.Corrupt _ -> {}
        }
    }

    private void accepted(ReplicaId replica, LogRecord.Accept accept) {
        var slot = slot(accept.slot());
        if (!holds(slot, replica.node(), accept.entry())) {
            slot.held.add(new Held(replica.node(), accept.entry()));
        }
        var vote = slot.vote(accept);
        if (!vote.holders.contains(replica)) {
            vote.holders.add(replica);
        }
        if (accept.slot() <= chosen.size() + 1) {
            count(accept.slot());
        }
    }

    /// What is chosen in a slot is known when all before it is: that says who votes there.
    private void count(long number) {
        var present = members((int) number - 1);
        var slot = look(number);
        for (var vote : slot.votes) {
            if (isChosen(vote, present)) {
                quorate(number, slot, vote.accept);
            }
        }
    }

    /// Spec: ReplicationGroup!ChosenIn
    private static boolean isChosen(Vote vote, Members present) {
        return vote.accept.generation() == present.generation()
                && present.isQuorum(vote.holders)
                && present.after(vote.accept.entry()).isQuorum(vote.holders);
    }

    private void quorate(long number, Slot slot, LogRecord.Accept accept) {
        int known = slot.quorate.indexOf(accept.entry());
        if (known >= 0) {
            if (accept.ballot().isBelow(slot.quorateAt.get(known))) {
                slot.quorateAt.set(known, accept.ballot());
            }
        } else {
            slot.quorate.add(accept.entry());
            slot.quorateAt.add(accept.ballot());
            extend(number, accept.entry());
            listener.accept(number);
        }
    }

    private void extend(long number, Entry entry) {
        if (number == chosen.size() + 1) {
            chosen.add(entry);
            members.add(members.getLast().after(entry));
            count(number + 1);
        }
    }

    /// What is chosen in slot 1, 2 and so on, up to the first slot with nothing chosen.
    List<Entry> chosen() {
        return chosen;
    }

    /// Who votes after the first so many slots.
    Members members(int slots) {
        return members.get(slots);
    }

    /// Who votes in the first slot in which nothing is chosen.
    Members members() {
        return members.getLast();
    }

    /// What was accepted in the first slot in which nothing is chosen.
    Stream<Entry> open() {
        return look(chosen.size() + 1L).votes.stream().map(vote -> vote.accept.entry());
    }

    /// All entries that a quorum holds in a slot.
    List<Entry> quorate(long slot) {
        return look(slot).quorate;
    }

    /// The lowest ballot at which a quorum held an entry in a slot.
    Optional<Ballot> quorateAt(long slot, Entry entry) {
        int known = look(slot).quorate.indexOf(entry);
        return known < 0 ? Optional.empty() : Optional.of(look(slot).quorateAt.get(known));
    }

    boolean hasPromise(String node, Ballot ballot) {
        var own = ballots.get(node);
        return own != null && own.promised.contains(ballot);
    }

    /// Whether a node has synced anything at this ballot or above.
    boolean hasBallot(String node, Ballot ballot) {
        var own = ballots.get(node);
        return own != null && !own.highest.isBelow(ballot);
    }

    boolean hasEntry(String node, long slot, Entry entry) {
        return holds(look(slot), node, entry);
    }

    private static boolean holds(Slot slot, String node, Entry entry) {
        for (var held : slot.held) {
            if (held.node().equals(node) && held.entry().equals(entry)) {
                return true;
            }
        }
        return false;
    }

    boolean hasAccept(ReplicaId replica, Ballot ballot, long slot) {
        for (var vote : look(slot).votes) {
            if (vote.accept.ballot().equals(ballot) && vote.holders.contains(replica)) {
                return true;
            }
        }
        return false;
    }

    /// The disk of a node is gone for good. What it held was chosen all the same.
    void gone(String node) {
        ballots.remove(node);
        slots.forEach(slot -> slot.held.removeIf(held -> held.node().equals(node)));
    }
}
