package dev.scrubjay.simulation;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import java.util.HashMap;
import java.util.Map;

/// A ballot has one entry in a slot, on whatever disk.
final class OneValuePerBallotInv extends Invariant {
    private record Place(long group, Ballot ballot, long slot) {}

    private final Map<Place, Entry> entries = new HashMap<>();

    @Override
    void wrote(String node, long group, LogRecord record) {
        if (record instanceof LogRecord.Accept(var ballot, var _, var slot, var entry)) {
            var other = entries.putIfAbsent(new Place(group, ballot, slot), entry);
            if (other != null && !other.equals(entry)) {
                throw broken("slot " + slot + " of group " + group + " has two entries at ballot " + ballot + ": "
                        + other + ", and on " + node + " " + entry);
            }
        }
    }
}
