package dev.scrubjay.simulation;

import dev.scrubjay.port.Archive;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// An archive that all nodes reach, that takes a while for everything, and never loses anything. Its trace is
/// its own, as if it were a node.
final class SimulatedArchive {
    /// Under which name it writes its trace.
    static final ReplicaId SELF = new ReplicaId("archive", 1);

    private static final long TAKES_NANOS_MIN = 2_000_000;
    private static final long TAKES_NANOS_SPREAD = 40_000_000;

    private final Timeline timeline;
    private final Disks disks;
    private final TraceLog traces;
    private final Randomness randomness;
    private final Map<Long, List<Entry>> groups = new HashMap<>();

    SimulatedArchive(Timeline timeline, Disks disks, TraceLog traces, Randomness randomness) {
        this.timeline = timeline;
        this.disks = disks;
        this.traces = traces;
        this.randomness = randomness;
    }

    /// The archive as a node sees it.
    ///
    /// @param process through this the node hears of answers, as long as it lives
    Archive of(Consumer<Inbox.Step> process) {
        return new Archive() {
            @Override
            public void put(long group, long order, long after, List<Entry> entries, Has has) {
                later(() -> {
                    take(group, order, after, entries);
                    long at = traces.order(SELF);
                    long slots = slots(group).size();
                    later(() -> process.accept(() -> has.slots(at, slots)));
                });
            }

            @Override
            public void get(long group, long after, int most, Reader reader) {
                later(() -> {
                    long at = traces.order(SELF);
                    var found = from(slots(group), after, most);
                    later(() -> process.accept(() -> reader.read(at, found)));
                });
            }
        };
    }

    private void later(Runnable action) {
        timeline.after(TAKES_NANOS_MIN + randomness.below(TAKES_NANOS_SPREAD), action);
    }

    private List<Entry> slots(long group) {
        return groups.computeIfAbsent(group, _ -> new ArrayList<>());
    }

    /// What it has already stays as it is.
    private void take(long group, long order, long after, List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (after + i == slots(group).size()) {
                take(group, order, entries.get(i));
            }
        }
    }

    /// Spec: ReplicationGroup!Archive
    private void take(long group, long order, Entry entry) {
        var slots = slots(group);
        slots.add(entry);
        long at = Math.max(order, traces.order(SELF)) + 1;
        traces.event(group, SELF, at, timeline.now(), new TraceEvent.Archive(slots.size(), entry));
        disks.archived(group, slots.size(), entry);
    }

    private static List<Entry> from(List<Entry> slots, long after, int most) {
        int begin = (int) Math.min(after, slots.size());
        return List.copyOf(slots.subList(begin, Math.min(begin + most, slots.size())));
    }
}
