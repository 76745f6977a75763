package dev.scrubjay.archive;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;

/// A link of the chain that says which archive segments a group has: the next one, and by their hashes what
/// it must hold and which manifest comes before. So who knows the last of them knows all.
///
/// @param number its place in the chain, from 1 on
/// @param order the Lamport count of who put it: what others do who read it comes after that
/// @param first the first slot of the segment
/// @param last the last one
/// @param segment the hash of the segment
/// @param previous the hash of the manifest before; none of the first
public record Manifest(long group, long number, long order, long first, long last, Bytes segment, Bytes previous) {
    private static final byte VERSION = 1;

    /// Where a group began as a part of another one: reserved, and as yet always nowhere.
    private static final long NOWHERE = 0;

    public String name() {
        return Names.manifest(group, number);
    }

    /// Where its segment lies.
    public String segmentName() {
        return Names.segment(group, first, last);
    }

    Bytes encode() {
        return Bytes.of(new Encoder()
                .put(VERSION)
                .put(group)
                .put(NOWHERE)
                .put(NOWHERE)
                .put(number)
                .put(order)
                .put(first)
                .put(last)
                .put(segment)
                .put(previous)
                .framed());
    }

    static Manifest decode(Bytes bytes) {
        var decoder = Decoder.ofFrame(bytes.toArray());
        byte version = decoder.oneByte();
        if (version != VERSION) {
            throw new MalformedException("version " + version + " of a manifest; this program reads " + VERSION);
        }
        long group = decoder.number();
        long parent = decoder.number();
        long parentSlot = decoder.number();
        if (parent != NOWHERE || parentSlot != NOWHERE) {
            throw new MalformedException(
                    "a group that began as a part of another one, which this version does not know");
        }
        var manifest = new Manifest(
                group,
                decoder.atLeast(1, "number of a manifest"),
                decoder.atLeast(0, "order"),
                decoder.slot(),
                decoder.slot(),
                decoder.bytes(),
                decoder.bytes());
        decoder.end();
        return manifest;
    }
}
