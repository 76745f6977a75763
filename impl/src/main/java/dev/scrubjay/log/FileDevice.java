package dev.scrubjay.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// A folder of a real disk. One thread of its own does everything, in the order in which it was asked for.
///
/// From the first failure on nothing more is done, and every sync says what failed.
public final class FileDevice implements Device, AutoCloseable {
    private static final int ZEROS = 1 << 20;

    private final Path folder;
    private final Executor loop;
    private final ExecutorService thread;

    // Of that thread alone.
    private final TreeMap<String, FileChannel> open = new TreeMap<>();
    private Optional<String> failure = Optional.empty();

    /// A folder that is there.
    ///
    /// @param loop whose thread hears how syncs ended, and may read then: not the one that does the work here
    public FileDevice(Path folder, Executor loop) {
        this.folder = folder;
        this.loop = loop;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("log " + folder).factory());
    }

    /// Something that is done to the disk.
    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }

    @Override
    public List<String> names() throws IOException {
        return asked(() -> {
            try (var files = Files.list(folder)) {
                return files.map(file -> file.getFileName().toString()).sorted().toList();
            }
        });
    }

    @Override
    public long size(String name) throws IOException {
        return asked(() -> Files.size(folder.resolve(name)));
    }

    @Override
    public void read(String name, long from, ByteBuffer into) throws IOException {
        asked(() -> {
            var channel = channel(name);
            long at = from;
            for (int read = 0; read >= 0 && into.hasRemaining(); at += read) {
                read = channel.read(into, at);
            }
            return at;
        });
    }

    private <T> T asked(Callable<T> question) throws IOException {
        var answer = new FutureTask<>(question);
        thread.execute(answer);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException(folder.toString()).initCause(e);
        }
    }

    @Override
    public void create(String name, long bytes) {
        change(name, () -> {
            close(name);
            Files.deleteIfExists(folder.resolve(name));
            var channel = channel(name, StandardOpenOption.CREATE_NEW);
            for (long at = 0; at < bytes; at += ZEROS) {
                put(channel, ByteBuffer.allocate((int) Math.min(ZEROS, bytes - at)), at);
            }
        });
    }

    @Override
    public void write(String name, long from, byte[] bytes) {
        change(name, () -> put(channel(name), ByteBuffer.wrap(bytes), from));
    }

    private static void put(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
        for (long at = from; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void delete(String name) {
        change(name, () -> {
            close(name);
            Files.delete(folder.resolve(name));
        });
    }

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        change(name, () -> channel(name).force(false));
        tell(ended);
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        change("the folder", () -> {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        });
        tell(ended);
    }

    private void change(String name, Change change) {
        thread.execute(() -> {
            if (failure.isEmpty()) {
                try {
                    change.run();
                } catch (IOException e) {
                    failure = Optional.of(name + ": " + e);
                }
            }
        });
    }

    private void tell(Consumer<Outcome> ended) {
        thread.execute(() -> {
            var outcome = failure.<Outcome>map(Outcome.Failed::new).orElseGet(Outcome.Synced::new);
            loop.execute(() -> ended.accept(outcome));
        });
    }

    private FileChannel channel(String name, StandardOpenOption... more) throws IOException {
        var channel = open.get(name);
        if (channel == null) {
            var options = new TreeSet<>(List.of(more));
            options.addAll(List.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            channel = FileChannel.open(folder.resolve(name), options);
            open.put(name, channel);
        }
        return channel;
    }

    private void close(String name) throws IOException {
        var channel = open.remove(name);
        if (channel != null) {
            channel.close();
        }
    }

    /// Waits until all that was asked for is done.
    @Override
    public void close() {
        change("the end", () -> {
            for (var channel : open.values()) {
                channel.close();
            }
        });
        thread.close();
    }
}
