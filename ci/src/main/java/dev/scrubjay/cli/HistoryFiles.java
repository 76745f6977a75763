package dev.scrubjay.cli;

import dev.scrubjay.history.Histories;
import dev.scrubjay.specs.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The histories that a person names: files, folders full of them, and `-` for standard input.
final class HistoryFiles {
    static final Path STANDARD_INPUT = Path.of("-");

    /// In a folder, only what looks like a history is one.
    private static final Pattern ENDING = Pattern.compile(".*\\.(edn|json|jsonl|ndjson|log|txt)(\\.gz)?");

    private HistoryFiles() {}

    /// All histories that are meant, those of a folder sorted.
    static List<Path> of(List<Path> named) throws IOException {
        var files = new ArrayList<Path>();
        for (var path : named) {
            if (path.equals(STANDARD_INPUT) || !Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (var inside = Files.walk(path)) {
                var histories = inside.filter(Files::isRegularFile)
                        .filter(file ->
                                ENDING.matcher(file.getFileName().toString()).matches())
                        .sorted()
                        .toList();
                if (histories.isEmpty()) {
                    throw new InputException(path + ": no history in this folder; files end in .edn, .json, .jsonl, "
                            + ".ndjson, .log or .txt, and .gz after that");
                }
                files.addAll(histories);
            }
        }
        return files;
    }

    static Histories.Loaded load(Path file, InputStream standardInput) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return Histories.load(standardInput, "standard input");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return Histories.load(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new InputException(
                    file + ": no such file; name a history, a folder of histories, or - for standard input");
        }
    }
}
