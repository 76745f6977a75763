package dev.scrubjay.world;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.checker.Verdict;
import dev.scrubjay.object.SequentialObjects;
import java.util.List;

/// What the clients saw must be what a key-value store does, in some order that respects time.
public final class HistoryCheck implements Check {
    private final Checker checker = new Checker(SequentialObjects.named("key-value-store"), Limits.standard());

    @Override
    public List<Finding> judge(Run run) {
        return switch (checker.check(run.history())) {
            case Verdict.Linearizable _ -> List.of();
            case Verdict.NotLinearizable refused -> List.of(new Finding("history", refused.text(), ""));
            case Verdict.Unknown unknown -> List.of(new Finding("history", unknown.text(), ""));
        };
    }
}
