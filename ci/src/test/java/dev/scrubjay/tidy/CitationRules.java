package dev.scrubjay.tidy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Specification and code cite each other by name, so that a reader can lay them side by side.
final class CitationRules {
    private static final String MODULE = "ReplicationGroup";
    private static final Pattern DEFINITION = Pattern.compile("(?m)^([A-Z]\\w*)(?:\\([^)]*\\))? ==");
    private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w*");
    private static final Pattern CITATION =
            Pattern.compile("(?m)^\\s*///? (Spec|Spec test|Spec differs): (\\w+)!(\\w+)");
    private static final Pattern EVENT = Pattern.compile("(?m)^    record (\\w+)\\(");
    private static final Pattern EXPLAINED = Pattern.compile("e\\.action = \"(\\w+)\"");

    private CitationRules() {}

    /// Each action stands in the code once, and in the trace once.
    static List<String> everyActionIsCited(Tree tree) {
        var violations = new ArrayList<String>();
        var specification = Path.of("specs", MODULE + ".tla");
        if (!tree.has(specification.toString())) {
            return violations;
        }
        var cited = new TreeMap<String, Integer>();
        for (var file : tree.files(".java")) {
            if (file.toString().contains("src/main/java")) {
                all(CITATION, tree.text(file))
                        .filter(citation -> citation.group(1).equals("Spec")
                                && citation.group(2).equals(MODULE))
                        .forEach(citation -> cited.merge(citation.group(3), 1, Integer::sum));
            }
        }
        var events = names(tree, "impl/src/main/java/dev/scrubjay/trace/TraceEvent.java", EVENT);
        var explained = names(tree, "specs/trace/" + MODULE + "Trace.tla", EXPLAINED);
        for (var action : actions(tree.text(specification))) {
            var where = specification + ": " + action;
            int times = cited.getOrDefault(action, 0);
            if (times != 1) {
                violations.add(where + " is cited " + times + " times; write '/// Spec: " + MODULE + "!" + action
                        + "' at the one method that does it");
            }
            if (!events.contains(action)) {
                violations.add(where + " has no event; add a record of that name to TraceEvent");
            }
            if (!explained.contains(action)) {
                violations.add(where + " has no line in the trace specification; add one");
            }
        }
        return violations;
    }

    /// A citation of something that is not there misleads.
    static List<String> everyCitationResolves(Tree tree) {
        var violations = new ArrayList<String>();
        for (var file : tree.files(".java")) {
            all(CITATION, tree.text(file)).forEach(citation -> {
                var module = "specs/" + citation.group(2) + ".tla";
                if (!tree.has(module)
                        || !definitions(tree.text(Path.of(module))).containsKey(citation.group(3))) {
                    violations.add(file + ": there is no " + citation.group(3) + " in " + module);
                }
            });
        }
        return violations;
    }

    /// What Next comes to: its names, and those in turn, down to what says what changes.
    private static Set<String> actions(String module) {
        var definitions = definitions(module);
        var actions = new TreeSet<String>();
        collect("Next", definitions, actions);
        return actions;
    }

    private static void collect(String name, Map<String, String> definitions, Set<String> actions) {
        var body = definitions.getOrDefault(name, "");
        if (body.contains("'") || body.contains("UNCHANGED")) {
            actions.add(name);
            return;
        }
        all(NAME, body)
                .map(MatchResult::group)
                .filter(used -> definitions.containsKey(used) && !used.equals(name))
                .distinct()
                .filter(used -> changes(used, definitions))
                .forEach(used -> collect(used, definitions, actions));
    }

    /// Whether something changes when this is done; a set or a helper changes nothing.
    private static boolean changes(String name, Map<String, String> definitions) {
        var open = new ArrayDeque<>(List.of(name));
        var seen = new TreeSet<String>();
        while (!open.isEmpty()) {
            var next = open.remove();
            var body = definitions.getOrDefault(next, "");
            if (body.contains("'") || body.contains("UNCHANGED")) {
                return true;
            }
            if (seen.add(next)) {
                all(NAME, body)
                        .map(MatchResult::group)
                        .filter(definitions::containsKey)
                        .forEach(open::add);
            }
        }
        return false;
    }

    /// The text of each definition, without comments, up to the next one.
    private static Map<String, String> definitions(String module) {
        var text = module.replaceAll("(?m)\\\\\\*.*$", "");
        var starts = all(DEFINITION, text).toList();
        var definitions = new TreeMap<String, String>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1).start() : text.length();
            definitions.put(starts.get(i).group(1), text.substring(starts.get(i).end(), end));
        }
        return definitions;
    }

    private static Set<String> names(Tree tree, String file, Pattern pattern) {
        var names = new TreeSet<String>();
        if (tree.has(file)) {
            all(pattern, tree.text(Path.of(file))).forEach(match -> names.add(match.group(1)));
        }
        return names;
    }

    private static Stream<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
