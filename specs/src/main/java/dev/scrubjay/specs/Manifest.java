package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a `manifest.json`, strictly: a word it does not know is refused, because a misspelt expectation
/// would expect nothing.
final class Manifest {
    private static final int VERSION = 1;
    private static final Set<String> FIELDS = Set.of(
            "module", "config", "tier", "mode", "limitSeconds", "expected", "distinctStates", "leavesOut", "reach");
    private static final Set<String> SIMULATION_FIELDS = Set.of("behaviours", "depth", "seed");

    /// What is counted by going through all states; random behaviours say nothing about it.
    private static final Set<String> EXHAUSTIVE_FIELDS = Set.of("distinctStates", "leavesOut");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final Path folder;

    private Manifest(Path file) {
        this.file = file;
        this.folder = file.resolveSibling("");
    }

    static List<Model> read(Path file) throws IOException {
        return new Manifest(file).models();
    }

    private List<Model> models() throws IOException {
        var root = parse();
        if (root.path("manifest").asInt(0) != VERSION) {
            throw refusal("", "wants \"manifest\": " + VERSION + ", the version of this format");
        }
        var models = new ArrayList<Model>();
        var names = new HashSet<String>();
        for (var entry : root.path("models")) {
            var model = model(entry, "models[" + models.size() + "]");
            if (!names.add(model.name())) {
                throw refusal(
                        "models[" + models.size() + "]", "a second model named '" + model.name() + "'; rename one");
            }
            models.add(model);
        }
        if (models.isEmpty()) {
            throw refusal("models", "lists no model");
        }
        return models;
    }

    private JsonNode parse() throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new InputException(
                    file + ":" + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ": not JSON: "
                            + e.getOriginalMessage().replace('\n', ' '));
        }
    }

    private Model model(JsonNode entry, String where) throws IOException {
        var simulated = entry.path("mode").asString("").equals("simulation");
        var fields = new TreeSet<>(FIELDS);
        if (simulated) {
            fields.addAll(SIMULATION_FIELDS);
            fields.removeAll(EXHAUSTIVE_FIELDS);
        }
        var unknown = new TreeSet<>(entry.propertyNames());
        unknown.removeAll(fields);
        if (!unknown.isEmpty()) {
            throw refusal(
                    where,
                    "no such field '" + unknown.first() + "'" + (simulated ? " in a simulation" : "") + "; there are: "
                            + String.join(", ", fields));
        }
        var module = existing(entry, "module", where);
        var config = existing(entry, "config", where);
        oneOf(List.of("exhaustive", "simulation"), text(entry, "mode", where), where + ".mode");
        var names = ModelConfig.read(config);
        return new Model(
                folder,
                module,
                config,
                tier(text(entry, "tier", where), where),
                simulated ? simulation(entry, where) : new Mode.Exhaustive(),
                entry.has("limitSeconds")
                        ? OptionalInt.of(positive(entry, "limitSeconds", where))
                        : OptionalInt.empty(),
                expected(text(entry, "expected", where), names, where),
                distinctStates(entry, where),
                entry.has("leavesOut") ? Optional.of(names(entry, "leavesOut", where)) : Optional.empty(),
                names(entry, "reach", where),
                names.invariants(),
                names.properties());
    }

    private Mode simulation(JsonNode entry, String where) {
        var seed = entry.path("seed");
        if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
            throw refusal(where + ".seed", "wants a whole number, so that each run looks at the same behaviours");
        }
        return new Mode.Simulation(
                positive(entry, "behaviours", where), positive(entry, "depth", where), seed.asLong());
    }

    private int positive(JsonNode entry, String field, String where) {
        var number = entry.path(field);
        if (!number.isInt() || number.asInt() < 1) {
            throw refusal(where + "." + field, "wants a whole number from 1 on");
        }
        return number.asInt();
    }

    private Tier tier(String word, String where) {
        oneOf(Arrays.stream(Tier.values()).map(Tier::word).toList(), word, where + ".tier");
        return Tier.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private Expected expected(String text, ModelConfig names, String where) {
        if (text.equals("holds")) {
            return new Expected.Holds();
        }
        var name = text.startsWith("violates ") ? text.substring("violates ".length()) : "";
        if (names.invariants().contains(name) || names.properties().contains(name)) {
            return new Expected.Violates(name);
        }
        throw refusal(
                where + ".expected",
                "'" + text + "' is neither 'holds' nor 'violates NAME' with a name that the config checks");
    }

    private OptionalLong distinctStates(JsonNode entry, String where) {
        var states = entry.get("distinctStates");
        if (states == null) {
            return OptionalLong.empty();
        }
        if (!states.isIntegralNumber() || states.asLong() < 1) {
            throw refusal(
                    where + ".distinctStates", states + " is not a number of states; leave it out to compare none");
        }
        return OptionalLong.of(states.asLong());
    }

    private List<String> names(JsonNode entry, String field, String where) {
        var names = new ArrayList<String>();
        for (var name : entry.path(field)) {
            if (!name.isString() || !name.asString().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw refusal(where + "." + field, name + " is not a name");
            }
            names.add(name.asString());
        }
        return names;
    }

    private Path existing(JsonNode entry, String field, String where) {
        var path = folder.resolve(text(entry, field, where));
        if (!Files.isRegularFile(path)) {
            throw refusal(where + "." + field, "there is no file " + path);
        }
        return path;
    }

    private String text(JsonNode entry, String field, String where) {
        var value = entry.get(field);
        if (value == null || !value.isString()) {
            throw refusal(where, "wants a text \"" + field + "\"");
        }
        return value.asString();
    }

    private void oneOf(List<String> allowed, String word, String where) {
        if (!allowed.contains(word)) {
            throw refusal(where, "'" + word + "' is none of: " + String.join(", ", allowed));
        }
    }

    private InputException refusal(String where, String what) {
        return new InputException(file + ": " + (where.isEmpty() ? "" : where + ": ") + what);
    }
}
