package dev.scrubjay.log;

import dev.scrubjay.value.Damage;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Reading;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// What stands on a disk, as bytes that nobody vouches for.
public final class LogBytes {
    private static final WriteAheadLog.Sizes SIZES = new WriteAheadLog.Sizes(9, 6);

    /// What one edit of a disk takes.
    static final int EDIT = 2 * Byte.BYTES + Short.BYTES + 6 * Byte.BYTES;

    private LogBytes() {}

    /// The body of a record.
    public static void readRecord(byte[] body) {
        Reading.ofGrowingBody(body, RecordForm::decode, logged -> RecordForm.encode(logged.group(), logged.record()));
    }

    /// A table of contents.
    public static void readContents(byte[] body) {
        Reading.ofBody(body, Contents::decode, Contents::encode);
    }

    /// The header of a segment, in a sector of its own.
    public static void readHeader(byte[] body) {
        var frame = Damage.framed(body);
        var payload = Arrays.copyOf(frame, Sector.PAYLOAD);
        SegmentHeader header;
        try {
            header = Reading.bounded(payload.length, () -> SegmentHeader.decode(payload));
        } catch (MalformedException _) {
            return;
        }
        if (!Arrays.equals(header.encode(), Sector.HEAD, Sector.HEAD + frame.length, frame, 0, frame.length)) {
            throw new AssertionError(Damage.hex(frame) + " was read as " + header);
        }
    }

    /// A log of a few batches in two segments, and in it one edit after another: bytes changed, sectors
    /// filled, sectors sealed as if they were what they are not. Recovery says what it makes of it, and says
    /// it again.
    public static Recovery recover(byte[] edits) {
        var device = device();
        var rest = ByteBuffer.wrap(edits);
        while (rest.remaining() >= EDIT) {
            edit(device, rest);
        }
        long bytes = device.names().stream()
                .mapToLong(name -> device.bytes(name).length)
                .sum();
        var found = Reading.bounded(bytes, () -> Logs.recover(device));
        var again = Logs.recover(device);
        if (!found.toString().equals(again.toString())) {
            throw new AssertionError("recovery found " + found + ", and then " + again);
        }
        return found;
    }

    private static MemoryDevice device() {
        var device = new MemoryDevice();
        var logs = new Logs(device, SIZES, Logs.fresh(), List.of());
        for (int length : List.of(8, 500, 1_000, 8)) {
            logs.append(length).sync();
            device.settle();
        }
        return device;
    }

    private static void edit(MemoryDevice device, ByteBuffer edit) {
        var names = device.names();
        var name = names.get(oneOf(names.size(), edit));
        int sector = oneOf(SIZES.segmentSectors(), edit);
        long segment = SegmentHeader.number(name).orElseThrow();
        var bytes = device.bytes(name);
        int at = sector * Sector.BYTES;
        bytes[at + Sector.HEAD + Short.toUnsignedInt(edit.getShort()) % Sector.PAYLOAD] = edit.get();
        int how = oneOf(4, edit);
        byte marker = new byte[] {Sector.HEADER, Sector.FRONT, Sector.BACK}[oneOf(3, edit)];
        var good = new Sector.Good(marker, number(edit), number(edit), number(edit));
        switch (how) {
            case 0 -> {}
            case 1 -> Arrays.fill(bytes, at, at + Sector.BYTES, marker == Sector.BACK ? (byte) 1 : 0);
            case 2 -> Sector.seal(bytes, at, segment, sector, good);
            default -> sealAsItWas(bytes, at, segment, sector);
        }
    }

    /// Only what is inside was changed.
    private static void sealAsItWas(byte[] bytes, int at, long segment, int sector) {
        var head = ByteBuffer.wrap(bytes, at, Sector.HEAD);
        byte marker = head.get();
        head.getInt();
        Sector.seal(bytes, at, segment, sector, new Sector.Good(marker, head.getLong(), head.getInt(), head.getInt()));
    }

    private static int oneOf(int count, ByteBuffer edit) {
        return Byte.toUnsignedInt(edit.get()) % count;
    }

    /// Mostly one that may be right.
    private static int number(ByteBuffer edit) {
        int number = Byte.toUnsignedInt(edit.get());
        return number < 192 ? number % 8 - 1 : number * 0x0101_0101;
    }
}
