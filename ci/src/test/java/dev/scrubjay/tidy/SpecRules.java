package dev.scrubjay.tidy;

import dev.scrubjay.specs.Model;
import dev.scrubjay.specs.SpecsFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a specification and its models must have around them.
final class SpecRules {
    private static final Pattern INVARIANT_NAME = Pattern.compile("TypeOK|[A-Z]\\w*Inv");
    private static final Pattern PROPERTY_NAME = Pattern.compile("[A-Z]\\w*Prop");

    private SpecRules() {}

    /// A model that the manifest does not list is a model that nobody runs.
    static List<String> everyModelIsListed(Tree tree) {
        var listed = models(tree).stream()
                .map(model -> tree.root().relativize(model.config()))
                .collect(Collectors.toSet());
        return tree.files(".cfg").stream()
                .filter(config -> config.startsWith("specs/models") && !listed.contains(config))
                .map(config -> config + ": not in specs/manifest.json; list it with its expected number of states")
                .toList();
    }

    /// A reader of a configuration wants to know what it is for and how large it is before anything else.
    static List<String> everyFileBeginsWithAHeader(Tree tree) {
        var violations = new ArrayList<String>();
        for (var file : tree.files()) {
            if (file.startsWith("specs") && file.toString().matches("(?!.*/src/).*\\.(tla|cfg)")) {
                var first = tree.text(file)
                        .lines()
                        .skip(file.toString().endsWith(".tla") ? 1 : 0)
                        .findFirst();
                if (!first.orElse("").startsWith("\\* ")) {
                    violations.add(file + ": begin with a comment that says what it says, or checks, in plain words");
                }
            }
        }
        return violations;
    }

    /// One ending for what holds in a state and one for what holds over steps, so that a name says what to
    /// look for.
    static List<String> namesOfInvariants(Tree tree) {
        var violations = new ArrayList<String>();
        for (var model : models(tree)) {
            model.invariants().stream()
                    .filter(name -> !INVARIANT_NAME.matcher(name).matches())
                    .forEach(name -> violations.add(where(tree, model) + ": call invariant " + name + " ...Inv"));
            model.properties().stream()
                    .filter(name -> !PROPERTY_NAME.matcher(name).matches())
                    .forEach(name -> violations.add(where(tree, model) + ": call property " + name + " ...Prop"));
            model.reach().stream()
                    .filter(name -> !name.startsWith("Reach")
                            || !INVARIANT_NAME.matcher(name).matches())
                    .forEach(name -> violations.add(where(tree, model) + ": call invariant " + name + " Reach...Inv"));
        }
        return violations;
    }

    /// What each model of a module leaves out for its bounds must happen in another one.
    static List<String> everyActionHappensSomewhere(Tree tree) {
        var leftOut = new TreeMap<Path, Set<String>>();
        for (var model : models(tree)) {
            var module = tree.root().relativize(model.module());
            model.leavesOut()
                    .ifPresent(actions -> leftOut.computeIfAbsent(module, _ -> new TreeSet<>(actions))
                            .retainAll(actions));
        }
        var violations = new ArrayList<String>();
        leftOut.forEach((module, actions) -> actions.forEach(action ->
                violations.add(module + ": all its models leave out " + action + "; add one in which it happens")));
        return violations;
    }

    private static Path where(Tree tree, Model model) {
        return tree.root().relativize(model.config());
    }

    private static List<Model> models(Tree tree) {
        try {
            return SpecsFolder.open(tree.root().resolve("specs")).models();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
