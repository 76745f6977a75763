package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Has TLC judge whether traces are behaviours of a specification.
///
/// One process judges all traces at once: reading the specification takes longer than most traces. But TLC
/// ends where a formula has no value or an invariant breaks, before it has seen the other traces through. The
/// trace where that happened is then judged alone, and the others once more without it.
public final class TraceChecker {
    private static final String LIBRARY = "TraceIO.tla";

    /// How TLC ends when it cannot evaluate an invariant: in the state that it shows, not after it.
    private static final int INVARIANT_EVALUATION = 76;

    private final Tlc tlc;
    private final int workers;
    private final Path temporary;

    /// Makes a checker that keeps nothing between two runs.
    ///
    /// @param workers how many threads TLC may use
    /// @param temporary where each run makes a folder for its files
    public TraceChecker(Tlc tlc, int workers, Path temporary) {
        this.tlc = tlc;
        this.workers = workers;
        this.temporary = temporary;
    }

    private record Request(
            TraceSpec spec, Model model, String parameters, List<Trace> traces, ModelChecker.Watcher watcher) {
        Request with(List<Trace> others) {
            return new Request(spec, model, parameters, others, watcher);
        }
    }

    /// One run of TLC, whatever it came to.
    private record Run(int exit, Outcome outcome, TlcOutput output, List<TraceFolder.Note> notes) {
        /// The variables of the state that TLC ended in; none after a run that came to its end.
        SequencedMap<String, String> lastState() {
            var states = output.counterexample().states();
            return states.isEmpty() ? new LinkedHashMap<>() : states.getLast().variables();
        }
    }

    /// Judges each trace; one verdict each, in the same order. TLC's files are gone afterwards.
    ///
    /// @param parameters a JSON object: what the specification calls Parameters
    /// @throws InputException if the specification, the parameters or an event cannot be used
    /// @throws InterruptedException when this thread is interrupted; TLC is stopped first
    public List<TraceVerdict> check(TraceSpec spec, String parameters, List<Trace> traces, ModelChecker.Watcher watcher)
            throws IOException, InterruptedException {
        var request = new Request(
                spec,
                spec.model(),
                EventJson.check(parameters, Set.of(), "parameters"),
                traces.stream().map(trace -> checked(trace, spec.leavesOut())).toList(),
                watcher);
        var verdicts = new TraceVerdict[traces.size()];
        var open = new ArrayList<>(IntStream.range(0, traces.size()).boxed().toList());
        while (!open.isEmpty()) {
            var together = request.with(open.stream().map(request.traces()::get).toList());
            var run = run(together, workers);
            if (!(run.outcome() instanceof Outcome.Violated)) {
                for (int i = 0; i < open.size(); i++) {
                    verdicts[open.get(i)] = verdict(together, i, run);
                }
                break;
            }
            var stoppedAt = number(run.lastState().get("run"));
            var alone = stoppedAt.isPresent() && stoppedAt.getAsInt() <= open.size()
                    ? List.of(open.get(stoppedAt.getAsInt() - 1))
                    : List.copyOf(open);
            for (var index : alone) {
                var single = request.with(List.of(request.traces().get(index)));
                verdicts[index] = verdict(single, 0, run(single, 1));
            }
            open.removeAll(alone);
        }
        return List.of(verdicts);
    }

    private static Trace checked(Trace trace, Set<String> leavesOut) {
        var events = new ArrayList<String>();
        for (var event : trace.events()) {
            events.add(EventJson.check(event, leavesOut, trace.name() + ": event " + (events.size() + 1)));
        }
        return new Trace(trace.name(), events);
    }

    private Run run(Request request, int workers) throws IOException, InterruptedException {
        var model = request.model();
        try (var folder = RunFolder.createIn(temporary)) {
            var files = new TraceFolder(folder.path());
            files.writeInput(
                    request.parameters(),
                    request.traces().stream().map(Trace::events).toList());
            var output = new TlcOutput(new ActionNames(model));
            var command = new TlcCommand(
                    model.module(),
                    model.config(),
                    List.of(
                            model.module().toAbsolutePath().resolveSibling(""),
                            model.folder(),
                            libraryIn(folder.path())),
                    List.of("-D" + TraceIO.PROPERTY + "=" + folder.path()),
                    // The last event of a trace is followed by nothing, and that is no fault.
                    List.of("-deadlock"));
            int exit = TlcProcess.run(command.words(tlc, workers, folder.path()), output, request.watcher());
            var outcome = TlcExit.outcome(model, exit, output);
            return switch (outcome) {
                case Outcome.Unreadable(var text) -> throw new InputException(text);
                case Outcome.Violated violated
                when violated.kind() == Outcome.Kind.ASSUMPTION ->
                    throw new InputException(model.module() + ": " + violated.text());
                case Outcome.Undecided _ -> new Run(exit, outcome, output, List.of());
                case Outcome.Completed _, Outcome.Violated _ -> new Run(exit, outcome, output, notes(request, files));
            };
        }
    }

    /// A folder with the module that trace specifications extend, for those that lie elsewhere than ours.
    private static Path libraryIn(Path folder) throws IOException {
        var library = Files.createDirectory(folder.resolve("library"));
        try (var module = TraceChecker.class.getResourceAsStream(LIBRARY)) {
            if (module == null) {
                throw new IllegalStateException(LIBRARY + " is missing beside " + TraceChecker.class);
            }
            Files.copy(module, library.resolve(LIBRARY));
        }
        return library;
    }

    private static List<TraceFolder.Note> notes(Request request, TraceFolder files) {
        var notes = files.notes();
        if (notes.isEmpty()) {
            throw new InputException(request.spec().module() + ": TLC did not take the traces from us; extend "
                    + "TraceIO, and use a TLC of version 2.15 or newer");
        }
        if (notes.size() != request.traces().size()) {
            throw new IllegalStateException("TLC read " + notes.size() + " traces, not "
                    + request.traces().size());
        }
        return notes;
    }

    private static TraceVerdict verdict(Request request, int index, Run run) {
        return switch (run.outcome()) {
            case Outcome.Completed() -> completed(request, index, run);
            case Outcome.Violated violated -> stopped(request.traces().get(index), violated, run);
            case Outcome.Undecided(var text) ->
                verdict(request.traces().get(index), 0, new TraceVerdict.Judgement.Undecided(text));
            case Outcome.Unreadable(var text) -> throw new InputException(text);
        };
    }

    /// TLC looked at every behaviour of every trace.
    private static TraceVerdict completed(Request request, int index, Run run) {
        var trace = request.traces().get(index);
        var note = run.notes().get(index);
        if (run.output().distinctStates() > 0 && run.notes().stream().allMatch(each -> each.explained() < 0)) {
            throw new InputException(request.spec().config() + ": nothing was noted as explained; name as CONSTRAINT "
                    + "an operator that says Explained(run, line)");
        }
        // What no action explained must not pass because the specification counts wrongly.
        if (!note.gapless() || note.explained() > trace.events().size()) {
            throw new InputException(request.spec().module() + ": Explained was told of " + note.explained()
                    + " events of " + trace.name() + ", which has "
                    + trace.events().size()
                    + ", and not of every number before; begin with line 0 and add 1 for each event");
        }
        if (note.explained() < 0) {
            return refused(trace, 0, "there is no first state for this trace", Map.of());
        }
        if (note.explained() == trace.events().size()) {
            return verdict(trace, note.explained(), new TraceVerdict.Judgement.Accepted());
        }
        return refused(trace, note.explained(), "no action explains it", TlcOutput.variables(note.state()));
    }

    /// TLC ended in the middle of this trace.
    private static TraceVerdict stopped(Trace trace, Outcome.Violated violated, Run run) {
        var note = run.notes().getFirst();
        var state = run.lastState().isEmpty() ? TlcOutput.variables(note.state()) : run.lastState();
        int line = number(state.get("line")).orElse(Math.max(0, note.explained()));
        // What is wrong with a state itself is wrong with the event that led there.
        var isStateAfter = switch (violated.kind()) {
            case INVARIANT, PROPERTY -> true;
            case EVALUATION, ASSERTION, ASSUMPTION, DEADLOCK -> run.exit() == INVARIANT_EVALUATION;
        };
        return refused(trace, isStateAfter && line > 0 ? line - 1 : line, violated.text(), state);
    }

    private static TraceVerdict refused(Trace trace, int explained, String reason, Map<String, String> state) {
        return verdict(trace, explained, new TraceVerdict.Judgement.Refused(reason, new LinkedHashMap<>(state)));
    }

    private static TraceVerdict verdict(Trace trace, int explained, TraceVerdict.Judgement judgement) {
        return new TraceVerdict(trace.name(), trace.events().size(), explained, judgement);
    }

    private static OptionalInt number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
