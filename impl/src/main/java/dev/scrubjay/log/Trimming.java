package dev.scrubjay.log;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which segments of a log are still needed.
///
/// A segment is not, when each group that has records in it has trimmed its log in a later one, of all slots
/// that it accepted here. A trim repeats what was promised, so no promise is lost with a segment either. Only
/// the first segments ever go, so that a missing one is noticed.
///
/// It is told of records that are synced, and of no others.
public final class Trimming {
    /// Of each segment, the groups that have records in it, and the last slot of each that it tells of.
    private final SortedMap<Long, Map<Long, Long>> segments = new TreeMap<>();

    /// A trim and where it stands.
    private record Trimmed(long segment, long slot) {}

    private final Map<Long, Trimmed> trims = new HashMap<>();

    /// A record is synced, in that segment.
    public void synced(long segment, RecordName record) {
        var slots = segments.computeIfAbsent(segment, _ -> new HashMap<>());
        long slot = switch (record) {
            case RecordName.Accept accept -> accept.slot();
            case RecordName.Promise _ -> 0;
            case RecordName.Trim trim -> {
                trims.put(trim.group(), new Trimmed(segment, trim.slot()));
                yield 0;
            }
        };
        slots.merge(record.group(), slot, Math::max);
    }

    /// The first segment that is needed; none before the one that is written to now is, if this is that.
    public long needed(long current) {
        var first = segments.headMap(current);
        while (!first.isEmpty() && holding(first.firstKey()).isEmpty()) {
            first.remove(first.firstKey());
        }
        return first.isEmpty() ? current : first.firstKey();
    }

    /// The groups because of which that segment is needed, and the last slot of each in it.
    public SortedMap<Long, Long> holding(long segment) {
        var groups = new TreeMap<Long, Long>();
        segments.getOrDefault(segment, Map.of()).forEach((group, slot) -> {
            var trimmed = trims.get(group);
            if (trimmed == null || trimmed.segment() <= segment || trimmed.slot() < slot) {
                groups.put(group, slot);
            }
        });
        return groups;
    }
}
