package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder of its own for one run of TLC, gone when the run is over.
///
/// TLC names its working folder by the second and unpacks its standard modules under fixed names, so two runs
/// that share a place destroy each other.
record RunFolder(Path path) implements AutoCloseable {

    static RunFolder createIn(Path temporary) {
        try {
            return new RunFolder(Files.createTempDirectory(temporary, "scrubjay-tlc-"));
        } catch (IOException _) {
            throw new InputException(
                    temporary + ": no temporary files can be written there; set TMPDIR to a folder where they can");
        }
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
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
