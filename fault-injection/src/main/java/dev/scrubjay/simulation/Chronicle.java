package dev.scrubjay.simulation;

import dev.scrubjay.message.Frame;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.List;

/// What happened in a run and when in true time, for whoever wants to know how something came about: what the
/// nodes did, and what was done to them.
final class Chronicle implements TraceSink, Links.Watcher {
    /// @param group 0 where it is about no group
    record Happening(long at, long group, String who, What what) {}

    sealed interface What {
        /// A node took an action.
        record Action(TraceEvent event) implements What {}

        /// Something was done to the world.
        record Note(String text) implements What {}

        /// What was done to the world is over.
        record End(String text) implements What {}

        /// A frame arrived, or was lost on its way.
        record Carried(String to, Frame frame, long sentAt, boolean hasArrived) implements What {}
    }

    private final Timeline timeline;
    private final boolean keeps;
    private final List<Happening> happenings = new ArrayList<>();

    /// @param keeps whether anybody will ask; it takes a lot of room
    Chronicle(Timeline timeline, boolean keeps) {
        this.timeline = timeline;
        this.keeps = keeps;
    }

    /// How much has happened.
    int size() {
        return happenings.size();
    }

    /// Notes what came before all that happened since there had happened so much.
    void note(int size, String text) {
        if (keeps) {
            happenings.add(size, new Happening(timeline.now(), 0, "", new What.Note(text)));
        }
    }

    /// Notes the end of what was noted with this text.
    void end(String text) {
        if (keeps) {
            happenings.add(new Happening(timeline.now(), 0, "", new What.End(text)));
        }
    }

    @Override
    public void carried(String from, String to, Frame frame, long sentAt, boolean hasArrived) {
        if (keeps) {
            happenings.add(new Happening(
                    timeline.now(), frame.group(), from, new What.Carried(to, frame, sentAt, hasArrived)));
        }
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        if (keeps) {
            happenings.add(new Happening(timeline.now(), group, replica.toString(), new What.Action(event)));
        }
    }

    List<Happening> happenings() {
        return List.copyOf(happenings);
    }
}
