package dev.scrubjay.bug;

import dev.scrubjay.conformance.Judged;
import dev.scrubjay.conformance.TraceConformance;
import dev.scrubjay.conformance.TraceFile;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.specs.Tlc;
import dev.scrubjay.specs.TraceChecker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Has TLC judge what the nodes say they did, and looks at nothing else.
final class TraceJudge {
    private final TraceConformance conformance;

    /// @param specs the folder of the specifications, none of them patched
    /// @param temporary where TLC has its files
    TraceJudge(Path specs, Path temporary) {
        conformance = new TraceConformance(specs, new TraceChecker(Tlc.bundled(), 1, temporary));
    }

    /// What is wrong with the trace of a run, if anything is.
    Optional<String> judge(long seed) throws IOException, InterruptedException {
        var run = Trial.unwatched(seed, Plan.TRACE);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        var trace = TraceFile.of("seed " + seed, run.get().trace().get());
        return conformance.judge(List.of(trace), (_, _) -> {}).stream()
                .map(Judged::verdict)
                .filter(Judged.Verdict.Refused.class::isInstance)
                .map(Judged.Verdict.Refused.class::cast)
                .map(refused -> refused.who() + ": " + refused.reason())
                .findFirst();
    }
}
