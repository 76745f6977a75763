package dev.scrubjay.simulation;

import dev.scrubjay.protocol.Alarms;
import dev.scrubjay.simulation.Invariant.Violation;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which replicas have a wrong value in their state, because something was done to it that nobody told them;
/// and whether scrub finds just these.
///
/// One that has nothing wrong in it and begins again is a finding: scrub must not take the good with the bad.
final class Wrongs implements TraceSink {
    /// @param right what should be under the key
    /// @param wrong what is
    /// @param isWritten whether it was done as a program would do it that is wrong: then it may be copied by
    /// whoever copies the state
    record Wrong(String key, String right, String wrong, boolean isWritten, long since) {}

    private record Place(String node, long group) {}

    private final Timeline timeline;
    private final Exercised exercised;
    private final Map<Place, Wrong> wrongs = new HashMap<>();

    /// How many scrub marks have come there since it is wrong.
    private final Map<Place, Integer> marks = new HashMap<>();

    /// Whether anything was ever wrong in this run.
    private boolean hasBeen;

    Wrongs(Timeline timeline, Exercised exercised) {
        this.timeline = timeline;
        this.exercised = exercised;
    }

    /// What a node says that a person has to know.
    void alarmed(String what) {
        if (what.contains(Alarms.ARCHIVE_DIFFERS) || (what.contains(Alarms.SNAPSHOT_REFUSED) && !hasBeen)) {
            throw new Violation("Scrub", what);
        }
    }

    void add(String node, long group, Wrong wrong) {
        hasBeen = true;
        wrongs.put(new Place(node, group), wrong);
    }

    /// What was wrong elsewhere in the group has come here with a snapshot.
    void copied(String node, long group, Wrong wrong) {
        exercised.count("wrong values copied");
        add(node, group, new Wrong(wrong.key(), wrong.right(), wrong.wrong(), wrong.isWritten(), timeline.now()));
    }

    Optional<Wrong> of(String node, long group) {
        return Optional.ofNullable(wrongs.get(new Place(node, group)));
    }

    /// What is wrong anywhere in a group.
    Optional<Wrong> in(long group) {
        if (wrongs.isEmpty()) {
            return Optional.empty();
        }
        return wrongs.entrySet().stream()
                .filter(entry -> entry.getKey().group() == group)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// In which groups something is wrong.
    Set<Long> groups() {
        return wrongs.isEmpty()
                ? Set.of()
                : wrongs.keySet().stream().map(Place::group).collect(Collectors.toSet());
    }

    /// Where something is still wrong; nothing if nowhere.
    Optional<String> anywhere() {
        return wrongs.keySet().stream().findFirst().map(place -> place.node() + ", group " + place.group());
    }

    /// What was wrong there is gone, whoever noticed.
    void gone(String node, long group) {
        if (wrongs.remove(new Place(node, group)) != null) {
            exercised.count("wrong values gone with all that was there");
        }
        marks.remove(new Place(node, group));
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        switch (event) {
            case TraceEvent.Quarantine _, TraceEvent.Discard _ -> found(replica.node(), group, event.action());
            case TraceEvent.Hash _ -> marked(new Place(replica.node(), group));
            case TraceEvent.Install _ -> gone(replica.node(), group);
            default -> {}
        }
    }

    private void marked(Place place) {
        if (wrongs.containsKey(place)) {
            marks.merge(place, 1, Integer::sum);
        }
    }

    private void found(String node, long group, String action) {
        var wrong = wrongs.remove(new Place(node, group));
        var passed = marks.remove(new Place(node, group));
        if (wrong == null) {
            throw new Violation(
                    "OnlyWrongBeginAgainProp",
                    node + " throws away its state of group " + group + " (" + action
                            + "), and nothing is wrong with it");
        }
        exercised.count("wrong values found");
        if (passed == null || passed <= 1) {
            exercised.count("wrong values found at the first scrub mark");
        }
        exercised.count("milliseconds until a wrong value was found", (timeline.now() - wrong.since()) / 1_000_000);
    }
}
