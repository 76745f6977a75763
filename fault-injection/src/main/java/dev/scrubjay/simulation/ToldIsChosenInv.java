package dev.scrubjay.simulation;

import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Message;

/// What anybody tells is chosen is chosen.
final class ToldIsChosenInv extends Invariant {
    private final Disks disks;

    ToldIsChosenInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void sent(String from, Frame frame) {
        if (frame
                instanceof
                Frame.Between(var group, var _, var _, var _, Message.Chosen(var _, var _, var slot, var entry))) {
            var log = disks.chosenLog(group);
            if (slot > log.size() || !log.get((int) slot - 1).equals(entry)) {
                throw broken(from + " tells that slot " + slot + " of group " + group + " is chosen to be " + entry
                        + ", which it is not");
            }
        }
    }
}
