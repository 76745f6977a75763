package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the chosen log of each group comes to, slot by slot: what a read must find that says how many slots
/// it tells of. Follows the log as far as it is asked for, and remembers of each key when it changed.
final class ChosenStates {
    /// One group, as far as its log was followed.
    private static final class Followed {
        private final Sessions state = new Sessions();
        private final Map<String, TreeMap<Long, MaybeValue>> changes = new HashMap<>();
        private long slot;

        void follow(Entry entry) {
            state.apply(++slot, entry);
            if (entry instanceof Entry.Write(var _, var _, var request)) {
                changes.computeIfAbsent(request.key(), _ -> new TreeMap<>()).put(slot, state.held(request.key()));
            }
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

    /// What is wrong with this answer to a read; nothing if nothing is.
    Optional<String> objection(long group, String key, Answered answer) {
        long slots = answer.slot();
        var log = disks.chosenLog(group);
        if (slots > log.size()) {
            return Optional.of("from " + slots + " slots, and only " + log.size() + " are chosen");
        }
        var followed = groups.computeIfAbsent(group, _ -> new Followed());
        while (followed.slot < slots) {
            followed.follow(log.get((int) followed.slot));
        }
        var held = new Reply.Found(followed.held(key, slots));
        return answer.reply().equals(held)
                ? Optional.empty()
                : Optional.of("with " + answer.reply() + " under " + key + "; the chosen log comes to " + held
                        + " at slot " + slots);
    }
}
