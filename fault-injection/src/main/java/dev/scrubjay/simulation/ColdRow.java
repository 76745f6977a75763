package dev.scrubjay.simulation;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.state.MemoryStateStore;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.StateRow;
import java.util.Optional;

/// The row of a key that is written once and read when all is over: data at rest.
record ColdRow(long group, Bytes key, String value) {
    /// The row, if a state has it.
    static Optional<ColdRow> of(StateStore states, long group, String name) {
        var key = new Encoder().put(StateRow.KEY).putLast(name).bytes();
        try {
            return states.get(group, key).map(row -> {
                var decoder = Decoder.of(row);
                decoder.oneByte();
                return new ColdRow(group, Bytes.of(key), decoder.lastText());
            });
        } catch (StateStore.CorruptException _) {
            return Optional.empty();
        }
    }

    /// Makes it another value.
    ///
    /// @param withSum whether the sum that was written with it goes along
    void alter(MemoryStateStore states, String wrong, boolean withSum) {
        if (withSum) {
            states.alterAsWritten(group, key.toArray(), row(wrong));
        } else {
            states.alter(group, key.toArray(), row(wrong));
        }
    }

    private static byte[] row(String value) {
        return new Encoder().put((byte) 1).putLast(value).bytes();
    }
}
