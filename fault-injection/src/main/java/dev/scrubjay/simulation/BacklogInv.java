package dev.scrubjay.simulation;

/// No more than so much is in the logs alone, whatever becomes of the archive.
final class BacklogInv extends Invariant {
    /// Marks, ends of sessions and other voters are let in all the same, and what is under way.
    private static final long MORE = 50;

    private final Disks disks;
    private final long most;

    /// @param most from how many slots on no write is let in any more
    BacklogInv(Disks disks, long most) {
        this.disks = disks;
        this.most = most;
    }

    @Override
    void quorate(long group, long slot) {
        long behind = slot - disks.archived(group);
        if (behind > most + MORE) {
            throw broken("group " + group + " has " + behind + " slots that are not archived; from " + most
                    + " on no write should be let in");
        }
    }
}
