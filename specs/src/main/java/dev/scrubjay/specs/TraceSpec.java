package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// A specification that traces are held against, written as `TraceIO.tla` says.
///
/// @param module the root module
/// @param config its configuration; names the constraint that notes how far a trace was explained
/// @param folder modules are looked for here, as well as beside the root module
/// @param leavesOut keys of events that TLC does not get to see; a time in nanoseconds would not fit into its
/// numbers
public record TraceSpec(Path module, Path config, Path folder, Set<String> leavesOut) {
    public TraceSpec {
        leavesOut = Set.copyOf(leavesOut);
    }

    /// The same thing, seen as what TLC runs.
    Model model() throws IOException {
        for (var file : List.of(module, config)) {
            if (!Files.isRegularFile(file)) {
                throw new InputException(file + ": there is no such file; name a trace specification and its config");
            }
        }
        var names = ModelConfig.read(config);
        return new Model(
                folder,
                module,
                config,
                Tier.SMOKE,
                new Mode.Exhaustive(),
                OptionalInt.empty(),
                new Expected.Holds(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                names.invariants(),
                names.properties());
    }
}
