package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The names of actions, as a reader of the specification knows them.
///
/// TLC splits a next-state relation into actions only as far as its quantifiers do not depend on the state.
/// In `\E m \in messages : Accept(r, m)` they do, and TLC calls the action `Next`, but tells where it stands.
/// What stands there is an action applied to something, and that is the name to show. The same goes for
/// `Choose(r) /\ IsItsTurn(r)`, an action and what bounds it in a model, unless another name is defined as
/// that.
final class ActionNames {
    /// A location as TLC prints it, in words or as four numbers, with the module before or after.
    static final String LOCATION = "line (\\d+), col (\\d+) to line (\\d+), col (\\d+) of module (\\w+)";

    private static final String APPLIED = "(\\w+)\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)";
    private static final Pattern QUANTIFIED = Pattern.compile("(?:\\\\E [^:]+: *)+" + APPLIED);
    private static final Pattern BOUNDED = Pattern.compile("(?:\\\\E [^:]+: *)*" + APPLIED + " */\\\\ .*");

    private final Model model;
    private final Map<String, List<String>> sources = new HashMap<>();

    ActionNames(Model model) {
        this.model = model;
    }

    /// The name of the action that TLC calls so and that stands there.
    ///
    /// @param location four groups of the match, from this one on: line and column of its begin and of its
    /// end
    String name(String tlcName, String module, MatchResult match, int location) {
        var lines = lines(module);
        int line = Integer.parseInt(match.group(location));
        int column = Integer.parseInt(match.group(location + 1));
        var text = text(
                lines,
                line,
                column,
                Integer.parseInt(match.group(location + 2)),
                Integer.parseInt(match.group(location + 3)));
        var quantified = QUANTIFIED.matcher(text);
        if (quantified.matches()) {
            return quantified.group(1);
        }
        var bounded = BOUNDED.matcher(text);
        return bounded.matches() && !isDefinition(lines, line, column) ? bounded.group(1) : tlcName;
    }

    /// Whether what stands there is all that a name is defined as.
    private static boolean isDefinition(List<String> lines, int line, int column) {
        var before = cut(lines.get(line - 1), 0, column - 1).strip();
        if (before.isEmpty() && line > 1) {
            before = lines.get(line - 2).strip();
        }
        return before.endsWith("==");
    }

    /// What stands between two places, in one line; empty where the file is not what TLC read.
    private static String text(List<String> lines, int firstLine, int firstColumn, int lastLine, int lastColumn) {
        if (lastLine > lines.size()) {
            return "";
        }
        var covered = new ArrayList<>(lines.subList(firstLine - 1, lastLine));
        covered.set(covered.size() - 1, cut(covered.getLast(), 0, lastColumn));
        covered.set(
                0, cut(covered.getFirst(), firstColumn - 1, covered.getFirst().length()));
        return covered.stream().map(String::strip).collect(Collectors.joining(" "));
    }

    private static String cut(String line, int from, int to) {
        return line.substring(Math.min(from, line.length()), Math.min(to, line.length()));
    }

    private List<String> lines(String module) {
        return sources.computeIfAbsent(
                module, name -> model.fileOf(name).map(ActionNames::read).orElse(List.of()));
    }

    /// Names are for people; a file that is gone by now costs a name and not the verdict.
    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }
}
