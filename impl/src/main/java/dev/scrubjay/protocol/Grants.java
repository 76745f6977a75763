package dev.scrubjay.protocol;

import dev.scrubjay.value.Ballot;

/// What a replica granted, and until when it minds that: so long it promises no other ballot.
///
/// It is not on the disk. A replica that restarts sits out the longest lease that it may have granted.
final class Grants {
    private final Ballot none;
    private Ballot ballot;
    private long until;
    private boolean sittingOut;
    private long sitOutUntil;
    private boolean confirmed;

    Grants(Ballot none) {
        this.none = none;
        this.ballot = none;
    }

    void sitOut(long until) {
        sittingOut = true;
        sitOutUntil = until;
    }

    boolean mayGrant(Ballot asking) {
        return ballot.equals(none) || ballot.equals(asking);
    }

    /// @param confirmed whether the leader has said that it counts the grant before as part of a lease
    void grant(Ballot asking, long until, boolean confirmed) {
        this.ballot = asking;
        this.until = until;
        this.confirmed = confirmed;
    }

    /// Whether another ballot may be promised, whose candidate says that the leader of this one handed over
    /// to it.
    ///
    /// @param synced the replica's own ballot, as far as a power-off leaves it
    boolean mayPromise(Ballot released, Ballot synced) {
        boolean minds = !ballot.equals(none) && !ballot.equals(released);
        boolean mayMind = sittingOut && (released.equals(none) || !released.equals(synced));
        return !minds && !mayMind;
    }

    /// Another ballot is promised.
    void forget() {
        ballot = none;
        confirmed = false;
    }

    /// Whether there is something to mind whose time is over. What it granted since a restart and what it
    /// sits out are over together.
    boolean isOver(long now) {
        return (sittingOut || !ballot.equals(none))
                && (!sittingOut || now >= sitOutUntil)
                && (ballot.equals(none) || now >= until);
    }

    void runOut() {
        forget();
        sittingOut = false;
    }

    /// Whether a leader is heard that holds a lease, and this grant is part of it.
    boolean isConfirmed(long now) {
        return confirmed && now < until;
    }

    Ballot ballot() {
        return ballot;
    }
}
