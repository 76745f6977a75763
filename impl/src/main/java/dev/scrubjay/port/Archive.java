package dev.scrubjay.port;

import dev.scrubjay.value.Entry;
import java.util.List;

/// What is chosen, kept outside of all nodes: of each group the first so many slots, without a gap and never
/// changed. Whatever is in it was read back and verified.
///
/// It answers when it can, never before the call returns, and perhaps not at all: whoever waits asks again.
/// With each answer comes the Lamport count of the last that it took before.
public interface Archive {
    /// How many slots there are.
    @FunctionalInterface
    interface Has {
        void slots(long order, long slots);
    }

    /// Takes entries.
    @FunctionalInterface
    interface Reader {
        void read(long order, List<Entry> entries);
    }

    /// Puts these entries behind the first so many slots, as far as it does not have them, and says how many
    /// slots it has then.
    void put(long group, long order, long after, List<Entry> entries, Has has);

    /// Gives the entries of the slots behind the first so many, so many at most.
    void get(long group, long after, int most, Reader reader);
}
