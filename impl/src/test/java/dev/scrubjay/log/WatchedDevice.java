package dev.scrubjay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A disk that counts what is read, so that a reader that goes round in circles fails and does not hang. Some
/// of its files may say that they are huge.
final class WatchedDevice implements Device {
    /// How large a huge file says that it is. A sparse one may be.
    static final long HUGE = 1L << 45;

    private final MemoryDevice device;
    private final Set<String> huge;
    private long left;

    WatchedDevice(MemoryDevice device, Set<String> huge) {
        this.device = device;
        this.huge = new TreeSet<>(huge);
    }

    /// So many bytes may be asked for from now on.
    void mayRead(long bytes) {
        left = bytes;
    }

    @Override
    public List<String> names() {
        return device.names();
    }

    @Override
    public long size(String name) throws IOException {
        return huge.contains(name) ? HUGE : device.size(name);
    }

    @Override
    public void read(String name, long from, ByteBuffer into) throws IOException {
        left -= into.remaining();
        if (left < 0) {
            throw new AssertionError("reads again and again, at last " + name + " at byte " + from);
        }
        device.read(name, from, into);
    }

    @Override
    public void create(String name, long bytes) {
        huge.remove(name);
        device.create(name, bytes);
    }

    @Override
    public void write(String name, long from, byte[] bytes) {
        device.write(name, from, bytes);
    }

    @Override
    public void delete(String name) {
        device.delete(name);
    }

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        device.sync(name, ended);
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        device.syncFolder(ended);
    }
}
