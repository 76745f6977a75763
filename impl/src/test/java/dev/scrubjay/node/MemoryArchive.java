package dev.scrubjay.node;

import dev.scrubjay.port.Archive;
import dev.scrubjay.value.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// An archive of one group that answers when its owner says so.
final class MemoryArchive implements Archive {
    final List<Entry> slots = new ArrayList<>();
    private final ArrayDeque<Runnable> asked = new ArrayDeque<>();

    @Override
    public void put(long group, long order, long after, List<Entry> entries, Has has) {
        asked.add(() -> {
            entries.stream().skip(Math.max(0, slots.size() - after)).forEach(slots::add);
            has.slots(order + 1, slots.size());
        });
    }

    @Override
    public void get(long group, long after, int most, Reader reader) {
        asked.add(() -> reader.read(1, slots.stream().skip(after).limit(most).toList()));
    }

    /// Answers all that was asked.
    void answer() {
        while (!asked.isEmpty()) {
            asked.remove().run();
        }
    }
}
