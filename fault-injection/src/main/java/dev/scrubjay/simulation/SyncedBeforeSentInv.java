package dev.scrubjay.simulation;

import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Message;

/// Nothing was sent before the sync that makes it true.
final class SyncedBeforeSentInv extends Invariant {
    private final Disks disks;

    SyncedBeforeSentInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void sent(String from, Frame frame) {
        if (frame instanceof Frame.Between(var group, var _, var _, var _, var message)) {
            var holds = switch (message) {
                case Message.Prepare(var ballot, var _) -> disks.hasSyncedPromise(from, group, ballot);
                case Message.Promised(var ballot, var _, var _) -> disks.hasSyncedBallot(from, group, ballot);
                case Message.Accepted(var ballot, var slot) -> disks.hasSyncedAccept(from, group, ballot, slot);
                case Message.Granted(var ballot, var _, var _) -> disks.hasSyncedBallot(from, group, ballot);
                case Message.Accept _, Message.Chosen _, Message.Heartbeat _, Message.CatchUp _, Message.Refused _ ->
                    true;
                case Message.Release _, Message.Question _, Message.Answer _, Message.Archived _ -> true;
                case Message.AskHashes _, Message.Hashes _, Message.Rows _, Message.Quarantine _ -> true;
                case Message.Here _, Message.Probe _, Message.Alive _, Message.AskPart _, Message.Part _ -> true;
            };
            if (!holds) {
                throw broken(from + " sent " + message + " for group " + group + " and has not synced it");
            }
        }
    }
}
