package dev.scrubjay.specs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A specification with bounds that TLC can run, and what is expected of it.
///
/// @param folder the folder of specifications that it belongs to; modules are looked for here as well as
/// beside its own
/// @param module the root module
/// @param config TLC's configuration; its name without `.cfg` is the model's name
/// @param limitSeconds after how long TLC is stopped, where that is said
/// @param distinctStates how many distinct states TLC must find, where that is known
/// @param leavesOut actions that cannot happen within these bounds, while every other one must; where nothing
/// is said, actions are not counted
/// @param reach invariants that must fail, each to show that the model gets to something worth checking
/// @param invariants the names that the configuration checks in every state
/// @param properties the names that the configuration checks over steps and behaviours
public record Model(
        Path folder,
        Path module,
        Path config,
        Tier tier,
        Mode mode,
        OptionalInt limitSeconds,
        Expected expected,
        OptionalLong distinctStates,
        Optional<List<String>> leavesOut,
        List<String> reach,
        List<String> invariants,
        List<String> properties) {

    public Model {
        leavesOut = leavesOut.map(List::copyOf);
        reach = List.copyOf(reach);
        invariants = List.copyOf(invariants);
        properties = List.copyOf(properties);
    }

    public String name() {
        return withoutEnding(config);
    }

    /// The same model, for a specification that was changed on purpose: what is counted and what is reached
    /// may differ, what it checks must hold.
    public Model withoutCounts() {
        return new Model(
                folder,
                module,
                config,
                tier,
                mode,
                limitSeconds,
                expected,
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                invariants,
                properties);
    }

    /// Where a module of the specification lies; nowhere if it is one of the standard modules.
    Optional<Path> fileOf(String moduleName) {
        return Stream.of(module.resolveSibling(moduleName + ".tla"), folder.resolve(moduleName + ".tla"))
                .filter(Files::exists)
                .findFirst();
    }

    static String withoutEnding(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }
}
