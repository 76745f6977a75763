package dev.scrubjay.message;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import java.util.List;

/// What one replica of a group tells another.
public sealed interface Message {
    /// A candidate asks for a promise.
    record Prepare(Ballot ballot) implements Message {}

    /// An answer to a prepare, with the last accept of every slot, from slot 1 on.
    record Promised(Ballot ballot, List<Report> accepted) implements Message {
        public Promised {
            accepted = List.copyOf(accepted);
        }
    }

    /// What was accepted in a slot.
    record Report(Ballot ballot, Entry entry) {}

    /// A leader proposes. It claims nothing, so it may leave before the leader's own sync.
    record Accept(Ballot ballot, long slot, Entry entry) implements Message {}

    /// An answer to an accept.
    record Accepted(Ballot ballot, long slot) implements Message {}

    /// This entry is chosen.
    record Chosen(Ballot ballot, long slot, Entry entry) implements Message {}

    /// A leader is there, and knows so many slots chosen. It says its prepare again: who missed that takes it
    /// for one.
    record Heartbeat(Ballot ballot, long known) implements Message {}

    /// Asks for what is chosen in the slots after this one.
    record CatchUp(long known) implements Message {}

    /// A higher ballot was promised; it is of no use to go on at the other.
    record Refused(Ballot promised) implements Message {}
}
