package dev.scrubjay.simulation;

/// A slot has one chosen entry.
final class AgreementInv extends Invariant {
    private final Disks disks;

    AgreementInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void quorate(long group, long slot) {
        // Slots after it may be chosen only now, because every earlier one is.
        for (long chosen = slot; chosen <= disks.chosenLog(group).size(); chosen++) {
            var entries = disks.chosenIn(group, chosen);
            if (entries.size() > 1) {
                throw broken("slot " + chosen + " of group " + group + " is chosen twice: " + entries.getFirst()
                        + " and " + entries.getLast());
            }
        }
    }
}
