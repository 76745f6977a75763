package dev.scrubjay.log;

import dev.scrubjay.log.RecordForm.Logged;
import java.util.List;

/// What a log writes, for one who looks on at its device.
public final class Written {
    private Written() {}

    /// The records of a batch, which is written to that file from that byte on. None where something else is.
    public static List<Logged> records(String name, long from, byte[] bytes) {
        var number = SegmentHeader.number(name);
        if (number.isEmpty()) {
            return List.of();
        }
        long segment = number.getAsLong();
        int sector = Math.toIntExact(from / Sector.BYTES);
        if (Sector.judge(bytes, 0, segment, sector) instanceof Sector.Good first && first.marker() != Sector.HEADER) {
            var batch = new Batch(first.count());
            for (int place = 0; place < first.count(); place++) {
                int at = place * Sector.BYTES;
                batch.read(place, first.batch(), Sector.judge(bytes, at, segment, sector + place), bytes, at);
            }
            return batch.records(segment).orElseThrow().stream()
                    .map(Written::intact)
                    .toList();
        }
        return List.of();
    }

    private static Logged intact(Recovered record) {
        return switch (record) {
            case Recovered.Intact(var _, var logged) -> logged;
            case Recovered.Corrupt corrupt -> throw new IllegalArgumentException("written and not whole: " + corrupt);
        };
    }
}
