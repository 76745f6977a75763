package dev.scrubjay.world;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.checker.Verdict;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.object.SequentialObjects;
import java.util.List;

/// What the clients saw must be what a key-value store does, in some order that respects time.
public final class HistoryCheck implements Check {
    private static final String OBJECT = "key-value-store";

    private final Checker checker;

    /// With the limits that suit most histories.
    public HistoryCheck() {
        this(new Checker(SequentialObjects.named(OBJECT), Limits.standard()));
    }

    /// The same on the calling thread alone, for who wants to know how long it takes there.
    public static HistoryCheck onOneThread() {
        var limits = Limits.standard();
        var alone = new Limits(limits.configurations(), limits.bytes(), 1, limits.isOver());
        return new HistoryCheck(new Checker(SequentialObjects.named(OBJECT), alone));
    }

    HistoryCheck(Checker checker) {
        this.checker = checker;
    }

    @Override
    public List<Finding> judge(Run run) {
        try {
            var verdict = checker.check(run.history());
            return switch (verdict) {
                case Verdict.Linearizable _ -> List.of();
                case Verdict.NotLinearizable(var _, Verdict.Refusal(var order, var _)) ->
                    List.of(finding(verdict.text() + lastWrite(order)));
                case Verdict.NotLinearizable _ -> List.of(finding(verdict.text()));
                case Verdict.Unknown _ -> List.of(new Finding(Finding.UNDECIDED, "history: " + verdict.text(), ""));
            };
        } catch (HistoryException e) {
            // An answer that no store gives to such a request, such as a get that is done and says nothing.
            return List.of(finding(String.valueOf(e.getMessage())));
        }
    }

    /// What was refused may name no value, or one that is over: what it should have seen tells more.
    private static String lastWrite(List<Operation> order) {
        return order.reversed().stream()
                .filter(operation -> !operation.f().equals("get"))
                .findFirst()
                .map(write -> "; what was written last before it, in one such order: " + write)
                .orElse("");
    }

    private static Finding finding(String text) {
        return new Finding("history", text, "");
    }
}
