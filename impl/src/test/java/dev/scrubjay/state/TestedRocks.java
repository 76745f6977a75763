package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.state.RocksStateStore.Sizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// One in a folder. A power-off leaves the files as they are: what is in none of them is gone.
public final class TestedRocks implements TestedStore {
    static final Sizes SMALL = new Sizes(1 << 20, 1 << 20);

    private final Path folder;
    private final Deque<Runnable> flusher = new ArrayDeque<>();
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final List<StateStore> left = new ArrayList<>();
    private RocksStateStore store;
    private int copies;

    /// Makes an empty one, in a folder of its own in this one.
    public TestedRocks(Path folder) {
        this.folder = folder;
        this.store = open(files());
    }

    /// A new folder in this one.
    static Path folder(Path in, int number) {
        try {
            return Files.createDirectory(in.resolve("rocks-" + number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The files of the store itself.
    public Path files() {
        return folder.resolve("state");
    }

    /// Opens what lies there. It is closed with this.
    RocksStateStore opened(Path files) {
        var opened = open(files);
        left.add(opened);
        return opened;
    }

    /// Opens what lies there, and whoever asked closes it.
    RocksStateStore open(Path files) {
        try {
            return new RocksStateStore(files, SMALL, loop::add, flusher::add, this::carryOutAll);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RocksStateStore store() {
        return store;
    }

    @Override
    public void carryOut() {
        flusher.remove().run();
    }

    /// As a thread does that ends.
    private void carryOutAll() {
        while (!flusher.isEmpty()) {
            carryOut();
        }
    }

    @Override
    public void hear() {
        loop.remove().run();
    }

    /// The files as they are at one moment, in another folder. RocksDB may merge tables meanwhile, and
    /// deletes one only after the list of tables has grown by that; so where the list has, this tries again.
    Path copy() {
        while (true) {
            var copy = folder.resolve("copy-" + copies++);
            try {
                var before = Files.readAllBytes(only(files(), "MANIFEST"));
                copy(files(), copy);
                if (Arrays.equals(before, Files.readAllBytes(only(files(), "MANIFEST")))) {
                    return copy;
                }
            } catch (NoSuchFileException _) {
                // Deleted between being listed and being copied.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            delete(copy);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        for (var file : list(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    static void delete(Path folder) {
        try {
            for (var file : list(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /// The file that has this in its name, which only one has.
    public static Path only(Path folder, String part) {
        try {
            var found = list(folder).stream()
                    .filter(file -> file.getFileName().toString().contains(part))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException(found + " have " + part + " in their names");
            }
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void flip(Path file, int at) {
        try {
            var bytes = Files.readAllBytes(file);
            bytes[at] ^= 1;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<StateStore> powerOffs() {
        return List.of(opened(copy()));
    }

    /// Has all that is under way do its work, and the store hear of it. Says whether there was anything.
    public boolean settle() {
        boolean was = !flusher.isEmpty() || !loop.isEmpty();
        carryOutAll();
        while (!loop.isEmpty()) {
            hear();
        }
        return was;
    }

    /// Closes it, and opens it again.
    public void reopen() {
        store.close();
        store = open(files());
    }

    /// In the middle of the one table there is. Opened anew, so that nothing of it is in memory.
    @Override
    public void damage(long group) {
        store.close();
        var table = only(files(), ".sst");
        flip(table, (int) (table.toFile().length() / 2));
        store = open(files());
    }

    @Override
    public void close() {
        left.forEach(StateStore::close);
        store.close();
    }
}
