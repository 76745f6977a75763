package dev.scrubjay.bug;

import dev.scrubjay.specs.Model;
import dev.scrubjay.specs.ModelChecker;
import dev.scrubjay.specs.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds out which invariant or property it was that did not hold.
///
/// TLC names an invariant, and a property over steps, but of several properties over whole behaviours it says
/// only that one is broken. Then each is looked at alone, in their order.
final class BrokenName {
    /// What a configuration of ours checks: a word at the margin, and the lines below it that are indented.
    private static final Pattern CHECKED =
            Pattern.compile("^(?:INVARIANTS?|PROPERTY|PROPERTIES)\\b.*\\n(?:[ \\t]+.*\\n)*", Pattern.MULTILINE);

    private final ModelChecker checker;
    private final Model model;

    /// @param model one in a folder that may be written to
    BrokenName(ModelChecker checker, Model model) {
        this.checker = checker;
        this.model = model;
    }

    /// Empty where it is none of them: a deadlock, or a formula that TLC cannot evaluate.
    Optional<String> of(Outcome.Violated violated) throws IOException, InterruptedException {
        if (!violated.name().isEmpty()) {
            return Optional.of(violated.name());
        }
        if (violated.kind() == Outcome.Kind.PROPERTY) {
            for (var property : model.properties()) {
                if (checker.check(only(property), (_, _) -> {}).outcome() instanceof Outcome.Violated) {
                    return Optional.of(property);
                }
            }
        }
        return Optional.empty();
    }

    private Model only(String property) throws IOException {
        var rest = CHECKED.matcher(Files.readString(model.config()) + "\n").replaceAll("");
        var config = model.config().resolveSibling(model.name() + "." + property + ".cfg");
        Files.writeString(config, rest + "PROPERTY " + property + "\n");
        return new Model(
                model.folder(),
                model.module(),
                config,
                model.tier(),
                model.mode(),
                model.limitSeconds(),
                model.expected(),
                model.distinctStates(),
                model.leavesOut(),
                model.reach(),
                List.of(),
                List.of(property));
    }
}
