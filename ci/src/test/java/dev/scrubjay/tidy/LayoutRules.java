package dev.scrubjay.tidy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// What lies where, and which module may use which.
final class LayoutRules {
    private static final Set<String> TOP_LEVEL = Set.of(
            "specs",
            "impl",
            "history-checker",
            "fault-injection",
            "conformance",
            "ci",
            "docs",
            "pom.xml",
            "scrubjay",
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            "LICENSE");

    /// Each module and those it may use. `testing` is for tests alone.
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "testing", Set.of(),
            "specs", Set.of(),
            "impl", Set.of(),
            "history-checker", Set.of(),
            "fault-injection", Set.of("impl", "history-checker"),
            "conformance", Set.of("specs", "impl", "history-checker", "fault-injection"),
            "ci", Set.of("specs", "impl", "history-checker", "fault-injection", "conformance"));

    private static final String OURS = "scrubjay-";

    private LayoutRules() {}

    /// Every later thing has one obvious place, and none of them is a new folder at the top.
    static List<String> topLevel(Tree tree) {
        var names = new TreeSet<String>();
        tree.files().forEach(file -> names.add(file.getName(0).toString()));
        return names.stream()
                .filter(name -> !TOP_LEVEL.contains(name) && !name.startsWith("."))
                .map(name -> name + ": has no place at the top; put it into a module or into docs")
                .toList();
    }

    static List<String> moduleArrows(Tree tree) {
        var violations = new ArrayList<String>();
        for (var pom : modulePoms(tree)) {
            var document = parse(tree.text(pom));
            var module = child(document.getDocumentElement(), "artifactId").substring(OURS.length());
            for (var dependency : dependencies(document)) {
                var name = child(dependency, "artifactId");
                if (!name.startsWith(OURS)) {
                    continue;
                }
                var used = name.substring(OURS.length());
                var isTest = child(dependency, "scope").equals("test");
                if (used.equals("testing")
                        ? !isTest
                        : !ARROWS.getOrDefault(module, Set.of()).contains(used)) {
                    violations.add(pom + ": " + module + " may not use " + used
                            + (isTest ? "" : " outside its tests") + "; move the code to where the arrow points, "
                            + "see ARCHITECTURE.md");
                }
            }
        }
        return violations;
    }

    /// One place to read which versions we build with, and one to change.
    static List<String> versionsInTheParent(Tree tree) {
        var violations = new ArrayList<String>();
        for (var pom : modulePoms(tree)) {
            var document = parse(tree.text(pom));
            var versions = document.getElementsByTagName("version");
            IntStream.range(0, versions.getLength())
                    .mapToObj(versions::item)
                    .filter(version -> !version.getParentNode().getNodeName().equals("parent"))
                    .forEach(version -> violations.add(
                            pom + ": version " + version.getTextContent() + " belongs into the parent pom"));
        }
        return violations;
    }

    /// A package is one idea: it says which, and has no package inside it, which would be a second.
    static List<String> packages(Tree tree) {
        var violations = new ArrayList<String>();
        var packages = new TreeMap<String, Path>();
        for (var file : tree.files(".java")) {
            var path = file.toString();
            var begin = path.indexOf("src/main/java/");
            if (begin >= 0) {
                packages.put(
                        path.substring(begin + "src/main/java/".length(), path.lastIndexOf('/')), file.getParent());
            }
        }
        packages.forEach((name, folder) -> {
            var info = folder.resolve("package-info.java");
            if (!Files.exists(tree.root().resolve(info))) {
                violations.add(folder + ": no package-info.java; add one that says what lives here and what may not");
            } else if (!tree.text(info).contains("@NullMarked")
                    || !tree.text(info).startsWith("///")) {
                violations.add(info + ": begin with /// and what lives here, and mark the package @NullMarked");
            }
            packages.keySet().stream()
                    .filter(other -> other.startsWith(name + "/"))
                    .forEach(other -> violations.add(packages.get(other) + ": a package inside " + name
                            + "; put it beside it, or split the idea"));
        });
        return violations;
    }

    private static List<Path> modulePoms(Tree tree) {
        return tree.files("pom.xml").stream()
                .filter(pom -> pom.getNameCount() > 1)
                .toList();
    }

    private static List<Element> dependencies(Document document) {
        var nodes = document.getElementsByTagName("dependency");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /// The text of a direct child; empty if there is none.
    private static String child(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }

    private static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(e);
        }
    }
}
