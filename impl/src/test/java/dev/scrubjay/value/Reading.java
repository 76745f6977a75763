package dev.scrubjay.value;

import com.sun.management.ThreadMXBean;
import dev.scrubjay.value.Decoder.MalformedException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/// What reading may do, whatever the bytes: give a value or refuse them, and take memory by the bytes that
/// are there, not by a length that they name.
///
/// Each law here and each one made from these is asked by the tests of its form about bytes that are nearly
/// right, and by a fuzzer about all others.
public final class Reading {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// What a refusal takes.
    private static final long BYTES_FIXED = 1 << 20;

    private static final long BYTES_PER_BYTE = 100;

    private Reading() {}

    /// Reads within what so many bytes may take, also where they are refused. Where it took more, it is read
    /// once more: it may have been the JVM, which loads classes at the first time.
    public static <T> T bounded(long bytes, Supplier<T> read) {
        long most = BYTES_FIXED + BYTES_PER_BYTE * bytes;
        if (taken(read) > most) {
            long taken = taken(read);
            if (taken > most) {
                throw new AssertionError(taken + " bytes of memory to read " + bytes);
            }
        }
        return read.get();
    }

    private static long taken(Supplier<?> read) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            var _ = read.get();
        } catch (RuntimeException _) {
            // That takes memory too; who asked hears of it.
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /// What is read from a frame around this body says everything that was in it, or it is refused: each
    /// value has one form. The checksum is right, as of a faulty writer.
    public static <T> void ofBody(byte[] body, Function<byte[], T> decode, Function<T, byte[]> encode) {
        ofBody(body, decode, encode, false);
    }

    /// The same of a body that begins with a version: of a later one the first part is what would be written.
    public static <T> void ofGrowingBody(byte[] body, Function<byte[], T> decode, Function<T, byte[]> encode) {
        boolean isLater = body.length > 0 && FormVersion.of(body[0]).minor() > 0;
        ofBody(body, decode, encode, isLater);
    }

    private static <T> void ofBody(
            byte[] body, Function<byte[], T> decode, Function<T, byte[]> encode, boolean isLater) {
        var bytes = Damage.framed(body);
        T read;
        try {
            read = bounded(bytes.length, () -> decode.apply(bytes));
        } catch (MalformedException _) {
            return;
        }
        var written = Damage.body(encode.apply(read));
        boolean isSame = isLater
                ? written.length <= body.length && Arrays.equals(written, 1, written.length, body, 1, written.length)
                : Arrays.equals(written, body);
        if (!isSame) {
            throw new AssertionError(Damage.hex(bytes) + " was read as " + read);
        }
    }
}
