package dev.scrubjay.archive;

import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.value.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Objects as files of one folder, which several processes may share. A name is a path in it.
///
/// An object is written elsewhere, synced, and then linked under its name, which fails where there is one
/// already: so nobody ever sees half of it, and nobody replaces it. Work is done on a thread of its own.
public final class DirectoryStore implements ObjectStore, AutoCloseable {
    /// Where objects lie that have no name yet. No name begins with a dot.
    private static final String UNNAMED = ".unnamed";

    private final Path folder;
    private final Executor loop;
    private final ExecutorService thread;

    /// Opens the folder, or makes one if there is none.
    ///
    /// @param loop whose thread hears the answers
    public static DirectoryStore open(Path folder, Executor loop) throws IOException {
        Files.createDirectories(folder.resolve(UNNAMED));
        return new DirectoryStore(folder, loop);
    }

    /// Opens the folder to read what is there. Nothing is made in it, and nothing can be put.
    public static DirectoryStore toRead(Path folder, Executor loop) {
        return new DirectoryStore(folder, loop);
    }

    private DirectoryStore(Path folder, Executor loop) {
        this.folder = folder;
        this.loop = loop;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("archive " + folder).factory());
    }

    /// Something that takes a while.
    @FunctionalInterface
    private interface Work<A> {
        A done() throws IOException;
    }

    private <A> void work(Work<A> work, Function<String, A> failed, Consumer<A> answer) {
        thread.execute(() -> {
            A result;
            try {
                result = work.done();
            } catch (IOException | UnsupportedOperationException e) {
                result = failed.apply(e.toString());
            }
            var said = result;
            loop.execute(() -> answer.accept(said));
        });
    }

    @Override
    public void put(String name, Bytes bytes, Consumer<Put> answer) {
        var file = folder.resolve(Names.checked(name));
        work(() -> put(file, bytes), Put.Failed::new, answer);
    }

    private Put put(Path file, Bytes bytes) throws IOException {
        var parent = file.toAbsolutePath().resolveSibling("");
        createFolders(parent);
        var unnamed = Files.createTempFile(folder.resolve(UNNAMED), "", "");
        try {
            write(unnamed, bytes);
            var put = link(file, unnamed);
            // Whoever was first may not have come so far.
            sync(parent);
            return put;
        } finally {
            Files.deleteIfExists(unnamed);
        }
    }

    private static Put link(Path file, Path unnamed) throws IOException {
        try {
            Files.createLink(file, unnamed);
            return new Put.Stored();
        } catch (FileAlreadyExistsException _) {
            return new Put.Taken();
        }
    }

    private static void write(Path file, Bytes bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes.toArray());
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /// Each with its name in the one above safe.
    private void createFolders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            var above = parent.resolveSibling("");
            createFolders(above);
            try {
                Files.createDirectory(parent);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(parent)) {
                    throw e;
                }
            }
            sync(above);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void get(String name, Consumer<Got> answer) {
        var file = folder.resolve(Names.checked(name));
        work(() -> get(file), Got.Failed::new, answer);
    }

    private static Got get(Path file) throws IOException {
        try {
            return Files.isDirectory(file) ? new Got.Absent() : new Got.Found(Bytes.of(Files.readAllBytes(file)));
        } catch (NoSuchFileException | NotDirectoryException _) {
            return new Got.Absent();
        }
    }

    @Override
    public void list(String prefix, String after, int most, Consumer<Listed> answer) {
        work(() -> new Listed.Names(names(prefix, after, most)), Listed.Failed::new, answer);
    }

    /// What lies in other folders than the prefix names is not looked at.
    private List<String> names(String prefix, String after, int most) throws IOException {
        var within = folder.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        if (!Files.isDirectory(within)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(within)) {
            return files.filter(file -> !file.startsWith(folder.resolve(UNNAMED)) && Files.isRegularFile(file))
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
                    .sorted()
                    .limit(most)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Waits until all that was asked for is done.
    @Override
    public void close() {
        thread.close();
    }
}
