package dev.scrubjay.bug;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes patches anew whose surroundings have changed.
///
/// What a patch changes must still be there, with one line on either side as it was. Whether the bug is still
/// the same one is for a person to judge, and for the checks that must catch it.
public final class PatchRefresh {
    private final Path home;
    private final Path temporary;

    /// @param home the checkout
    /// @param temporary where a folder for the work is made
    public PatchRefresh(Path home, Path temporary) {
        this.home = home;
        this.temporary = temporary;
    }

    /// Says which patches were written anew. Those that are as they should be stay untouched.
    ///
    /// @throws InputException if one fits nowhere any more; those before it are written
    public List<Path> refresh(List<Bug> bugs) throws IOException, InterruptedException {
        var written = new ArrayList<Path>();
        for (var bug : bugs) {
            for (var patch : Stream.concat(bug.specPatch().stream(), bug.implPatch().stream())
                    .toList()) {
                try (var scratch = Scratch.createIn(temporary)) {
                    var now = difference(patch, scratch.path());
                    if (!now.equals(Files.readString(patch.file()))) {
                        Files.writeString(patch.file(), now);
                        written.add(patch.file());
                    }
                }
            }
        }
        return written;
    }

    private String difference(Patch patch, Path folder) throws IOException, InterruptedException {
        for (var side : List.of("a", "b")) {
            for (var file : patch.changes()) {
                var from = home.resolve(file);
                if (!Files.isRegularFile(from)) {
                    throw new InputException(patch.file() + ": there is no file " + file + " any more; write it anew");
                }
                var to = folder.resolve(side).resolve(file);
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
        var applied = Git.apply(patch, folder.resolve("b"), "-C1");
        if (applied.exit() != 0) {
            throw new InputException(
                    patch.file() + ": fits nowhere any more (" + applied.firstLine() + "); write it anew");
        }
        var difference = Git.run(folder, List.of("diff", "--no-index", "--no-prefix", "--no-color", "a", "b"));
        return difference
                .output()
                .lines()
                .filter(line -> !line.startsWith("diff --git ") && !line.startsWith("index "))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
