package dev.scrubjay.checker;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.object.Clojure;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Has Knossos decide a part, where users have it on their class path. Nothing here is compiled against it.
///
/// Knossos finds no order for a history that is linearizable, and what it says about others is not evidence
/// in our sense. So our own search decides too and its outcome is what comes out, as long as both agree: this
/// engine is a second opinion and no quicker way. What they ask, and how, is in `scrubjay/knossos.clj`.
final class Knossos implements Engine {
    static final String NAME = "knossos";

    private static final String REMEDY = "put its jar and those that it needs there, and those of clojure, spec.alpha "
            + "and core.specs.alpha (./scrubjay takes them from SCRUBJAY_CLASS_PATH)";

    private final Engine ours;
    private final Clojure clojure;
    private final Object decide;

    private Knossos(Engine ours, Clojure clojure, Object decide) {
        this.ours = ours;
        this.clojure = clojure;
        this.decide = decide;
    }

    /// The engine. To load it takes seconds.
    ///
    /// @param ours which engine of ours decides with it
    /// @throws IllegalArgumentException with one line for the user, where the class path has no Knossos
    static Knossos find(Engine ours) {
        var clojure = Clojure.find()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the engine " + NAME + " needs Clojure and Knossos on the class path; " + REMEDY));
        try {
            return new Knossos(
                    ours,
                    clojure,
                    clojure.function("scrubjay.knossos", "decide").orElseThrow());
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "the engine " + NAME + " needs Knossos on the class path, which does not load ("
                            + oneLine(innermost(e)) + "); " + REMEDY,
                    e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        return Optional.empty();
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        if (part.size() == 0) {
            return ours.decide(part, budget);
        }
        return switch (ask(part, budget)) {
            case Boolean isLinearizable -> compare(isLinearizable, part, budget);
            case Object why -> new Outcome.Stopped(why.toString(), 0);
        };
    }

    private <S> Outcome compare(boolean isLinearizable, Part<S> part, Budget budget) {
        var outcome = ours.decide(part, budget);
        if (outcome instanceof Outcome.Stopped(var why, int undecided)) {
            return new Outcome.Stopped(
                    "Knossos says " + word(isLinearizable) + " and gives no proof; of our own search: " + why,
                    undecided);
        }
        if (outcome instanceof Outcome.Found != isLinearizable) {
            var of = part.key().map(key -> " on key " + key).orElse("");
            throw new IllegalStateException("Knossos says " + word(isLinearizable) + " and " + ours.name() + " says "
                    + word(!isLinearizable) + of + "; one of them is wrong: report this, with the history");
        }
        return outcome;
    }

    private static String word(boolean isLinearizable) {
        return isLinearizable ? "linearizable" : "not linearizable";
    }

    /// A verdict, or a text that says why there is none.
    private <S> Object ask(Part<S> part, Budget budget) {
        BiFunction<S, Number, @Nullable S> step = (state, kind) ->
                part.object().step(state, part.example(kind.intValue())).orElse(null);
        BooleanSupplier isOver = budget::isOutOfTime;
        try {
            return Objects.requireNonNull(clojure.call(decide, part.object().initial(), step, events(part), isOver));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof HistoryException refused) {
                throw refused;
            }
            return "Knossos itself failed: " + oneLine(innermost(e));
        }
    }

    private record Moment(int time, int operation, boolean isEnd) {}

    /// As Knossos wants them: `[process type f kind]`. A process of Knossos is any that is free, because
    /// after an operation that stays open its process goes on under another number.
    private static List<List<Object>> events(Part<?> part) {
        var processes = new int[part.size()];
        var free = new PriorityQueue<Integer>();
        int busy = 0;
        var events = new ArrayList<List<Object>>();
        for (var moment : moments(part)) {
            int i = moment.operation();
            if (!moment.isEnd()) {
                processes[i] = free.isEmpty() ? busy++ : free.remove();
            } else if (!part.isOpen(i)) {
                free.add(processes[i]);
            }
            var type = !moment.isEnd() ? "invoke" : part.isOpen(i) ? "info" : "ok";
            events.add(List.of(processes[i], type, part.example(part.kind(i)).f(), part.kind(i)));
        }
        return events;
    }

    /// Begins and ends in their order. What is open ends after everything else.
    private static Moment[] moments(Part<?> part) {
        var moments = new Moment[2 * part.size()];
        for (int i = 0; i < part.size(); i++) {
            moments[2 * i] = new Moment(part.begin(i), i, false);
            moments[2 * i + 1] = new Moment(part.end(i), i, true);
        }
        Arrays.sort(moments, (one, other) -> Integer.compare(one.time(), other.time()));
        return moments;
    }

    private static Throwable innermost(Throwable thrown) {
        var innermost = thrown;
        for (var cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return innermost;
    }

    private static String oneLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse(thrown.toString());
    }
}
