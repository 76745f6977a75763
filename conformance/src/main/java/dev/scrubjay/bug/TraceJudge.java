package dev.scrubjay.bug;

import dev.scrubjay.conformance.Judged;
import dev.scrubjay.conformance.TraceConformance;
import dev.scrubjay.conformance.TraceFile;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.Swarm;
import dev.scrubjay.specs.Tlc;
import dev.scrubjay.specs.TraceChecker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Has TLC judge what the nodes say they did, and looks at nothing else.
final class TraceJudge implements Trial.Judge {
    private final TraceConformance conformance;

    /// @param specs the folder of the specifications, none of them patched
    /// @param temporary where TLC has its files
    TraceJudge(Path specs, Path temporary) {
        conformance = new TraceConformance(specs, new TraceChecker(Tlc.bundled(), 1, temporary));
    }

    /// Most bugs show in the first trace, so that one is judged alone. The others are judged several at a
    /// time, more and more: TLC takes longer to start than to follow a trace.
    @Override
    public List<Tried> judge(List<Long> seeds) throws IOException, InterruptedException {
        var all = new ArrayList<Tried>();
        while (all.size() < seeds.size() && all.stream().noneMatch(Tried::caught)) {
            int next = Math.min(seeds.size(), 1 + 4 * all.size());
            all.addAll(together(seeds.subList(all.size(), next)));
        }
        var first = all.stream().filter(Tried::caught).findFirst();
        return first.map(caught -> List.copyOf(all.subList(0, all.indexOf(caught) + 1)))
                .orElse(all);
    }

    private List<Tried> together(List<Long> seeds) throws IOException, InterruptedException {
        var traces = new ArrayList<TraceFile>();
        for (long seed : seeds) {
            Trial.unwatched(Swarm.draw(seed, Plan.TRACE))
                    .ifPresent(run ->
                            traces.add(TraceFile.of(name(seed), run.trace().get())));
        }
        var refused = new HashMap<String, String>();
        for (var judged : conformance.judge(traces, (_, _) -> {})) {
            if (judged.verdict() instanceof Judged.Verdict.Refused verdict) {
                refused.put(judged.trace(), verdict.who() + ": " + verdict.reason());
            }
        }
        return seeds.stream()
                .map(seed -> Tried.of(seed, Optional.ofNullable(refused.get(name(seed)))))
                .toList();
    }

    private static String name(long seed) {
        return "seed " + seed;
    }
}
