package dev.scrubjay.value;

import java.util.List;

/// Some rows of a snapshot, one after the other.
///
/// @param slot the last that was applied to the snapshot
/// @param from the key from which on its rows are these
/// @param isLast whether there are no more
/// @param checksum over all of it, made where the rows were read
public record SnapshotPart(long slot, Bytes from, List<Row> rows, boolean isLast, int checksum) {
    public SnapshotPart {
        rows = List.copyOf(rows);
    }

    /// With its checksum.
    public static SnapshotPart of(long slot, Bytes from, List<Row> rows, boolean isLast) {
        return new SnapshotPart(slot, from, rows, isLast, checksum(slot, from, rows, isLast));
    }

    private static int checksum(long slot, Bytes from, List<Row> rows, boolean isLast) {
        var bytes = new Encoder().put(slot).put(from).put(isLast);
        rows.forEach(row -> bytes.put(row.key()).put(row.value()));
        return bytes.checksum();
    }

    /// Whether nothing happened to it since its rows were read.
    public boolean isIntact() {
        return checksum == checksum(slot, from, rows, isLast);
    }

    /// How much it holds.
    public long bytes() {
        return rows.stream()
                .mapToLong(row -> row.key().length() + row.value().length())
                .sum();
    }

    /// What has come of the snapshot with this part.
    public Staged staged() {
        return new Staged(slot, rows.isEmpty() ? from : rows.getLast().key().next(), isLast);
    }
}
