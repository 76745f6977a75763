package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.History;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.SequentialObject;
import java.util.List;
import java.util.stream.Collectors;

/// Holds every engine, and the choice between them, against trying every order.
final class Agreement {
    private Agreement() {}

    /// Fails unless all agree, and show what they say.
    ///
    /// @return whether the history is linearizable
    static boolean check(SequentialObject<?> object, History history) {
        var isLinearizable = BruteForce.isLinearizable(object, history.operations());
        var checker = new Checker(object, Limits.standard());
        check(object, history, "auto", checker.judge(history), isLinearizable);
        for (var engine : Checker.engines()) {
            var judgement = checker.with(engine).judge(history);
            if (!judgement.isDeclined()) {
                check(object, history, engine, judgement, isLinearizable);
            }
        }
        return isLinearizable;
    }

    private static void check(
            SequentialObject<?> object, History history, String engine, Judgement judgement, boolean isLinearizable) {
        var verdict = judgement.verdict();
        assertThat(verdict instanceof Verdict.Linearizable)
                .as(() -> lines(history) + "\n" + engine + ": " + verdict.text())
                .isEqualTo(isLinearizable);
        switch (verdict) {
            case Verdict.Linearizable(var order) ->
                Certificate.check(object, history.operations(), order, Integer.MAX_VALUE);
            case Verdict.NotLinearizable refusal -> checkRefusal(object, history, refusal);
            case Verdict.Unknown unknown -> throw new AssertionError(unknown.text());
        }
    }

    /// Up to just before a refused completion there is an order, with it there is none. Operations that
    /// contradict each other have no order by themselves.
    private static void checkRefusal(SequentialObject<?> object, History history, Verdict.NotLinearizable verdict) {
        var part = history.operations().stream()
                .filter(operation -> isOfPart(object, operation, verdict))
                .toList();
        switch (verdict.evidence()) {
            case Verdict.Refusal(var order, var refused) -> {
                int end = refused.completion().orElseThrow().index();
                assertThat(BruteForce.isLinearizable(object, part, end)).isFalse();
                assertThat(BruteForce.isLinearizable(object, part, end - 1)).isTrue();
                Certificate.check(object, part, order, end - 1);
            }
            case Verdict.Contradiction(var operations, var why) -> {
                assertThat(part).as(why).containsAll(operations);
                assertThat(BruteForce.isLinearizable(object, operations))
                        .as(() -> lines(history) + "\n" + why + "\n" + operations)
                        .isFalse();
            }
        }
    }

    /// A part is called by its key, or by all of them where several are joined.
    private static boolean isOfPart(SequentialObject<?> object, Operation operation, Verdict.NotLinearizable verdict) {
        if (verdict.key().isEmpty()) {
            return true;
        }
        var name = verdict.key().get();
        var keys = object.keys(operation);
        return keys.equals(List.of(name))
                || (name instanceof Value.Sequence(var members) && !keys.isEmpty() && members.containsAll(keys));
    }

    private static String lines(History history) {
        return history.events().stream().map(Event::toString).collect(Collectors.joining("\n"));
    }
}
