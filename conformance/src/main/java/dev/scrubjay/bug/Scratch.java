package dev.scrubjay.bug;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder in which something patched is tried, gone afterwards.
public record Scratch(Path path) implements AutoCloseable {
    private static final int DELETE_ATTEMPTS_MAX = 100;

    public static Scratch createIn(Path temporary) {
        try {
            // Its real name: git compares it with where it is.
            return new Scratch(
                    Files.createTempDirectory(temporary, "scrubjay-bug-").toRealPath());
        } catch (IOException _) {
            throw new InputException(
                    temporary + ": no temporary files can be written there; set TMPDIR to a folder where they can");
        }
    }

    /// A process that has just been ended may have left a file that was not there when its folder was listed.
    @Override
    public void close() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                delete();
                return;
            } catch (IOException e) {
                if (attempt == DELETE_ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
