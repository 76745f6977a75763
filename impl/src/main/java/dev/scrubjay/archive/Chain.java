package dev.scrubjay.archive;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The manifests of one group, as far as they were read, each verified against the one before.
public final class Chain {
    /// An object in the archive is not what it should be. It is never overwritten: a person has to look.
    public static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String name, String what) {
            super(name + ": " + what);
        }
    }

    private final long group;
    private final List<Manifest> manifests = new ArrayList<>();
    private Bytes tip = Bytes.NONE;
    private long order;

    public Chain(long group) {
        this.group = group;
    }

    /// How many slots there are.
    public long slots() {
        return manifests.isEmpty() ? 0 : manifests.getLast().last();
    }

    /// What comes after all that led to these manifests.
    long order() {
        return order;
    }

    public String nextName() {
        return Names.manifest(group, manifests.size() + 1L);
    }

    /// The manifest that has to follow, where the segment is this one.
    Manifest next(long order, ArchiveSegment segment, Bytes bytes) {
        return new Manifest(group, manifests.size() + 1L, order, slots() + 1, segment.last(), Hash.of(bytes), tip);
    }

    /// What was found under the name of the next manifest, if that is still the next.
    public void add(String name, Bytes bytes) throws BrokenException {
        if (!name.equals(nextName())) {
            return;
        }
        Manifest manifest;
        try {
            manifest = Manifest.decode(bytes);
        } catch (MalformedException e) {
            throw new BrokenException(name, "is damaged: " + e.getMessage());
        }
        if (!manifest.name().equals(name)) {
            throw new BrokenException(name, "holds " + manifest.name());
        }
        if (!manifest.previous().equals(tip)) {
            throw new BrokenException(name, "does not follow the manifest before it, whose hash is " + tip);
        }
        if (manifest.first() != slots() + 1 || manifest.last() < manifest.first()) {
            throw new BrokenException(
                    name, "has slots " + manifest.first() + " to " + manifest.last() + " after slot " + slots());
        }
        manifests.add(manifest);
        order = Math.max(order, manifest.order());
        tip = Hash.of(bytes);
    }

    /// The manifest whose segment has this slot.
    public Optional<Manifest> with(long slot) {
        int low = 0;
        int high = manifests.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (manifests.get(middle).last() < slot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < manifests.size() && slot >= 1 ? Optional.of(manifests.get(low)) : Optional.empty();
    }

    /// What was found under the name of a manifest that was read before.
    void again(Manifest manifest, Bytes bytes) throws BrokenException {
        if (!Hash.of(bytes).equals(hash(manifest))) {
            throw new BrokenException(manifest.name(), "is not any more what it was when it was read first");
        }
    }

    private Bytes hash(Manifest manifest) {
        int next = (int) manifest.number();
        return next < manifests.size() ? manifests.get(next).previous() : tip;
    }

    /// What was found where the segment of this manifest should be.
    public static ArchiveSegment segment(Manifest manifest, Bytes bytes) throws BrokenException {
        var name = manifest.segmentName();
        ArchiveSegment segment;
        try {
            segment = ArchiveSegment.decode(bytes);
        } catch (MalformedException e) {
            throw new BrokenException(name, "is damaged: " + e.getMessage());
        }
        if (!segment.name().equals(name)) {
            throw new BrokenException(name, "holds " + segment.name());
        }
        if (!Hash.of(bytes).equals(manifest.segment())) {
            throw new BrokenException(name, "holds other entries than those whose hash is in " + manifest.name());
        }
        return segment;
    }
}
