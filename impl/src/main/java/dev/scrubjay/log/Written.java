package dev.scrubjay.log;

import dev.scrubjay.log.RecordForm.Logged;
import java.util.List;
import java.util.Optional;

/// A batch that a log writes, for one who looks on at its device.
///
/// @param segment the number of the segment that it is written to
/// @param sectors how many sectors it takes
/// @param records what it holds, and where
public record Written(long segment, int sectors, List<Lying> records) {
    /// A record, and from which to which sector of the batch its body lies.
    public record Lying(Logged logged, int first, int last) {
        /// Whether it can be read no more when that sector cannot.
        public boolean isIn(int sector) {
            return first <= sector && sector <= last;
        }
    }

    public Written {
        records = List.copyOf(records);
    }

    /// What is written to that file from that byte on; nothing if it is no batch.
    public static Optional<Written> of(String name, long from, byte[] bytes) {
        var number = SegmentHeader.number(name);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        long segment = number.getAsLong();
        int sector = Math.toIntExact(from / Sector.BYTES);
        if (Sector.judge(bytes, 0, segment, sector) instanceof Sector.Good first && first.marker() != Sector.HEADER) {
            var batch = new Batch(first.count(), Records.CURRENT);
            for (int place = 0; place < first.count(); place++) {
                int at = place * Sector.BYTES;
                batch.read(place, first.batch(), Sector.judge(bytes, at, segment, sector + place), bytes, at);
            }
            return Optional.of(new Written(segment, first.count(), batch.lying(segment)));
        }
        return Optional.empty();
    }
}
