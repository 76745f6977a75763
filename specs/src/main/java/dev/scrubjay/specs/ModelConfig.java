package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What we need to know of a configuration: the names it checks. TLC itself reads the rest, and judges it.
record ModelConfig(List<String> invariants, List<String> properties) {
    private static final Pattern COMMENT = Pattern.compile("\\\\\\*[^\\n]*|\\(\\*.*?\\*\\)", Pattern.DOTALL);

    private static final Set<String> INVARIANTS = Set.of("INVARIANT", "INVARIANTS");
    private static final Set<String> PROPERTIES = Set.of("PROPERTY", "PROPERTIES");
    private static final Set<String> OTHERS = Set.of(
            "CONSTANT",
            "CONSTANTS",
            "CONSTRAINT",
            "CONSTRAINTS",
            "ACTION_CONSTRAINT",
            "ACTION_CONSTRAINTS",
            "INIT",
            "NEXT",
            "VIEW",
            "SYMMETRY",
            "SPECIFICATION",
            "TYPE",
            "TYPE_CONSTRAINT",
            "CHECK_DEADLOCK",
            "ALIAS",
            "POSTCONDITION");

    static ModelConfig read(Path file) throws IOException {
        var invariants = new ArrayList<String>();
        var properties = new ArrayList<String>();
        List<String> names = new ArrayList<>();
        for (var word :
                COMMENT.matcher(Files.readString(file)).replaceAll(" ").trim().split("\\s+", -1)) {
            if (INVARIANTS.contains(word)) {
                names = invariants;
            } else if (PROPERTIES.contains(word)) {
                names = properties;
            } else if (OTHERS.contains(word)) {
                names = new ArrayList<>();
            } else {
                names.add(word);
            }
        }
        return new ModelConfig(invariants, properties);
    }
}
