package dev.scrubjay.cli;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A line of a file that says which verdicts are right: a path, an object, options, and a verdict.
///
/// @param line which line of the file
/// @param file one history that the path names; `*` in it stands for anything in one folder
/// @param object what `--object` would be given
/// @param options further options, as on the command line
/// @param verdict the word that is expected
record Expectation(int line, Path file, String object, List<String> options, String verdict) {
    private static final List<String> VERDICTS = List.of("linearizable", "not-linearizable", "unknown");
    private static final String MODULE = "tla:";
    private static final String FORM = "wants PATH OBJECT [OPTION ...] VERDICT";

    Expectation {
        options = List.copyOf(options);
    }

    /// All lines of a file, with one expectation for each history that a path names.
    ///
    /// @param folder what the paths start from
    static List<Expectation> read(Path file, Path folder) {
        var expectations = new ArrayList<Expectation>();
        var lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            var words = List.of(lines.get(i).replaceFirst("#.*", "").trim().split("\\s+"));
            if (words.getFirst().isEmpty()) {
                continue;
            }
            var where = file + ":" + (i + 1) + ": ";
            if (words.size() < 3) {
                throw new InputException(where + FORM + ", but has '" + String.join(" ", words) + "'");
            }
            if (!VERDICTS.contains(words.getLast())) {
                throw new InputException(where + "'" + words.getLast() + "' is no verdict; the last word is one of "
                        + String.join(", ", VERDICTS));
            }
            for (var history : histories(folder, words.getFirst(), where)) {
                expectations.add(new Expectation(
                        i + 1,
                        history,
                        object(words.get(1), folder),
                        words.subList(2, words.size() - 1),
                        words.getLast()));
            }
        }
        if (expectations.isEmpty()) {
            throw new InputException(file + ": expects nothing; a line " + FORM);
        }
        return expectations;
    }

    /// A module is a file too.
    private static String object(String name, Path folder) {
        return name.startsWith(MODULE) ? MODULE + folder.resolve(name.substring(MODULE.length())) : name;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read; --expect wants a text file of expectations");
        }
    }

    private static List<Path> histories(Path folder, String path, String where) {
        if (!path.contains("*")) {
            return List.of(folder.resolve(path));
        }
        var pattern = folder.resolve(path);
        var parent = pattern.getParent();
        if (parent == null || parent.toString().contains("*") || !Files.isDirectory(parent)) {
            throw new InputException(where + path + ": '*' stands for the names in one folder that is there");
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.getFileName());
        try (var entries = Files.list(parent)) {
            var found = entries.filter(entry -> matcher.matches(entry.getFileName()))
                    .sorted()
                    .toArray(Path[]::new);
            if (found.length == 0) {
                throw new InputException(where + "nothing in " + parent + " is called " + pattern.getFileName());
            }
            return Arrays.asList(found);
        } catch (IOException e) {
            throw new InputException(where + parent + ": cannot be read");
        }
    }
}
