package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Decides whether histories are linearizable: whether each operation can be thought of as done in one moment
/// between its invocation and its completion, one after the other, by a sequential object.
///
/// Where the object has parts, such as keys, each is checked alone, by the engine that suits it: a history is
/// linearizable exactly when all its parts are (Herlihy and Wing, "Linearizability", 1990, section 3.1). Long
/// histories of many parts are spread over several threads; the verdict does not depend on it.
public final class Checker {
    /// With fewer operations, threads cost more than they bring.
    private static final int OPERATIONS_PER_THREAD_MIN = 10_000;

    private final SequentialObject<?> object;
    private final Limits limits;
    private final Optional<Engine> engine;

    /// A checker that chooses the engine for each part itself.
    public Checker(SequentialObject<?> object, Limits limits) {
        this(object, limits, Optional.empty());
    }

    private Checker(SequentialObject<?> object, Limits limits, Optional<Engine> engine) {
        this.object = object;
        this.limits = limits;
        this.engine = engine;
    }

    /// What engines there are. One more, `knossos`, is there where Knossos is on the class path.
    public static List<String> engines() {
        return Engines.names();
    }

    /// Says early what [#with] would say.
    ///
    /// @throws IllegalArgumentException with one line for the user, where there is no such engine
    public static void requireEngine(String name) {
        var unused = Engines.named(name);
    }

    /// The same checker with one engine for all parts. What that one cannot decide is unknown.
    ///
    /// @throws IllegalArgumentException with one line for the user, where there is no such engine
    public Checker with(String engineName) {
        return new Checker(object, limits, Optional.of(Engines.named(engineName)));
    }

    /// The verdict on a history.
    ///
    /// @throws HistoryException where the history has operations that the object has not
    public Verdict check(History history) {
        return judge(history).verdict();
    }

    /// The verdict on a history, and how each part was decided.
    ///
    /// @throws HistoryException where the history has operations that the object has not
    public Judgement judge(History history) {
        return judge(object, history);
    }

    private <S> Judgement judge(SequentialObject<S> object, History history) {
        var parts = Parts.of(object, history);
        var decisions = new Decision[parts.size()];
        Workers.run(threads(history, parts), bySize(parts), i -> decisions[i] = decide(parts.get(i)));
        var judged = new ArrayList<Judgement.Part>();
        for (int i = 0; i < decisions.length; i++) {
            judged.add(decisions[i].judged(parts.get(i)));
        }
        return new Judgement(verdict(history, Arrays.asList(decisions)), judged);
    }

    private int threads(History history, List<? extends Part<?>> parts) {
        return Math.max(
                1, Math.min(Math.min(limits.threads(), parts.size()), history.size() / OPERATIONS_PER_THREAD_MIN));
    }

    /// The longest parts first, so that none is left for the end.
    private static int[] bySize(List<? extends Part<?>> parts) {
        return IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -parts.get(i).size()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// @param outcome in the numbers of `part`, which may be less than the part that was asked for
    private record Decision(Part<?> part, Engines.Choice choice, boolean isDeclined, Outcome outcome, long explored) {
        Judgement.Part judged(Part<?> whole) {
            return new Judgement.Part(
                    whole.key(), whole.size(), choice.engine().name(), choice.reason(), isDeclined, explored);
        }
    }

    private Decision decide(Part<?> whole) {
        var part = Trim.of(whole);
        if (part.size() == 0) {
            var none = new Engines.Choice(Engines.named("search"), "because nothing is left that matters");
            return new Decision(part, none, false, new Outcome.Found(Numbers.of()), 0);
        }
        var budget = new Budget(limits);
        var choice = engine.map(one -> new Engines.Choice(one, "because it was asked for"))
                .orElseGet(() -> Engines.choose(part));
        var declined = engine.flatMap(one -> one.declines(part));
        var outcome = declined.isPresent()
                ? new Outcome.Stopped(
                        "the engine " + choice.engine().name() + " does not take this, because " + declined.get(), 0)
                : decide(part, choice.engine(), budget);
        return new Decision(part, choice, declined.isPresent(), outcome, budget.explored());
    }

    private static Outcome decide(Part<?> part, Engine engine, Budget budget) {
        try {
            return engine.decide(part, budget);
        } catch (OutOfMemoryError e) {
            // The limit counts what grows; it cannot know what else this process needs its memory for.
            return new Outcome.Stopped("out of memory; give this process more of it", 0);
        }
    }

    private static Verdict verdict(History history, List<Decision> decisions) {
        var refused = new ArrayList<Verdict.NotLinearizable>();
        var unknown = new ArrayList<Verdict.Unknown>();
        for (var decision : decisions) {
            var part = decision.part();
            switch (decision.outcome()) {
                case Outcome.Found found -> {}
                case Outcome.Refused(var order, int first) ->
                    refused.add(new Verdict.NotLinearizable(
                            part.key(), new Verdict.Refusal(part.operations(order), part.operation(first))));
                case Outcome.Contradicted(var operations, var why) ->
                    refused.add(new Verdict.NotLinearizable(
                            part.key(), new Verdict.Contradiction(part.operations(operations), why)));
                case Outcome.Stopped(var why, int first) ->
                    unknown.add(new Verdict.Unknown(part.key(), why, part.operation(first)));
            }
        }
        if (!refused.isEmpty()) {
            return refused.stream()
                    .min(Comparator.comparingInt(verdict -> verdict.evidence().last()))
                    .orElseThrow();
        }
        if (!unknown.isEmpty()) {
            return unknown.getFirst();
        }
        return new Verdict.Linearizable(history.operations(merged(history, decisions)));
    }

    /// One order from those of the parts. Within an order, an operation happens as soon as it and all before
    /// it have begun: these moments differ from part to part, and each lies between the operation's
    /// invocation and its completion. So their order respects time.
    private static int[] merged(History history, List<Decision> decisions) {
        // Of each moment, how many operations happen then; then where the next of these stands.
        int latest = history.size() == 0 ? 0 : history.begin(history.size() - 1);
        var places = new int[latest + 2];
        walk(decisions, (moment, number) -> places[moment + 1]++);
        for (int moment = 0; moment <= latest; moment++) {
            places[moment + 1] += places[moment];
        }
        var order = new int[places[latest + 1]];
        walk(decisions, (moment, number) -> order[places[moment]++] = number);
        return order;
    }

    private interface Step {
        void take(int moment, int number);
    }

    private static void walk(List<Decision> decisions, Step step) {
        for (var decision : decisions) {
            if (decision.outcome() instanceof Outcome.Found(var order)) {
                int moment = 0;
                for (int at = 0; at < order.size(); at++) {
                    moment = Math.max(moment, decision.part().begin(order.get(at)));
                    step.take(moment, decision.part().inHistory(order.get(at)));
                }
            }
        }
    }
}
