package dev.scrubjay.simulation;

import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.protocol.ReplicaView;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The state of a replica is what the slots that it has applied come to.
///
/// Looked at when the replica is on again, and after every few slots: a state that went wrong stays so.
final class StateFollowsLogInv extends Invariant implements StepWatcher {
    private static final long SLOTS_BETWEEN = 16;

    private final ChosenStates states;
    private final Wrongs wrongs;

    /// How many slots the replicas of each node had applied when they were looked at last, by group.
    private final Map<String, Map<Long, Long>> nodes = new HashMap<>();

    StateFollowsLogInv(ChosenStates states, Wrongs wrongs) {
        this.states = states;
        this.wrongs = wrongs;
    }

    @Override
    void poweredOff(String node) {
        nodes.remove(node);
    }

    @Override
    public void stepped(String node, long group, ReplicaView view) {
        var looked = nodes.computeIfAbsent(node, _ -> new HashMap<>());
        long applied = view.applied();
        var before = looked.get(group);
        if (before == null || applied >= before + SLOTS_BETWEEN) {
            looked.put(group, applied);
            look(node, group, view);
        }
    }

    /// Without what is known to be wrong, and what was copied of it.
    private SortedMap<String, String> righted(String node, long group, SortedMap<String, String> state) {
        if (wrongs.of(node, group).isEmpty()) {
            wrongs.in(group)
                    .filter(Wrongs.Wrong::isWritten)
                    .filter(copied -> copied.wrong().equals(state.get(copied.key())))
                    .ifPresent(copied -> wrongs.copied(node, group, copied));
        }
        var wrong = wrongs.of(node, group);
        if (wrong.isEmpty()) {
            return state;
        }
        var righted = new TreeMap<>(state);
        righted.replace(wrong.get().key(), wrong.get().wrong(), wrong.get().right());
        return righted;
    }

    private void look(String node, long group, ReplicaView view) {
        int found;
        try {
            found = ChosenStates.digest(righted(node, group, view.state()), view.sessions());
        } catch (CorruptException _) {
            return; // It rotted, and its node is about to notice.
        }
        if (found != states.digest(group, view.applied())) {
            throw broken(node + " has another state of group " + group + " than the first " + view.applied()
                    + " slots come to: " + view.state() + " and " + view.sessions());
        }
    }
}
