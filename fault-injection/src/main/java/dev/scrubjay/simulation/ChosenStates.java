package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the chosen log of each group comes to, slot by slot: what a read must find that says how many slots
/// it tells of. Follows the log as far as it is asked for, and remembers of each key when it changed.
final class ChosenStates {
    /// One group, as far as its log was followed.
    private static final class Followed {
        private final Sessions state = new Sessions();
        private final Map<String, TreeMap<Long, MaybeValue>> changes = new HashMap<>();

        /// The hashes of all rows, and of all sessions, so that one slot costs one of each.
        private int values;

        private int sessions;
        private final List<Integer> digests = new ArrayList<>(List.of(digest(values, sessions)));
        private long slot;

        void follow(Entry entry) {
            slot++;
            // A slot changes one key and one session at most: out with what they were, in with what they are.
            values -= hashOfValue(entry);
            sessions -= hashOfSession(entry);
            state.apply(slot, entry);
            values += hashOfValue(entry);
            sessions += hashOfSession(entry);
            digests.add(digest(values, sessions));
            if (entry instanceof Entry.Write(var _, var _, var request)) {
                changes.computeIfAbsent(request.key(), _ -> new TreeMap<>()).put(slot, state.held(request.key()));
            }
        }

        /// What the key that an entry is about adds to the hash of all values, which is that of a map.
        private int hashOfValue(Entry entry) {
            return entry instanceof Entry.Write(var _, var _, var request)
                            && state.held(request.key()) instanceof MaybeValue.Present(var value)
                    ? request.key().hashCode() ^ value.hashCode()
                    : 0;
        }

        private int hashOfSession(Entry entry) {
            long session = switch (entry) {
                case Entry.Write write -> write.session();
                case Entry.End end -> end.session();
                case Entry.Begin _ -> slot;
                case Entry.Reconfigure _, Entry.NoOp _, Entry.ScrubMark _ -> 0;
            };
            return state.last(session)
                    .map(done -> Long.hashCode(session) ^ done.hashCode())
                    .orElse(0);
        }

        MaybeValue held(String key, long at) {
            var change = changes.getOrDefault(key, new TreeMap<>()).floorEntry(at);
            return change == null ? MaybeValue.ABSENT : change.getValue();
        }
    }

    private final Disks disks;
    private final Map<Long, Followed> groups = new HashMap<>();

    ChosenStates(Disks disks) {
        this.disks = disks;
    }

    private Followed followed(long group, long slots) {
        var log = disks.chosenLog(group);
        var followed = groups.computeIfAbsent(group, _ -> new Followed());
        while (followed.slot < slots && followed.slot < log.size()) {
            followed.follow(log.get((int) followed.slot));
        }
        return followed;
    }

    /// A number that is another one if anything in a state is, but for one case in four billion.
    static int digest(SortedMap<String, String> state, SortedMap<Long, Sessions.Done> sessions) {
        return digest(state.hashCode(), sessions.hashCode());
    }

    private static int digest(int values, int sessions) {
        return Objects.hash(values, sessions);
    }

    /// That of the state which the first so many slots come to; of all that are chosen, if those are fewer.
    int digest(long group, long slots) {
        var digests = followed(group, slots).digests;
        return digests.get((int) Math.min(slots, digests.size() - 1));
    }

    /// What is wrong with this answer to a read; nothing if nothing is.
    Optional<String> objection(long group, String key, Answered answer) {
        long slots = answer.slot();
        int chosen = disks.chosenLog(group).size();
        if (slots > chosen) {
            return Optional.of("from " + slots + " slots, and only " + chosen + " are chosen");
        }
        var followed = followed(group, slots);
        var held = new Reply.Found(followed.held(key, slots));
        return answer.reply().equals(held)
                ? Optional.empty()
                : Optional.of("with " + answer.reply() + " under " + key + "; the chosen log comes to " + held
                        + " at slot " + slots);
    }
}
