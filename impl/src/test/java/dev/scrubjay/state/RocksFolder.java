package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.state.RocksStateStore.Sizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A state store in a folder, whose flushes are carried out and heard of when a test says so, and what is
/// left of it when its process is gone.
final class RocksFolder implements AutoCloseable {
    static final Sizes SMALL = new Sizes(1 << 20, 1 << 20);

    private final Path folder;
    private final Deque<Runnable> flusher = new ArrayDeque<>();
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final List<RocksStateStore> left = new ArrayList<>();
    private RocksStateStore store;
    private int copies;

    /// Makes one in a folder of its own in this one.
    RocksFolder(Path folder) throws IOException {
        this.folder = folder;
        this.store = open(folder.resolve("state"));
    }

    private RocksStateStore open(Path files) throws IOException {
        return new RocksStateStore(files, SMALL, loop::add, flusher::add, this::carryOutAll);
    }

    RocksStateStore store() {
        return store;
    }

    /// Has the flush that was begun write its files.
    void carryOut() {
        flusher.remove().run();
    }

    /// Also what was not carried out when a store was closed is, as by a thread that ends.
    void carryOutAll() {
        while (!flusher.isEmpty()) {
            carryOut();
        }
    }

    /// Lets the store hear that a flush ended.
    void hear() {
        loop.remove().run();
    }

    /// The files as they are, elsewhere: no process has them open, so what is in no file is gone.
    Path copy() {
        try {
            var copy = Files.createDirectory(folder.resolve("copy-" + copies++));
            copy(folder.resolve("state"), copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        for (var file : list(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    static Path only(Path folder, String part) throws IOException {
        var found = list(folder).stream()
                .filter(file -> file.getFileName().toString().contains(part))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found + " have " + part + " in their names");
        }
        return found.getFirst();
    }

    static void flip(Path file, int at) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    /// The store that finds what a process left that was killed now.
    StateStore powerOff() {
        try {
            var opened = open(copy());
            left.add(opened);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Something that is done to the files of a store.
    @FunctionalInterface
    interface Change {
        void to(Path files) throws IOException;
    }

    /// Does something to the files while nobody has them open.
    void reopen(Change change) {
        store.close();
        try {
            change.to(folder.resolve("state"));
            store = open(folder.resolve("state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        left.forEach(StateStore::close);
        store.close();
    }
}
