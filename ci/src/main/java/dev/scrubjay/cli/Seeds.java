package dev.scrubjay.cli;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which seeds to run: one, or the first so many.
final class Seeds {
    @Option(names = "--seed", paramLabel = "S", description = "Run this seed alone.")
    @Nullable
    Long seed;

    @Option(names = "--seeds", paramLabel = "N", description = "Run the seeds 1 to N.")
    @Nullable
    Long seeds;

    /// Empty where the number of seeds makes no sense.
    List<Long> list() {
        if (seed != null) {
            return List.of(seed);
        }
        return seeds == null
                ? List.of()
                : LongStream.rangeClosed(1, seeds).boxed().toList();
    }
}
