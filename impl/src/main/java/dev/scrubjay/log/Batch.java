package dev.scrubjay.log;

import dev.scrubjay.value.Decoder.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// What one sync covers: records of any groups, in whole sectors.
///
/// In front stand the contents and the bodies, at the back the contents once more, in sectors of their own.
/// So one sector that went bad never takes what the contents say: the bodies that it takes are known by name.
final class Batch {
    private final Records form;
    private final byte[] payload;
    private final byte[] markers;
    private final BitSet damaged = new BitSet();
    private boolean hasFill;

    /// A batch of which nothing was read yet.
    Batch(int sectors, Records form) {
        this.form = form;
        payload = new byte[sectors * Sector.PAYLOAD];
        markers = new byte[sectors];
    }

    /// How many sectors a batch of these sizes takes.
    static long sectors(long contents, long bodies) {
        return sectors(contents + bodies) + sectors(contents);
    }

    private static long sectors(long bytes) {
        return Math.ceilDiv(bytes, (long) Sector.PAYLOAD);
    }

    /// The sectors of a batch, as they stand in a segment from that sector on.
    static byte[] encode(long segment, int sector, long number, List<Appended> records) {
        var contents = new Contents(records.stream().map(Appended::line).toList());
        var frame = contents.encode();
        int count = Math.toIntExact(sectors(frame.length, contents.bodies()));
        int back = count - Math.toIntExact(sectors(frame.length));
        var bytes = new byte[count * Sector.BYTES];
        long at = put(bytes, 0, frame);
        for (var appended : records) {
            at = put(bytes, at, appended.body());
        }
        put(bytes, (long) back * Sector.PAYLOAD, frame);
        for (int place = 0; place < count; place++) {
            var good = new Sector.Good(place < back ? Sector.FRONT : Sector.BACK, number, place, count);
            Sector.seal(bytes, place * Sector.BYTES, segment, sector + place, good);
        }
        return bytes;
    }

    /// Puts something there in the payload, over the heads of sectors, and says where the payload goes on.
    private static long put(byte[] bytes, long at, byte[] what) {
        for (int done = 0; done < what.length; ) {
            int into = (int) ((at + done) % Sector.PAYLOAD);
            int from = (int) ((at + done) / Sector.PAYLOAD) * Sector.BYTES + Sector.HEAD + into;
            int part = Math.min(what.length - done, Sector.PAYLOAD - into);
            System.arraycopy(what, done, bytes, from, part);
            done += part;
        }
        return at + what.length;
    }

    /// Takes what was found in its next place.
    ///
    /// @param number the number of the batch
    void read(int place, long number, Sector sector, byte[] bytes, int at) {
        switch (sector) {
            case Sector.Good good
            when good.batch() == number && good.place() == place && good.count() == markers.length -> {
                markers[place] = good.marker();
                System.arraycopy(bytes, at + Sector.HEAD, payload, place * Sector.PAYLOAD, Sector.PAYLOAD);
            }
            case Sector.Good _, Sector.Bad _ -> damaged.set(place);
            case Sector.Fill _ -> {
                damaged.set(place);
                hasFill = true;
            }
        }
    }

    /// Whether nothing came to some of its sectors since the segment was begun.
    boolean hasFill() {
        return hasFill;
    }

    /// Its records, unless neither copy of the contents can be read.
    Optional<List<Recovered>> records(long segment) {
        var contents = contents(0).or(() -> contents(back()));
        return contents.map(known -> {
            var records = new ArrayList<Recovered>();
            int at = known.bytes();
            for (var line : known.lines()) {
                records.add(record(segment, line, at));
                at += line.length();
            }
            return records;
        });
    }

    /// Its records and where they lie, of a batch that is whole.
    List<Written.Lying> lying(long segment) {
        var contents = contents(0).orElseThrow();
        var lying = new ArrayList<Written.Lying>();
        int at = contents.bytes();
        for (var line : contents.lines()) {
            switch (record(segment, line, at)) {
                case Recovered.Intact(var _, var logged) ->
                    lying.add(
                            new Written.Lying(logged, at / Sector.PAYLOAD, (at + line.length() - 1) / Sector.PAYLOAD));
                case Recovered.Corrupt corrupt ->
                    throw new IllegalArgumentException("written and not whole: " + corrupt);
            }
            at += line.length();
        }
        return lying;
    }

    /// Where the second copy of the contents begins, going by its sectors. One of them that is damaged moves
    /// this, and then the copy will not be read; the first one will.
    private int back() {
        int back = markers.length;
        while (back > 0 && markers[back - 1] == Sector.BACK) {
            back--;
        }
        return back;
    }

    private Optional<Contents> contents(int sector) {
        int at = sector * Sector.PAYLOAD;
        if (at == payload.length || damaged.get(sector)) {
            return Optional.empty();
        }
        try {
            int length = Contents.length(payload, at);
            if (isDamaged(at, length)) {
                return Optional.empty();
            }
            var contents = Contents.decode(Contents.frame(payload, at));
            return sectors(length, contents.bodies()) == markers.length ? Optional.of(contents) : Optional.empty();
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }

    private boolean isDamaged(int at, int length) {
        int next = damaged.nextSetBit(at / Sector.PAYLOAD);
        return next >= 0 && next <= (at + length - 1) / Sector.PAYLOAD;
    }

    private Recovered record(long segment, Contents.Line line, int at) {
        if (!isDamaged(at, line.length())) {
            try {
                var logged = form.decode(Arrays.copyOfRange(payload, at, at + line.length()));
                var intact = new Recovered.Intact(segment, logged);
                if (intact.name().equals(line.name())) {
                    return intact;
                }
            } catch (MalformedException _) {
                // Damaged before it came to the disk, or by something that the sectors do not show.
            }
        }
        return new Recovered.Corrupt(segment, line.name());
    }
}
