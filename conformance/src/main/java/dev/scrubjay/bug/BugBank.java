package dev.scrubjay.bug;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/// A folder of bugs, one folder each.
public final class BugBank {
    private final Path path;
    private final List<Bug> bugs;

    private BugBank(Path path, List<Bug> bugs) {
        this.path = path;
        this.bugs = List.copyOf(bugs);
    }

    /// Reads all bugs of a folder, or the one that it is the folder of.
    public static BugBank open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new InputException(path + ": there is no such folder; name one that holds a folder for each bug");
        }
        if (BugFolder.isOne(path)) {
            return new BugBank(path, List.of(BugFolder.read(path)));
        }
        var bugs = new ArrayList<Bug>();
        for (var folder : foldersIn(path)) {
            bugs.add(BugFolder.read(folder));
        }
        if (bugs.isEmpty()) {
            throw new InputException(path + ": holds no bugs; a bug is a folder with a " + BugFolder.DESCRIPTION);
        }
        var numbers = new HashMap<Integer, Bug>();
        for (var bug : bugs) {
            var other = numbers.put(bug.number(), bug);
            if (other != null) {
                throw new InputException(
                        bug.folder() + ": has the number of " + other.name() + "; give each bug a number of its own");
            }
        }
        bugs.sort(Comparator.comparingInt(Bug::number));
        return new BugBank(path, bugs);
    }

    private static List<Path> foldersIn(Path path) throws IOException {
        try (var folders = Files.list(path)) {
            return folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    public List<Bug> bugs() {
        return bugs;
    }

    /// The bug of a name, or of a number.
    public Bug named(String name) {
        return bugs.stream()
                .filter(bug -> bug.name().equals(name)
                        || Integer.toString(bug.number()).equals(name.replaceFirst("^0+", "")))
                .findFirst()
                .orElseThrow(() -> new InputException("no bug '" + name + "' in " + path + "; there are: "
                        + bugs.stream().map(Bug::name).collect(Collectors.joining(", "))));
    }
}
