package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A folder of specifications and the models in it: ours, or anybody's.
///
/// With a `manifest.json` the models are those it lists. Without one, every `NAME.cfg` or `NAME.variant.cfg`
/// that lies beside a `NAME.tla` is a model of the smoke tier that must hold, with a number of states that is
/// not compared.
public final class SpecsFolder {
    public static final String MANIFEST = "manifest.json";

    private final Path path;
    private final List<Model> models;

    private SpecsFolder(Path path, List<Model> models) {
        this.path = path;
        this.models = List.copyOf(models);
    }

    public static SpecsFolder open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new InputException(path + ": there is no such folder; name one that holds *.tla and *.cfg files");
        }
        var manifest = path.resolve(MANIFEST);
        return new SpecsFolder(path, Files.exists(manifest) ? Manifest.read(manifest) : discover(path));
    }

    public List<Model> models() {
        return models;
    }

    /// The models of a tier and of those below it: a deeper run leaves nothing out.
    public List<Model> upTo(Tier tier) {
        return models.stream()
                .filter(model -> model.tier().compareTo(tier) <= 0)
                .toList();
    }

    public List<Model> named(List<String> names) {
        return names.stream().map(this::named).toList();
    }

    private Model named(String name) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("no model '" + name + "' in " + path + "; there are: "
                        + models.stream().map(Model::name).collect(Collectors.joining(", "))));
    }

    private static List<Model> discover(Path folder) throws IOException {
        var models = new ArrayList<Model>();
        for (var config : configs(folder)) {
            var spec = Model.withoutEnding(config).replaceFirst("\\..*", "");
            var module = config.resolveSibling(spec + ".tla");
            if (Files.exists(module)) {
                var names = ModelConfig.read(config);
                models.add(new Model(
                        folder,
                        module,
                        config,
                        Tier.SMOKE,
                        new Mode.Exhaustive(),
                        OptionalInt.empty(),
                        new Expected.Holds(),
                        OptionalLong.empty(),
                        Optional.of(List.of()),
                        List.of(),
                        names.invariants(),
                        names.properties()));
            }
        }
        if (models.isEmpty()) {
            throw new InputException(
                    folder + ": no models; there is no " + MANIFEST + ", and no NAME.cfg beside a NAME.tla");
        }
        return models;
    }

    private static List<Path> configs(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".cfg"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }
}
