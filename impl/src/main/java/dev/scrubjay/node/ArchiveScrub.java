package dev.scrubjay.node;

import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.protocol.Settings;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// Reads the archive of a group once more from its first segment to its last, whenever the group was
/// scrubbed: what was archived long ago is read by nobody else, and needed when all else is lost.
///
/// One segment at a time, and no faster than scrub may read.
final class ArchiveScrub {
    private static final long SECOND = 1_000_000_000;

    private final SegmentedArchive archive;
    private final Settings settings;

    /// The group whose archive is read comes first.
    private final SequencedSet<Long> groups = new LinkedHashSet<>();

    /// Up to which slot that was read.
    private long read;

    private long nextAt = Long.MIN_VALUE;

    ArchiveScrub(SegmentedArchive archive, Settings settings) {
        this.archive = archive;
        this.settings = settings;
    }

    /// Whoever waits already waits on.
    void begin(long group) {
        groups.add(group);
    }

    /// An archive that does not answer is asked again.
    void goOn(long now) {
        if (!groups.isEmpty() && now >= nextAt) {
            long group = groups.getFirst();
            long after = read;
            nextAt = now + settings.archiving().patienceNanos();
            archive.verify(group, after, (slots, bytes) -> {
                // Asked twice, it may be told twice.
                if (!groups.isEmpty() && groups.getFirst() == group && read == after) {
                    read = slots;
                    nextAt = now + bytes * SECOND / settings.scrub().bytesPerSecond();
                    if (slots == 0) {
                        groups.removeFirst();
                    }
                }
            });
        }
    }
}
