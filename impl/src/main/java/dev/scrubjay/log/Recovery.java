package dev.scrubjay.log;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// What became of a log while nobody looked.
public sealed interface Recovery {
    /// All that was ever synced is here or named, and perhaps the batch that was under way: all of it, or
    /// nothing.
    ///
    /// @param records all that was not trimmed, in the order in which they were appended
    /// @param end where the log goes on
    record Whole(List<Recovered> records, LogEnd end) implements Recovery {
        public Whole {
            records = List.copyOf(records);
        }
    }

    /// Something that was synced is gone, and nobody knows what it was: whose log this is must not vote on
    /// with it.
    ///
    /// @param where the place, in words
    record Lost(String where) implements Recovery {}

    /// The device failed, or this is not our log: nothing is known, and nothing was changed.
    record Unknown(String what) implements Recovery {}

    /// Reads the log of this number.
    ///
    /// What was written by a process that was killed may be in memory and not on the disk: it would be read
    /// now, and lost by the next power-off. So the last segment is synced before it is read; all others were
    /// when the next one was begun.
    static void begin(Device device, long log, Consumer<Recovery> ended) {
        var recovering = new Recovering(device, log);
        try {
            var last = recovering.last();
            if (last.isEmpty()) {
                ended.accept(recovering.read());
            } else {
                device.sync(SegmentHeader.name(last.getAsLong()), outcome -> {
                    switch (outcome) {
                        case Device.Outcome.Synced() -> ended.accept(recovering.read());
                        case Device.Outcome.Failed(var what) -> ended.accept(new Unknown(what));
                    }
                });
            }
        } catch (IOException e) {
            ended.accept(new Unknown("the files of the log: " + e));
        }
    }
}
