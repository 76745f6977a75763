package dev.scrubjay.node;

import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.state.TestedMemory;
import dev.scrubjay.value.Reading;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/// What stands in a state store, as bytes that nobody vouches for.
public final class RowBytes {
    private static final long GROUP = 7;
    private static final int KEY_MAX = 12;

    private RowBytes() {}

    /// A row: the length of its key, the key, and the value. It is read, or corrupt, or of a later version.
    public static void read(byte[] row) {
        if (row.length < 2) {
            return;
        }
        int key = 1 + Math.min(Byte.toUnsignedInt(row[0]) % KEY_MAX, row.length - 2);
        try (var tested = new TestedMemory()) {
            tested.store()
                    .write(
                            GROUP,
                            1,
                            rows -> rows.put(
                                    Arrays.copyOfRange(row, 1, 1 + key), Arrays.copyOfRange(row, 1 + key, row.length)));
            var state = new GroupState(tested.store(), GROUP);
            Reading.bounded(row.length, () -> List.of(state.sessions(), state.table(), state.state(), state.held("a")));
        } catch (CorruptException _) {
            // As it should be.
        } catch (UncheckedIOException e) {
            if (!String.valueOf(e.getMessage()).contains("of version")) {
                throw e;
            }
        }
    }
}
