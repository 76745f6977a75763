package dev.scrubjay.log;

import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The log of a node, for all of its groups.
///
/// Records gather until a sync; what is appended while that one is under way gathers for the next, so that
/// one sync serves many. One is under way at a time: only so does a batch on the disk say that all before it
/// were synced.
///
/// A sync that failed is never tried again. The system may have forgotten what it could not write, and would
/// say yes to a second one; so from then on the log takes nothing, and its node must stop.
///
/// One thread calls it, and the device calls back on the same.
public final class WriteAheadLog {
    /// How large things are. A batch goes up to a number of sectors, unless a single record needs more, which
    /// must fit into a segment.
    public record Sizes(int segmentSectors, int batchSectors) {
        public Sizes {
            Invariant.holds(segmentSectors >= SegmentHeader.SECTORS_MIN, "a segment holds its header and a batch");
            Invariant.holds(segmentSectors <= SegmentHeader.SECTORS_MAX, "a segment has 1 GiB at most");
            Invariant.holds(batchSectors >= 2, "a batch holds its contents twice");
        }
    }

    /// Hears how the log goes on.
    public interface Listener {
        /// A sync returned.
        ///
        /// @param records so many of the records that were appended to this log since it was opened are safe
        /// @param segment the segment in which the last of them lies
        void synced(long records, long segment);

        /// The log takes nothing any more.
        void failed(String what);
    }

    private final Device device;
    private final Sizes sizes;
    private final Records form;
    private final Listener listener;
    private final long log;
    private final TreeSet<Long> segments = new TreeSet<>();
    private final Deque<Appended> waiting = new ArrayDeque<>();

    private long segment;
    private int sector;
    private long batch;
    private long needed;
    private long appended;
    private long wanted;
    private long synced;
    private boolean isBusy;
    private Optional<String> failure = Optional.empty();

    /// Goes on where recovery found the end.
    public WriteAheadLog(Device device, Sizes sizes, LogEnd end, Listener listener) {
        this(device, sizes, Records.CURRENT, end, listener);
    }

    /// The same, with records as another version writes them.
    public WriteAheadLog(Device device, Sizes sizes, Records form, LogEnd end, Listener listener) {
        this.device = device;
        this.sizes = sizes;
        this.form = form;
        this.listener = listener;
        this.log = end.log();
        this.segment = end.segment() - 1;
        this.batch = end.batch();
        this.needed = end.needed();
        segments.addAll(end.leftovers());
        for (long kept = needed; kept < end.segment(); kept++) {
            segments.add(kept);
        }
        beginSegment();
    }

    /// Takes a record. It is safe when a sync that was asked for afterwards has returned.
    public void append(long group, LogRecord record) {
        accepting();
        var one = new Appended(group, record, form.encode(group, record));
        long takes = Batch.sectors(Contents.BYTES_MIN + one.line().bytes(), one.body().length);
        if (takes > sizes.segmentSectors - SegmentHeader.COPIES) {
            throw new IllegalArgumentException("a record of " + one.body().length + " bytes, which takes " + takes
                    + " sectors; a segment has room for " + (sizes.segmentSectors - SegmentHeader.COPIES));
        }
        waiting.add(one);
        appended++;
    }

    /// Begins a sync of all that was appended until now, or has one begin as soon as the one under way
    /// returned.
    public void sync() {
        accepting();
        wanted = appended;
        goOn();
    }

    /// Nothing below this segment is needed any more.
    ///
    /// The files go when the next segment is begun and its header says so on the disk: before that, a segment
    /// that was trimmed would look like one that was lost.
    public void trim(long segment) {
        accepting();
        if (segment > this.segment) {
            throw new IllegalArgumentException("segment " + segment + " is not begun; the last one is " + this.segment);
        }
        needed = Math.max(needed, segment);
    }

    /// Why the log takes nothing any more, if so.
    public Optional<String> failure() {
        return failure;
    }

    private void accepting() {
        failure.ifPresent(what -> {
            throw new IllegalStateException("the log failed and takes nothing any more: " + what);
        });
    }

    private void goOn() {
        if (isBusy || failure.isPresent() || synced >= wanted) {
            return;
        }
        isBusy = true;
        var records = gather();
        var bytes = Batch.encode(segment, sector, batch, records);
        int count = bytes.length / Sector.BYTES;
        if (sector + count > sizes.segmentSectors) {
            // Not written after all: the next segment has room for it.
            records.reversed().forEach(waiting::addFirst);
            beginSegment();
            return;
        }
        device.write(SegmentHeader.name(segment), (long) sector * Sector.BYTES, bytes);
        sync(() -> {
            sector += count;
            batch++;
            synced += records.size();
            isBusy = false;
            listener.synced(synced, segment);
            goOn();
        });
    }

    /// As many records as go into one batch, and one at least.
    private List<Appended> gather() {
        var records = new ArrayList<Appended>();
        long contents = Contents.BYTES_MIN;
        long bodies = 0;
        int most = Math.min(sizes.batchSectors, sizes.segmentSectors - SegmentHeader.COPIES);
        while (!waiting.isEmpty()) {
            var next = waiting.element();
            contents += next.line().bytes();
            bodies += next.body().length;
            if (!records.isEmpty() && Batch.sectors(contents, bodies) > most) {
                break;
            }
            records.add(waiting.remove());
        }
        return records;
    }

    /// Zeros first, and the folder; then the header. So a segment with a header is a whole one, and what is
    /// zero in it was never written.
    private void beginSegment() {
        isBusy = true;
        segment++;
        sector = SegmentHeader.COPIES;
        var name = SegmentHeader.name(segment);
        var header = new SegmentHeader(log, segment, batch, needed, sizes.segmentSectors);
        device.create(name, (long) sizes.segmentSectors * Sector.BYTES);
        sync(() -> device.syncFolder(then(() -> {
            device.write(name, 0, header.encode());
            sync(() -> {
                segments.add(segment);
                deleteBelow(header.needed());
                isBusy = false;
                goOn();
            });
        })));
    }

    private void deleteBelow(long first) {
        while (segments.first() < first) {
            device.delete(SegmentHeader.name(segments.removeFirst()));
        }
    }

    private void sync(Runnable next) {
        device.sync(SegmentHeader.name(segment), then(next));
    }

    private Consumer<Device.Outcome> then(Runnable next) {
        return outcome -> {
            switch (outcome) {
                case Device.Outcome.Synced() -> next.run();
                case Device.Outcome.Failed(var what) -> {
                    failure = Optional.of(what);
                    listener.failed(what);
                }
            }
        };
    }
}
