package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.SnapshotPart;
import dev.scrubjay.value.Staged;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Takes a snapshot of another replica's state, part by part, until it is whole.
///
/// What has come is kept by the store, so a restart goes on where it was, as long as who gives it has the
/// same snapshot still. One replica is asked at a time, and the next when that says nothing.
final class Taking {
    private final Settings settings;
    private Optional<Snapshots> snapshots = Optional.empty();

    /// What the store says has come.
    private Optional<Staged> staged = Optional.empty();

    private Optional<ReplicaId> asked = Optional.empty();
    private int turn;

    /// How many of the others said nothing, one after the other.
    private int silent;

    /// What has come is read once it is all there.
    private Optional<Hashing> reading = Optional.empty();

    private boolean hasBegun;
    private long askAt;
    private long turnAt;
    private long waitUntil;

    Taking(Settings settings) {
        this.settings = settings;
    }

    void begin(Optional<Snapshots> snapshots, long now) {
        over();
        this.snapshots = snapshots;
        this.staged = snapshots.flatMap(Snapshots::staged);
        this.waitUntil = now + 2 * settings.archiving().nanos();
    }

    /// Whether to take a snapshot rather than fetch slot by slot what is missing: if that is more than what
    /// is there. A state has no more rows than slots were applied to it; so a snapshot costs, at worst, twice
    /// what the missing slots would.
    boolean isWorthIt(long applied, long missing, int others) {
        return snapshots.isPresent()
                && missing > Math.max(applied, settings.archiving().slots())
                && silent < others;
    }

    /// Whether a snapshot is there as a whole, and was not read yet.
    boolean isUnread(long applied) {
        return staged.filter(whole -> whole.isWhole() && whole.slot() > applied).isPresent()
                && !reading.map(Hashing::isDone).orElse(false);
    }

    /// Reads on in what has come, and says how much.
    long read(int bytes) {
        if (reading.isEmpty()) {
            reading = snapshots.map(Snapshots::came).map(Hashing::new);
        }
        return reading.map(each -> each.read(bytes)).orElse(0L);
    }

    /// Whether it was read, and is not what was written.
    boolean isRotten() {
        return reading.filter(Hashing::isDone).filter(each -> !each.isAsSaid()).isPresent();
    }

    /// It is of no use, and who gave it is asked last.
    void refuse(long now) {
        snapshots.ifPresent(Snapshots::unstage);
        staged = Optional.empty();
        reading = Optional.empty();
        turn(now);
    }

    /// The slot of a snapshot that is there as a whole and sound, and goes further than this.
    OptionalLong whole(long applied) {
        return staged
                .filter(Staged::isWhole)
                .filter(_ -> reading.filter(Hashing::isAsSaid).isPresent())
                .stream()
                .mapToLong(Staged::slot)
                .filter(slot -> slot > applied)
                .findFirst();
    }

    /// Whom to ask now, if anybody. A question may be lost, or its answer; only after a longer while another
    /// is asked.
    Optional<ReplicaId> ask(List<ReplicaId> others, long now) {
        if (now < askAt || others.isEmpty()) {
            return Optional.empty();
        }
        if (asked.isEmpty()) {
            turnAt = now + settings.snapshots().patienceNanos();
        } else if (now >= turnAt) {
            turn(now);
        }
        asked = Optional.of(others.get(turn % others.size()));
        return asked;
    }

    private void turn(long now) {
        silent++;
        turn++;
        hasBegun = false;
        turnAt = now + settings.snapshots().patienceNanos();
    }

    boolean isAsked(ReplicaId other) {
        return asked.equals(Optional.of(other));
    }

    /// Who is asked says whether it has anything to give: then it is busy, and else another is to be asked.
    void hears(boolean hasMore, long now) {
        turnAt = hasMore ? now + settings.snapshots().patienceNanos() : now;
        askAt = hasMore ? askAt : now;
    }

    /// What it is asked for, by who has applied so many slots.
    Message.AskPart question(long applied, long now) {
        askAt = now + 2 * settings.resendNanos();
        return staged.filter(begun -> begun.slot() > applied)
                .map(begun -> new Message.AskPart(applied, begun.slot(), begun.from()))
                .orElse(new Message.AskPart(applied, 0, Bytes.NONE));
    }

    /// Keeps a part that was waited for: the next one, or the first of another snapshot where who was asked
    /// has no more the one that was begun.
    boolean take(ReplicaId from, SnapshotPart part, long applied, long now) {
        if (!isAsked(from) || part.slot() <= applied) {
            return false;
        }
        boolean isNext = staged.isPresent()
                && staged.get().slot() == part.slot()
                && staged.get().from().equals(part.from())
                && !staged.get().isWhole();
        boolean isFirst = part.from().isEmpty() && (staged.isEmpty() || isBetter(part, staged.get()));
        if (!isNext && !isFirst) {
            return false;
        }
        snapshots.ifPresent(store -> store.stage(part));
        staged = Optional.of(part.staged());
        reading = Optional.empty();
        hasBegun = true;
        silent = 0;
        turnAt = now + settings.snapshots().patienceNanos();
        waitUntil = now + 2 * settings.archiving().nanos();
        return true;
    }

    /// Who has just begun to give has not the snapshot that was asked for; later it may be an old message.
    private boolean isBetter(SnapshotPart part, Staged begun) {
        return part.slot() > begun.slot() || (part.slot() < begun.slot() && !hasBegun);
    }

    /// Whether a snapshot that is whole may be of later slots than the archive has, and soon will have. If it
    /// takes longer, there is still the other way.
    boolean waits(long applied, long now) {
        return whole(applied).isPresent() && now < waitUntil;
    }

    void install() {
        snapshots.ifPresent(Snapshots::install);
        over();
    }

    /// The replica has come so far without a snapshot, or what it got is in its place.
    void forget() {
        if (staged.isPresent()) {
            snapshots.ifPresent(Snapshots::unstage);
        }
        over();
    }

    private void over() {
        staged = Optional.empty();
        reading = Optional.empty();
        asked = Optional.empty();
        silent = 0;
        hasBegun = false;
    }
}
