package dev.scrubjay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/// The folder of a node that is stopped, to be read and never written.
public final class StoppedDevice implements Device {
    private final Path folder;

    public StoppedDevice(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(folder.resolve(name));
    }

    @Override
    public void read(String name, long from, ByteBuffer into) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
            long at = from;
            for (int read = 0; read >= 0 && into.hasRemaining(); at += read) {
                read = channel.read(into, at);
            }
        }
    }

    private UnsupportedOperationException refused() {
        return new UnsupportedOperationException(folder + ": only read");
    }

    @Override
    public void create(String name, long bytes) {
        throw refused();
    }

    @Override
    public void write(String name, long from, byte[] bytes) {
        throw refused();
    }

    @Override
    public void delete(String name) {
        throw refused();
    }

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        throw refused();
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        throw refused();
    }
}
