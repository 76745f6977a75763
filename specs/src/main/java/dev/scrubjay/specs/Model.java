package dev.scrubjay.specs;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// A specification with bounds that TLC can run, and what is expected of it.
///
/// @param folder the folder of specifications that it belongs to; modules are looked for here as well as
/// beside its own
/// @param module the root module
/// @param config TLC's configuration; its name without `.cfg` is the model's name
/// @param distinctStates how many distinct states TLC must find, where that is known
/// @param reach invariants that must fail, each to show that the model gets to something worth checking
/// @param invariants the names that the configuration checks in every state
/// @param properties the names that the configuration checks over steps and behaviours
public record Model(
        Path folder,
        Path module,
        Path config,
        Tier tier,
        Expected expected,
        OptionalLong distinctStates,
        List<String> reach,
        List<String> invariants,
        List<String> properties) {

    public Model {
        reach = List.copyOf(reach);
        invariants = List.copyOf(invariants);
        properties = List.copyOf(properties);
    }

    public String name() {
        return withoutEnding(config);
    }

    static String withoutEnding(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }
}
