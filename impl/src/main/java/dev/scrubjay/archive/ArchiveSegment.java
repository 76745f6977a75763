package dev.scrubjay.archive;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.Entry;
import java.util.ArrayList;
import java.util.List;

/// Chosen entries of one group, one slot after the other. It says nothing of who wrote it, so whoever
/// archives the same slots makes the same bytes.
///
/// @param first the slot of the first entry
public record ArchiveSegment(long group, long first, List<Entry> entries) {
    private static final byte VERSION = 1;

    public ArchiveSegment {
        entries = List.copyOf(entries);
    }

    public long last() {
        return first + entries.size() - 1;
    }

    public String name() {
        return Names.segment(group, first, last());
    }

    Bytes encode() {
        var bytes = new Encoder().put(VERSION).put(group).put(first).put(entries.size());
        entries.forEach(bytes::put);
        return Bytes.of(bytes.framed());
    }

    static ArchiveSegment decode(Bytes bytes) {
        var decoder = Decoder.ofFrame(bytes.toArray());
        byte version = decoder.oneByte();
        if (version != VERSION) {
            throw new MalformedException(
                    "version " + version + " of an archive segment; this program reads " + VERSION);
        }
        long group = decoder.number();
        long first = decoder.slot();
        int count = decoder.count();
        if (count < 1) {
            throw new MalformedException("an archive segment without entries");
        }
        var entries = new ArrayList<Entry>(count);
        for (int i = 0; i < count; i++) {
            entries.add(decoder.entry());
        }
        decoder.end();
        return new ArchiveSegment(group, first, entries);
    }
}
