package dev.scrubjay.simulation;

import dev.scrubjay.log.Recovered;
import dev.scrubjay.message.Frame;
import dev.scrubjay.port.Clock;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import java.util.List;

/// Something that the specification says of every state, looked at after every step of the simulated world.
/// Each has the name it has there.
///
/// It hears what changed, so that it need not look at everything each time.
abstract class Invariant {
    /// It does not hold. Ends the run.
    static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String invariant;

        Violation(String invariant, String text) {
            super(text);
            this.invariant = invariant;
        }

        String invariant() {
            return invariant;
        }
    }

    /// A node wrote a record, which is not synced yet.
    void wrote(String node, long group, LogRecord record) {}

    /// This is what a recovery of a node finds behind so many records that are trimmed, before anything is
    /// taken for lost that is not among it.
    void found(String node, int trimmed, List<Recovered> found) {}

    /// The archive has one more slot.
    void archived(long group, long slot, Entry entry) {}

    /// A recovery of a node says that its log is lost.
    void lost(String node, String where) {}

    /// One more entry of a slot is held by a quorum.
    void quorate(long group, long slot) {}

    /// A frame was sent.
    void sent(String from, Frame frame) {}

    /// A node was switched on. Until its power goes, its replica of each group may be looked at at any time,
    /// and so may its clock.
    void poweredOn(String node, long group, ReplicaView view, Clock clock) {}

    /// A node lost its power.
    void poweredOff(String node) {}

    final Violation broken(String text) {
        return new Violation(getClass().getSimpleName(), text);
    }
}
