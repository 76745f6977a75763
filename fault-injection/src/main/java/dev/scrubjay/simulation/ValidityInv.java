package dev.scrubjay.simulation;

import dev.scrubjay.message.Frame;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import java.util.HashSet;
import java.util.Set;

/// Only what a client asked for is ever written down, and the end of a session, for which a leader may ask.
final class ValidityInv extends Invariant {
    private final Set<Entry> asked = new HashSet<>();

    @Override
    void sent(String from, Frame frame) {
        if (frame instanceof Frame.Asked(var _, var _, var _, var request)) {
            request.operation().entry().ifPresent(asked::add);
        }
    }

    @Override
    void wrote(String node, long group, LogRecord record) {
        if (record instanceof LogRecord.Accept(var _, var _, var slot, var entry)
                && !isOfReplicas(entry)
                && !asked.contains(entry)) {
            throw broken(node + " wrote " + entry + " into slot " + slot + " of group " + group
                    + ", and no client asked for it");
        }
    }

    /// Whether replicas write it of their own accord.
    private static boolean isOfReplicas(Entry entry) {
        return switch (entry) {
            case Entry.End _, Entry.NoOp _, Entry.ScrubMark _, Entry.Reconfigure _ -> true;
            case Entry.Write _, Entry.Begin _ -> false;
        };
    }
}
