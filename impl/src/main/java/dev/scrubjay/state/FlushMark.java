package dev.scrubjay.state;

import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Encoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// How many flushes ended well, in a file beside those of RocksDB.
///
/// RocksDB cannot tell a list of tables whose end was damaged from one whose end was never written: it opens
/// what an earlier flush left, or nothing at all, and says no word. So each flush takes its own number along
/// into the database, and this file says afterwards which number must be there at least.
final class FlushMark {
    static final String NAME = "FLUSHES";

    private static final byte VERSION = 1;

    private final Path folder;

    FlushMark(Path folder) {
        this.folder = folder;
    }

    /// Whatever happens meanwhile, either this is there afterwards or what was there before.
    void write(long flushes) throws IOException {
        var beside = folder.resolve(NAME + ".new");
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(frame(flushes));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /// How many there were.
    ///
    /// @throws MalformedException where nobody can say
    long read() throws IOException {
        try {
            return flushes(Files.readAllBytes(folder.resolve(NAME)));
        } catch (NoSuchFileException e) {
            throw (MalformedException) new MalformedException("is not there").initCause(e);
        }
    }

    static byte[] frame(long flushes) {
        return new Encoder().put(VERSION).put(flushes).framed();
    }

    /// Reads what `frame` wrote.
    static long flushes(byte[] bytes) {
        var frame = Decoder.ofFrame(bytes);
        if (frame.oneByte() != VERSION) {
            throw frame.unknown("count of flushes");
        }
        long flushes = frame.atLeast(0, "count of flushes");
        frame.end();
        return flushes;
    }

    /// Has a folder remember the names in it.
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
