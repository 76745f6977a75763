package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.Reference;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Row;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// At a leader: what all copies of the state had come to at a scrub mark, held against the archive.
///
/// A copy is wrong if it differs from what the archived log comes to, and another copy does not: a fault in
/// the archive, or in what computes it from there, would have to come to the same as that copy by chance.
/// Where nobody agrees with the archive, nobody can say who is wrong.
final class Comparison {
    /// What came of it.
    ///
    /// @param sound who has what the archived log comes to
    /// @param different who has something else
    record Verdict(SortedSet<ReplicaId> sound, SortedMap<ReplicaId, Different> different) {
        /// Whether it can be said of each who is wrong.
        boolean isDecided() {
            return different.isEmpty() || !sound.isEmpty();
        }
    }

    /// What a copy has that is not what the archived log comes to.
    ///
    /// @param root what it comes to as a whole
    /// @param keys where it differs, as far as that was asked
    record Different(Bytes root, SortedSet<Bytes> keys) {}

    /// A question to a replica.
    record Question(ReplicaId to, Message.AskHashes ask) {}

    private static final class Copy {
        private final ArrayDeque<Integer> toAsk = new ArrayDeque<>(List.of(HashTree.ROOT));
        private final SortedSet<Bytes> different = new TreeSet<>();
        private Bytes root = Bytes.NONE;
        private boolean differs;
        private boolean hasNone;
        private long askAt = Long.MIN_VALUE;

        boolean isSettled() {
            return hasNone || toAsk.isEmpty();
        }
    }

    /// Of a copy that differs everywhere, some keys are enough.
    private static final int ASKED_MAX = 32;

    private final long slot;
    private final long begun;
    private final Settings settings;
    private final SortedMap<ReplicaId, Copy> copies = new TreeMap<>();
    private Optional<Reference> reference = Optional.empty();
    private Optional<HashTree> right = Optional.empty();
    private long referAt = Long.MIN_VALUE;

    Comparison(long slot, Collection<ReplicaId> replicas, Settings settings, long now) {
        this.slot = slot;
        this.begun = now;
        this.settings = settings;
        replicas.forEach(replica -> copies.put(replica, new Copy()));
    }

    long slot() {
        return slot;
    }

    /// When the mark came.
    long begun() {
        return begun;
    }

    /// Whether to ask now what the archived log comes to.
    boolean needsReference(long now) {
        if (reference.isPresent() || now < referAt) {
            return false;
        }
        referAt = now + settings.archiving().patienceNanos();
        return true;
    }

    void refer(Reference archived) {
        if (archived.slot() == slot) {
            reference = Optional.of(archived);
            right = Optional.of(archived.tree());
        }
    }

    /// Whom to ask what, now.
    List<Question> questions(long now) {
        return copies.entrySet().stream()
                .filter(copy -> reference.isPresent() && !copy.getValue().isSettled() && now >= copy.getValue().askAt)
                .map(copy -> {
                    copy.getValue().askAt = now + settings.resendNanos();
                    int node = copy.getValue().toAsk.getFirst();
                    return new Question(copy.getKey(), new Message.AskHashes(slot, node));
                })
                .toList();
    }

    void hashes(ReplicaId from, Message.Hashes hashes) {
        var copy = asked(from, hashes.slot(), hashes.node());
        if (copy.isEmpty() || right.isEmpty()) {
            return;
        }
        if (hashes.children().isEmpty()) {
            copy.get().hasNone = true;
            return;
        }
        copy.get().toAsk.removeFirst();
        if (hashes.node() == HashTree.ROOT) {
            copy.get().root = HashTree.parent(hashes.children());
        }
        var others = right.get().others(hashes.node(), hashes.children());
        copy.get().differs |= !others.isEmpty();
        others.stream().limit(Math.max(0, ASKED_MAX - copy.get().toAsk.size())).forEach(copy.get().toAsk::addLast);
        copy.get().askAt = Long.MIN_VALUE;
    }

    void rows(ReplicaId from, Message.Rows answer) {
        var copy = asked(from, answer.slot(), answer.node());
        if (copy.isPresent() && reference.isPresent()) {
            copy.get().toAsk.removeFirst();
            copy.get().askAt = Long.MIN_VALUE;
            var theirs = new TreeMap<Bytes, Bytes>();
            answer.rows().forEach(row -> theirs.put(row.key(), row.value()));
            var right = new TreeMap<Bytes, Bytes>();
            reference
                    .get()
                    .rows(HashTree.leafOf(answer.node()))
                    .forEach((key, value) -> right.put(key, Marked.hash(new Row(key, value))));
            right.forEach((key, hash) -> {
                var theirHash = theirs.remove(key);
                if (theirHash == null || !theirHash.equals(hash)) {
                    copy.get().different.add(key);
                }
            });
            copy.get().different.addAll(theirs.keySet());
        }
    }

    private Optional<Copy> asked(ReplicaId from, long of, int node) {
        return Optional.ofNullable(copies.get(from))
                .filter(copy -> of == slot && !copy.isSettled() && copy.toAsk.getFirst() == node);
    }

    /// Whether it is over: when all have answered, or as many as did in a long while.
    boolean isOver(long now) {
        boolean isLate = now >= begun + settings.scrub().patienceNanos();
        return isLate || (reference.isPresent() && copies.values().stream().allMatch(Copy::isSettled));
    }

    boolean hasReference() {
        return reference.isPresent();
    }

    Verdict verdict() {
        var sound = new TreeSet<ReplicaId>();
        var different = new TreeMap<ReplicaId, Different>();
        copies.forEach((replica, copy) -> {
            if (copy.differs) {
                different.put(replica, new Different(copy.root, copy.different));
            } else if (copy.isSettled() && !copy.hasNone) {
                sound.add(replica);
            }
        });
        return new Verdict(sound, different);
    }
}
