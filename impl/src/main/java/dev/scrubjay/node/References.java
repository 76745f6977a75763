package dev.scrubjay.node;

import dev.scrubjay.archive.SegmentedArchive;
import dev.scrubjay.scrub.ReferenceReplica;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Keeps reference replicas: tells each what the archive has of its group, and nothing else.
///
/// Only a few are kept, of the groups that were scrubbed last. That of another begins at the first slot.
final class References {
    private static final int SLOTS_AT_ONCE = 1_000;
    private static final int GROUPS_MAX = 4;

    /// Hears what the archived log comes to.
    @FunctionalInterface
    interface Answer {
        void is(long order, Reference reference);
    }

    private final SegmentedArchive archive;

    /// The one that was asked for last comes last.
    private final SequencedMap<Long, Kept> kept = new LinkedHashMap<>();

    References(SegmentedArchive archive) {
        this.archive = archive;
    }

    /// Asks what the log of a group comes to up to this slot. If the archive does not answer nobody is told,
    /// and whoever asks again goes on where that was.
    void refer(long group, long slot, Answer answer) {
        var one = kept.remove(group);
        if (one == null || slot < one.replica.slot()) {
            one = new Kept(group);
        }
        kept.putLast(group, one);
        if (kept.size() > GROUPS_MAX) {
            kept.pollFirstEntry();
        }
        one.wanted = slot;
        one.answer = answer;
        one.goOn();
    }

    private final class Kept {
        private final long group;
        private final ReferenceReplica replica = new ReferenceReplica();
        private long wanted;
        private Answer answer = (_, _) -> {};
        private long order;

        Kept(long group) {
            this.group = group;
        }

        void goOn() {
            long from = replica.slot();
            int most = (int) Math.min(SLOTS_AT_ONCE, wanted - from);
            archive.get(group, from, most, (at, entries) -> {
                // Asked twice, it may be told twice.
                if (replica.slot() == from) {
                    order = Math.max(order, at);
                    take(entries);
                }
            });
        }

        private void take(List<Entry> entries) {
            entries.forEach(replica::apply);
            if (replica.slot() == wanted) {
                answer.is(order, replica);
            } else if (!entries.isEmpty()) {
                goOn();
            }
        }
    }
}
