package dev.scrubjay.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What may not stand in a file, whatever it says.
final class TextRules {
    private static final Set<String> BINARY = Set.of("jar", "png", "gz");
    private static final int JAVA_LINES_MAX = 600;

    /// The formatter breaks a longer `///` line in two and forgets the slashes of the second.
    private static final int COMMENT_COLUMNS_MAX = 110;

    // Put together from pieces, so that this file does not break its own rule.
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.}~-])/(" + "wo" + "rk|ro" + "ot|ho" + "me/\\w|Us" + "ers/\\w)[\\w/]*");
    private static final Pattern REGISTRY_HOST = Pattern.compile(
            String.join(
                    "|",
                    "re" + "po1?\\.maven\\.(apache\\.)?org",
                    "(central|oss|s01)\\.sona" + "type\\.",
                    "npm" + "js\\.(org|com)",
                    "(deb|security)\\.deb" + "ian\\.org",
                    "clo" + "jars\\.org",
                    "py" + "pi\\.org"),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SLEEP =
            Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(|@Disab" + "led\\b");
    private static final Pattern NEEDS_ON_PROPERTY =
            Pattern.compile("@Needs\\([^)]*\\)\\s+@Prop" + "erty|@Prop" + "erty(\\([^)]*\\))?\\s+@Needs");

    private TextRules() {}

    /// A path that is right on one machine is wrong on all others.
    static List<String> machinePaths(Tree tree) {
        return matches(tree, tree.files(), MACHINE_PATH, "is a path of one machine; say it relative to the checkout");
    }

    /// The build tools know where their registries are, and users have mirrors of their own.
    static List<String> registryHosts(Tree tree) {
        return matches(tree, tree.files(), REGISTRY_HOST, "is the host of a package registry; leave it to the tools");
    }

    /// A test waits for what it is told, never for a time.
    static List<String> sleepingTests(Tree tree) {
        return matches(
                tree, tests(tree), SLEEP, "has no place in a test; wait for the event, or mend or delete the test");
    }

    /// jqwik's engine does not ask JUnit's conditions, so the need would be ignored.
    static List<String> needsOnProperties(Tree tree) {
        return matches(tree, tests(tree), NEEDS_ON_PROPERTY, "does not work on a property; move it to a @Test");
    }

    static List<String> longFiles(Tree tree) {
        return tree.files(".java").stream()
                .filter(file -> tree.text(file).lines().count() > JAVA_LINES_MAX)
                .map(file -> file + ": over " + JAVA_LINES_MAX + " lines; it is asking to be two")
                .toList();
    }

    static List<String> longComments(Tree tree) {
        var violations = new ArrayList<String>();
        for (var file : tree.files(".java")) {
            var lines = tree.text(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).strip().startsWith("//") && lines.get(i).length() > COMMENT_COLUMNS_MAX) {
                    violations.add(file + ":" + (i + 1) + ": a comment over " + COMMENT_COLUMNS_MAX
                            + " columns, which the formatter would break; break it yourself");
                }
            }
        }
        return violations;
    }

    /// JUnit takes such a line for a comment, and the row is never run.
    static List<String> rowsThatAreComments(Tree tree) {
        var violations = new ArrayList<String>();
        for (var file : tests(tree)) {
            boolean inTable = false;
            var lines = tree.text(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                inTable = inTable
                        ? !lines.get(i).contains("\"\"\"")
                        : lines.get(i).endsWith("textBlock = \"\"\"");
                if (inTable && lines.get(i).strip().startsWith("#")) {
                    violations.add(file + ":" + (i + 1)
                            + ": a row that begins with # is a comment to JUnit; quote its first cell");
                }
            }
        }
        return violations;
    }

    private static List<Path> tests(Tree tree) {
        return tree.files(".java").stream()
                .filter(file -> file.toString().contains("src/test/"))
                .toList();
    }

    private static List<String> matches(Tree tree, List<Path> files, Pattern pattern, String remedy) {
        var violations = new ArrayList<String>();
        for (var file : files) {
            var name = file.toString();
            if (!BINARY.contains(name.substring(name.lastIndexOf('.') + 1))) {
                var text = tree.text(file);
                var match = pattern.matcher(text);
                while (match.find()) {
                    var line = text.substring(0, match.start()).lines().count();
                    violations.add(file + ":" + Math.max(1, line) + ": '"
                            + match.group().strip() + "' " + remedy);
                }
            }
        }
        return violations;
    }
}
