package dev.scrubjay.bug;

import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the folder of one bug, strictly: a misspelt word would expect nothing.
final class BugFolder {
    static final String DESCRIPTION = "bug.md";
    static final String SPEC_PATCH = "spec.patch";
    static final String IMPL_PATCH = "impl.patch";

    private static final Pattern NAME = Pattern.compile("(\\d{2,4})-[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern FIELD = Pattern.compile("([A-Z][a-z]+(?: [a-z]+)*): *(.*)");
    private static final Pattern SPEC_FILES = Pattern.compile("specs/([A-Za-z0-9]+/)?[A-Za-z0-9.]+\\.(tla|cfg)");
    private static final Pattern IMPL_FILES = Pattern.compile("[a-z-]+/src/main/java/[A-Za-z0-9/]+\\.java");

    private static final String CATALOGUE = "Catalogue";
    private static final String CAUGHT_BY = "Caught by";
    private static final String MISSED_BY = "Missed by";
    private static final String BREAKS = "Breaks";
    private static final String MODELS = "Models";
    private static final String PLAN = "Plan";
    private static final String SCENARIO = "Scenario";
    private static final String SEEDS = "Seeds";
    private static final List<String> FIELDS =
            List.of(CATALOGUE, CAUGHT_BY, MISSED_BY, BREAKS, MODELS, PLAN, SCENARIO, SEEDS);

    /// On a calm day no check has anything to see, and outside of what a group survives each of them does.
    private static final List<PlanName> PLANS = List.of(PlanName.quick, PlanName.gray, PlanName.rolling);

    private final Path folder;
    private final Path file;

    private BugFolder(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(DESCRIPTION);
    }

    static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(DESCRIPTION));
    }

    static Bug read(Path folder) throws IOException {
        return new BugFolder(folder).bug();
    }

    private Bug bug() throws IOException {
        var name = NAME.matcher(String.valueOf(folder.getFileName()));
        if (!name.matches()) {
            throw new InputException(folder + ": call the folder of a bug by a number and words, such as 02-lost-vote");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": there is no such file; it says what the bug is and what must catch it");
        }
        var lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().matches("# \\S.*")) {
            throw refusal(1, "wants '# ' and what is wrong, in plain words");
        }
        var fields = new LinkedHashMap<String, String>();
        int next = 1;
        for (; next < lines.size(); next++) {
            var line = lines.get(next);
            var field = FIELD.matcher(line);
            if (field.matches() && (FIELDS.contains(field.group(1)) || fields.isEmpty())) {
                add(field.group(1), field.group(2).strip(), fields, next + 1);
            } else if (!line.isBlank()) {
                break;
            }
        }
        var story = String.join("\n", lines.subList(next, lines.size())).strip();
        if (story.isEmpty()) {
            throw refusal(
                    lines.size(), "tells no story; say what is wrong, whose bug it was, and what each check sees");
        }
        var spec = patch(SPEC_PATCH, SPEC_FILES, "*.tla and *.cfg in specs");
        var impl = patch(IMPL_PATCH, IMPL_FILES, "*.java in src/main/java of a module");
        var bug = new Bug(
                folder,
                Integer.parseInt(name.group(1)),
                lines.getFirst().substring(2).strip(),
                catalogue(fields),
                caughtBy(fields),
                missedBy(fields),
                breaks(fields),
                models(fields),
                plan(fields),
                scenario(fields),
                seeds(fields),
                story,
                spec,
                impl);
        check(bug);
        return bug;
    }

    private void add(String field, String value, Map<String, String> fields, int line) {
        if (!FIELDS.contains(field)) {
            throw refusal(line, "no such field '" + field + "'; there are: " + String.join(", ", FIELDS));
        }
        if (fields.put(field, value) != null) {
            throw refusal(line, "a second '" + field + "'");
        }
    }

    private OptionalInt catalogue(Map<String, String> fields) {
        var text = fields.get(CATALOGUE);
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("\\d{1,4}")) {
            throw refusal(CATALOGUE, "'" + text + "' is not a number");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private Set<CheckKind> caughtBy(Map<String, String> fields) {
        var kinds = kinds(fields, CAUGHT_BY, CheckKind.checks());
        if (kinds.isEmpty()) {
            throw refusal(
                    CAUGHT_BY, "wants the checks that must catch the bug; one that nothing catches proves nothing");
        }
        return kinds;
    }

    private Set<CheckKind> missedBy(Map<String, String> fields) {
        var kinds = kinds(fields, MISSED_BY, CheckKind.controls());
        if (kinds.isEmpty() && fields.containsKey(MISSED_BY)) {
            throw refusal(MISSED_BY, "wants what must not see the bug: " + words(CheckKind.controls()));
        }
        return kinds;
    }

    private Set<CheckKind> kinds(Map<String, String> fields, String field, List<CheckKind> allowed) {
        var kinds = EnumSet.noneOf(CheckKind.class);
        for (var word : words(fields, field)) {
            kinds.add(CheckKind.of(word)
                    .filter(allowed::contains)
                    .orElseThrow(() -> refusal(field, "'" + word + "' is none of: " + words(allowed))));
        }
        return kinds;
    }

    private static String words(List<CheckKind> kinds) {
        return kinds.stream().map(CheckKind::word).collect(Collectors.joining(", "));
    }

    private Optional<String> breaks(Map<String, String> fields) {
        var name = Optional.ofNullable(fields.get(BREAKS));
        name.filter(word -> !word.matches("\\w+")).ifPresent(word -> {
            throw refusal(BREAKS, "'" + word + "' is not the name of one invariant or property");
        });
        return name;
    }

    private List<String> models(Map<String, String> fields) {
        return words(fields, MODELS);
    }

    private PlanName plan(Map<String, String> fields) {
        var word = fields.getOrDefault(PLAN, PlanName.quick.name());
        return PLANS.stream()
                .filter(name -> name.name().equals(word))
                .findFirst()
                .orElseThrow(() -> refusal(
                        PLAN,
                        "'" + word + "' is none of: "
                                + PLANS.stream().map(PlanName::name).collect(Collectors.joining(", "))));
    }

    private Optional<String> scenario(Map<String, String> fields) {
        var name = Optional.ofNullable(fields.get(SCENARIO));
        name.filter(word -> !word.matches("[a-z0-9-]+")).ifPresent(word -> {
            throw refusal(SCENARIO, "'" + word + "' is not the name of a scenario of the project, without its ending");
        });
        return name;
    }

    private int seeds(Map<String, String> fields) {
        var text = fields.get(SEEDS);
        if (text == null) {
            return Bug.SEEDS;
        }
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw refusal(SEEDS, "'" + text + "' is not a number from 1 to 999");
        }
        return Integer.parseInt(text);
    }

    private static List<String> words(Map<String, String> fields, String field) {
        return Stream.of(fields.getOrDefault(field, "").split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private Optional<Patch> patch(String name, Pattern mayChange, String what) throws IOException {
        var patch = folder.resolve(name);
        return Files.exists(patch) ? Optional.of(Patch.read(patch, mayChange, what)) : Optional.empty();
    }

    private void check(Bug bug) {
        for (var kind : bug.caughtBy()) {
            if (!bug.concerns(kind)) {
                throw refusal(
                        CAUGHT_BY,
                        "there is no " + (kind == CheckKind.MODEL_CHECK ? SPEC_PATCH : IMPL_PATCH) + " for the "
                                + kind.word() + " to catch");
            }
        }
        if (!bug.missedBy().isEmpty()) {
            checkMissed(bug);
        }
        if (bug.scenario().isPresent() && !bug.caughtBy().contains(CheckKind.SIMULATION)) {
            throw refusal(SCENARIO, "only the simulation runs it, and need not catch this bug");
        }
        boolean isModelChecked = bug.caughtBy().contains(CheckKind.MODEL_CHECK);
        if (isModelChecked && bug.breaks().isEmpty()) {
            throw refusal(BREAKS, "wants the invariant or property that the model check reports");
        }
        if (!isModelChecked && bug.breaks().isPresent()) {
            throw refusal(BREAKS, "the model check reports nothing that it need not catch");
        }
        if (!bug.models().isEmpty() && bug.specPatch().isEmpty()) {
            throw refusal(MODELS, "there is no " + SPEC_PATCH + " for a model to catch");
        }
    }

    /// That nobody sees what nobody can see says nothing.
    private void checkMissed(Bug bug) {
        if (!bug.caughtBy().contains(CheckKind.SIMULATION)) {
            throw refusal(
                    MISSED_BY,
                    "the simulation need not catch it either; name it under '" + CAUGHT_BY + "', or leave this out");
        }
        for (var kind : bug.missedBy()) {
            if (!bug.concerns(kind)) {
                throw refusal(
                        MISSED_BY,
                        kind.word() + " are tried with the plan " + PlanName.quick + " alone, and this one has "
                                + bug.scenario().orElse(bug.plan().name()));
            }
        }
    }

    private InputException refusal(int line, String what) {
        return new InputException(file + ":" + line + ": " + what);
    }

    private InputException refusal(String field, String what) {
        return new InputException(file + ": " + field + ": " + what);
    }
}
