package dev.scrubjay.simulation;

/// A slot has one chosen entry.
final class AgreementInv extends Invariant {
    private final Disks disks;

    AgreementInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void quorate(long group, long slot) {
        var entries = disks.chosenIn(group, slot);
        if (slot <= disks.chosenLog(group).size() && entries.size() > 1) {
            throw broken("slot " + slot + " of group " + group + " is chosen twice: " + entries.getFirst() + " and "
                    + entries.getLast());
        }
    }
}
