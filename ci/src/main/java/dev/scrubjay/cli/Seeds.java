package dev.scrubjay.cli;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which seeds to run: one, or so many from the first on.
final class Seeds {
    @Option(names = "--seed", paramLabel = "S", description = "Run this seed alone.")
    @Nullable
    Long seed;

    @Option(names = "--seeds", paramLabel = "N", description = "Run N seeds, from 1 on.")
    @Nullable
    Long seeds;

    /// Empty where the number of seeds makes no sense.
    List<Long> list(long first) {
        if (seed != null) {
            return List.of(seed);
        }
        return seeds == null
                ? List.of()
                : LongStream.range(first, first + seeds).boxed().toList();
    }
}
