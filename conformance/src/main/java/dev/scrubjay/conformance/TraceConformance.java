package dev.scrubjay.conformance;

import dev.scrubjay.specs.ModelChecker;
import dev.scrubjay.specs.Trace;
import dev.scrubjay.specs.TraceChecker;
import dev.scrubjay.specs.TraceSpec;
import dev.scrubjay.specs.TraceVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// Holds what an implementation did against `ReplicationGroup`.
public final class TraceConformance {
    /// The envelope of an event, which is about the event and not about the group.
    private static final Set<String> ENVELOPE = Set.of("group", "count", "order", "now");

    private final TraceSpec spec;
    private final TraceChecker checker;

    /// @param specs the folder with the specifications
    public TraceConformance(Path specs, TraceChecker checker) {
        this.spec = new TraceSpec(
                specs.resolve("trace/ReplicationGroupTrace.tla"),
                specs.resolve("trace/ReplicationGroupTrace.cfg"),
                specs,
                ENVELOPE);
        this.checker = checker;
    }

    /// One group of one trace.
    private record Part(TraceFile trace, long group, List<TraceFile.Event> events) {
        String name() {
            return trace.name() + " group " + group;
        }
    }

    /// Judges every group of every trace; groups with the same replicas in one run of TLC.
    ///
    /// @throws InterruptedException when this thread is interrupted; TLC is stopped first
    public List<Judged> judge(List<TraceFile> traces, ModelChecker.Watcher watcher)
            throws IOException, InterruptedException {
        var parts = new LinkedHashMap<Roster, List<Part>>();
        for (var trace : traces) {
            trace.groups()
                    .forEach((group, roster) -> parts.computeIfAbsent(roster, _ -> new ArrayList<>())
                            .add(new Part(trace, group, trace.of(group))));
        }
        var judged = new ArrayList<Judged>();
        for (var same : parts.entrySet()) {
            var verdicts = checker.check(
                    spec,
                    same.getKey().parameters(),
                    same.getValue().stream().map(TraceConformance::trace).toList(),
                    watcher);
            for (int i = 0; i < verdicts.size(); i++) {
                judged.add(judged(same.getValue().get(i), verdicts.get(i)));
            }
        }
        judged.sort(Comparator.comparingInt((Judged one) -> position(traces, one.trace()))
                .thenComparingLong(Judged::group));
        return judged;
    }

    private static int position(List<TraceFile> traces, String name) {
        return traces.stream().map(TraceFile::name).toList().indexOf(name);
    }

    private static Trace trace(Part part) {
        return new Trace(
                part.name(), part.events().stream().map(TraceFile.Event::json).toList());
    }

    private static Judged judged(Part part, TraceVerdict verdict) {
        var actions = new TreeMap<String, Long>();
        part.events().forEach(event -> actions.merge(event.action(), 1L, Long::sum));
        return new Judged(
                part.trace().name(),
                part.group(),
                verdict.events(),
                verdict.explained(),
                actions,
                switch (verdict.judgement()) {
                    case TraceVerdict.Judgement.Accepted() -> new Judged.Verdict.Accepted();
                    case TraceVerdict.Judgement.Undecided(var text) -> new Judged.Verdict.Undecided(text);
                    case TraceVerdict.Judgement.Refused(var reason, var state) ->
                        refused(part.events().get(verdict.explained()), reason, state);
                });
    }

    private static Judged.Verdict refused(TraceFile.Event event, String reason, SequencedMap<String, String> state) {
        return new Judged.Verdict.Refused(
                event.at(),
                event.action() + " of " + event.replica() + " in group " + event.group() + ", its event "
                        + event.count(),
                event.json(),
                reason,
                state);
    }
}
