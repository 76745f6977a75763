package dev.scrubjay.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    /// The device failed, or this is not our log: nothing is known, and the log on the disk says what it
    /// said. Where something looks lost and a part of the disk could not be read, it is this.
    record Unknown(String what) implements Recovery {}

    /// Reads a log, whichever it is, and writes nothing: of one whose node is stopped, to look at it.
    static Recovery look(Device device) {
        return new Recovering(device, OptionalLong.empty(), Records.CURRENT).read();
    }

    /// Reads the log of this number.
    ///
    /// What is read may be in memory and not on the disk: a process that was killed wrote it, or a sync
    /// failed, after which the system keeps what it could not write and says yes to the next sync without
    /// trying. It would be reported now, and lost by the next power-off. So the last batch is written again,
    /// the same bytes in the same places, and synced before anything is said. All before it was synced when
    /// it was written.
    static void begin(Device device, long log, Consumer<Recovery> ended) {
        begin(device, log, Records.CURRENT, ended);
    }

    /// The same, by another version.
    static void begin(Device device, long log, Records form, Consumer<Recovery> ended) {
        var recovering = new Recovering(device, OptionalLong.of(log), form);
        var recovery = recovering.read();
        var last = recovery instanceof Whole ? recovering.writeAgain() : Optional.<String>empty();
        if (last.isEmpty()) {
            ended.accept(recovery);
        } else {
            device.sync(last.get(), outcome -> {
                switch (outcome) {
                    case Device.Outcome.Synced() -> ended.accept(recovery);
                    case Device.Outcome.Failed(var what) -> ended.accept(new Unknown(what));
                }
            });
        }
    }
}
