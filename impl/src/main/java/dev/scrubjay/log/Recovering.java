package dev.scrubjay.log;

import dev.scrubjay.value.Decoder.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/// Reads a log segment by segment and batch by batch, and tells apart what is absent, torn and corrupt.
///
/// Three facts decide. A segment is all zeros, synced, before anything is written to it, and no sector of it
/// is written twice: so zeros where a batch should be say that its sync never returned, or that a write was
/// lost. A batch is written only after the sync of the one before it returned: so what comes before a later
/// batch, or before a later segment, was synced. And at most one sector was damaged of what one batch has: so
/// a batch without a single good sector was never synced.
///
/// What was cut off here stands where it stood. The next segment says with which batch it begins, and that is
/// where this one ends.
final class Recovering {
    /// Ends the reading: something is gone for good, or cannot be judged.
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Recovery recovery;

        Stopped(Recovery recovery) {
            super(recovery.toString());
            this.recovery = recovery;
        }
    }

    private final Device device;
    private final OptionalLong log;
    private final Records form;
    private final List<Recovered> records = new ArrayList<>();
    private Optional<IOException> unreadable = Optional.empty();
    private OptionalLong lastSegment = OptionalLong.empty();
    private int lastBatchAt = SegmentHeader.COPIES;
    private int lastBatchCount;

    /// @param log which log it has to be; empty if any will do
    Recovering(Device device, OptionalLong log, Records form) {
        this.device = device;
        this.log = log;
        this.form = form;
    }

    private SortedSet<Long> numbers() throws IOException {
        var numbers = new TreeSet<Long>();
        for (var name : device.names()) {
            SegmentHeader.number(name).ifPresent(numbers::add);
        }
        return numbers;
    }

    Recovery read() {
        try {
            return read(numbers());
        } catch (Stopped e) {
            if (e.recovery instanceof Recovery.Lost(var where) && unreadable.isPresent()) {
                return new Recovery.Unknown(where + "; " + unreadable.get());
            }
            return e.recovery;
        } catch (IOException e) {
            return new Recovery.Unknown("the files of the log: " + e);
        }
    }

    /// Writes again what may have been read from memory and not from the disk: the header of the last segment
    /// that was begun, and the last batch, as far as they are good. The same bytes in the same places, so
    /// nothing can become worse. Gives the file that is to be synced then.
    Optional<String> writeAgain() {
        if (lastSegment.isEmpty()) {
            return Optional.empty();
        }
        long segment = lastSegment.getAsLong();
        var name = SegmentHeader.name(segment);
        int end = lastBatchAt + lastBatchCount;
        var reader = reader(segment, end);
        for (int sector = 0; sector < end; sector++) {
            var isOfLast = sector < SegmentHeader.COPIES || sector >= lastBatchAt;
            if (isOfLast && reader.judge(sector) instanceof Sector.Good) {
                var bytes = Arrays.copyOfRange(reader.bytes(), reader.at(), reader.at() + Sector.BYTES);
                device.write(name, (long) sector * Sector.BYTES, bytes);
            }
        }
        return Optional.of(name);
    }

    private SegmentReader reader(long segment, int sectors) {
        return new SegmentReader(
                device, segment, sectors, cause -> unreadable = unreadable.or(() -> Optional.of(cause)));
    }

    private Recovery read(SortedSet<Long> numbers) throws IOException, Stopped {
        var last = Optional.<SegmentHeader>empty();
        if (!numbers.isEmpty()) {
            last = header(numbers.last());
            if (last.isEmpty()) {
                neverBegun(numbers.last());
                numbers.remove(numbers.last());
                if (!numbers.isEmpty()) {
                    last = Optional.of(begun(numbers.last()));
                }
            }
        }
        if (last.isEmpty()) {
            return new Recovery.Whole(List.of(), new LogEnd(log.orElse(0), 1, 1, 1, List.of(), true));
        }
        lastSegment = OptionalLong.of(last.get().segment());
        long needed = last.get().needed();
        long batch = read(needed, last.get());
        var leftovers = List.copyOf(numbers.headSet(needed));
        var end = new LogEnd(last.get().log(), last.get().segment() + 1, batch, needed, leftovers, false);
        return new Recovery.Whole(records, end);
    }

    /// Reads all that is needed, and says which batch comes next.
    private long read(long needed, SegmentHeader last) throws IOException, Stopped {
        var header = begun(needed);
        long batch = header.batch();
        while (header.segment() < last.segment()) {
            var next = begun(header.segment() + 1);
            batch = new Walk(header, batch, OptionalLong.of(next.batch())).read();
            header = next;
        }
        return new Walk(header, batch, OptionalLong.empty()).read();
    }

    /// The header of a segment that was begun, or its number would not be known.
    private SegmentHeader begun(long segment) throws IOException, Stopped {
        var name = SegmentHeader.name(segment);
        if (!device.names().contains(name)) {
            throw lost(name + " is not there, and was not trimmed");
        }
        return header(segment).orElseThrow(() -> lost(name + ": neither copy of its header can be read"));
    }

    /// The header of a segment, by the first copy that can be read.
    private Optional<SegmentHeader> header(long segment) throws IOException, Stopped {
        var reader = reader(segment, SegmentHeader.COPIES);
        for (int copy = 0; copy < SegmentHeader.COPIES; copy++) {
            if (reader.judge(copy) instanceof Sector.Good good && good.marker() == Sector.HEADER) {
                var payload = Arrays.copyOfRange(reader.bytes(), reader.at() + Sector.HEAD, reader.at() + Sector.BYTES);
                return Optional.of(checked(payload, segment));
            }
        }
        return Optional.empty();
    }

    private SegmentHeader checked(byte[] payload, long segment) throws IOException, Stopped {
        var name = SegmentHeader.name(segment);
        SegmentHeader header;
        try {
            header = SegmentHeader.decode(payload);
        } catch (MalformedException e) {
            throw new Stopped(new Recovery.Unknown(name + ": " + e.getMessage()));
        }
        if (header.segment() != segment) {
            // What goes by the number in the header would come to another file, or to this one for ever.
            throw new Stopped(new Recovery.Unknown(name + " says that it is segment " + header.segment()));
        }
        if (log.isPresent() && header.log() != log.getAsLong()) {
            throw new Stopped(
                    new Recovery.Unknown(name + " belongs to log " + header.log() + ", not to " + log.getAsLong()));
        }
        long bytes = (long) header.sectors() * Sector.BYTES;
        if (device.size(name) != bytes) {
            throw lost(name + " has " + device.size(name) + " bytes, and was begun with " + bytes);
        }
        return header;
    }

    /// The file was made, and its header not yet synced: nothing else can be in it.
    private void neverBegun(long segment) throws IOException, Stopped {
        var name = SegmentHeader.name(segment);
        long bytes = device.size(name);
        if (bytes > SegmentHeader.BYTES_MAX) {
            // Reading all of it might take for ever: a file may be larger than its disk.
            throw lost(name + " has " + bytes + " bytes, and a segment " + SegmentHeader.BYTES_MAX + " at most");
        }
        int sectors = Math.toIntExact(Math.ceilDiv(bytes, (long) Sector.BYTES));
        var reader = reader(segment, sectors);
        int bad = 0;
        for (int sector = 0; sector < sectors; sector++) {
            switch (reader.judge(sector)) {
                case Sector.Fill _ -> {}
                case Sector.Bad _ -> bad++;
                case Sector.Good _ -> bad = 2;
            }
            if (bad > 1) {
                throw lost(name + ": neither copy of its header can be read, and something was written to it");
            }
        }
    }

    private static Stopped lost(String where) {
        return new Stopped(new Recovery.Lost(where));
    }

    /// The way through one segment.
    private final class Walk {
        private final SegmentReader reader;
        private final SegmentHeader header;
        private final OptionalLong until;
        private long batch;
        private int sector = SegmentHeader.COPIES;
        private int laterAt;

        /// @param batch the batch that must come next
        /// @param until the first batch of the next segment, if there is one
        Walk(SegmentHeader header, long batch, OptionalLong until) throws Stopped {
            this.header = header;
            this.batch = batch;
            this.until = until;
            this.reader = reader(header.segment(), header.sectors());
            if (until.isPresent() && until.getAsLong() < batch) {
                throw lost("the next segment begins with batch " + until.getAsLong() + ", below " + batch);
            }
        }

        /// Says which batch comes next.
        long read() throws Stopped {
            while (until.isEmpty() || batch < until.getAsLong()) {
                int count = count();
                if (count == 0) {
                    break;
                }
                var read = read(count);
                if (read.hasFill() && !wasSynced(sector + count)) {
                    break;
                }
                records.addAll(read.records(header.segment())
                        .orElseThrow(() -> lost("of batch " + batch + " neither copy of the contents can be read")));
                if (until.isEmpty()) {
                    lastBatchAt = sector;
                    lastBatchCount = count;
                }
                sector += count;
                batch++;
            }
            return batch;
        }

        /// How many sectors the next batch has; 0 at the end of the log. Any good one of them says it.
        private int count() throws Stopped {
            for (int at = sector; at < header.sectors(); at++) {
                if (reader.judge(at) instanceof Sector.Good good) {
                    if (good.batch() != batch) {
                        throw lost("no sector of batch " + batch + " can be read, but one of batch " + good.batch());
                    }
                    long begin = (long) at - good.place();
                    if (begin != sector
                            || good.place() >= good.count()
                            || begin + good.count() > header.sectors()
                            || good.marker() == Sector.HEADER) {
                        throw lost("batch " + batch + " contradicts itself: " + good);
                    }
                    return good.count();
                }
            }
            if (until.isPresent()) {
                throw lost("batch " + batch + " is not there, and was synced");
            }
            // A batch has two sectors at least, and one of them would be good had it been synced.
            if (isBad(sector) && isBad(sector + 1)) {
                throw lost("no sector of batch " + batch + " can be read");
            }
            return 0;
        }

        private boolean isBad(int at) {
            return at < header.sectors() && reader.judge(at) instanceof Sector.Bad;
        }

        private Batch read(int count) {
            var read = new Batch(count, form);
            for (int place = 0; place < count; place++) {
                var judged = reader.judge(sector + place);
                read.read(place, batch, judged, reader.bytes(), reader.at());
            }
            return read;
        }

        /// Whether something was written after the batch that ends before this sector. Looking is dear, so
        /// what was seen once is remembered.
        private boolean wasSynced(int end) {
            if (until.isPresent() || laterAt >= end) {
                return true;
            }
            for (int at = end; at < header.sectors(); at++) {
                if (reader.judge(at) instanceof Sector.Good) {
                    laterAt = at;
                    return true;
                }
            }
            return false;
        }

        private Stopped lost(String what) {
            return Recovering.lost(SegmentHeader.name(header.segment()) + ", sector " + sector + ": " + what);
        }
    }
}
