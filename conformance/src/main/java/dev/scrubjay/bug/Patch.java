package dev.scrubjay.bug;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A unified diff, with paths relative to the root of the checkout.
///
/// @param file where it lies
/// @param changes the files that it changes
/// @param lines how many lines it removes and adds
public record Patch(Path file, List<String> changes, int lines) {
    /// A larger one is not one mistake.
    public static final int LINES_MAX = 15;

    private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,(\\d+))? \\+\\d+(?:,(\\d+))? @@.*");

    public Patch {
        changes = List.copyOf(changes);
    }

    /// Reads the change of a bug as far as it must be understood here: git applies it.
    ///
    /// @param mayChange the paths that such a patch is about
    /// @param what the same in words
    static Patch read(Path file, Pattern mayChange, String what) throws IOException {
        var patch = readAny(file, mayChange, what);
        if (patch.lines() > LINES_MAX) {
            throw refusal(
                    file,
                    0,
                    "changes " + patch.lines() + " lines; a bug is one mistake of at most " + LINES_MAX
                            + ", so cut it");
        }
        return patch;
    }

    /// Reads a change of any size.
    public static Patch readAny(Path file, Pattern mayChange, String what) throws IOException {
        var text = Files.readAllLines(file);
        var changes = new ArrayList<String>();
        int lines = 0;
        for (int i = 0; i < text.size(); i++) {
            var line = text.get(i);
            if (line.startsWith("+++ ")) {
                var path = line.replaceFirst("^\\+\\+\\+ b/", "").replaceFirst("\t.*", "");
                if (!mayChange.matcher(path).matches() || path.contains("..")) {
                    throw refusal(file, i, "changes '" + path + "'; it may only change " + what);
                }
                changes.add(path);
            }
            var hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                if (changes.isEmpty()) {
                    throw refusal(file, i, "a change before the name of its file; wants a unified diff");
                }
                int before = count(hunk.group(1));
                int after = count(hunk.group(2));
                while ((before > 0 || after > 0) && i + 1 < text.size()) {
                    i++;
                    switch (text.get(i).isEmpty() ? ' ' : text.get(i).charAt(0)) {
                        case '-' -> {
                            before--;
                            lines++;
                        }
                        case '+' -> {
                            after--;
                            lines++;
                        }
                        case ' ' -> {
                            before--;
                            after--;
                        }
                        case '\\' -> {} // No newline at the end of the file.
                        default -> throw refusal(file, i, "neither kept nor removed nor added; wants a unified diff");
                    }
                }
                if (before != 0 || after != 0) {
                    throw refusal(
                            file, i, "a hunk has not as many lines as it says; make the patch anew with git diff");
                }
            }
        }
        if (lines == 0) {
            throw refusal(file, 0, "changes nothing; wants a unified diff");
        }
        return new Patch(file, changes, lines);
    }

    private static int count(@Nullable String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private static InputException refusal(Path file, int index, String what) {
        return new InputException(file + ":" + (index + 1) + ": " + what);
    }
}
