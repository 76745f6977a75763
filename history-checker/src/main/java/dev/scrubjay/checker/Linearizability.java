package dev.scrubjay.checker;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.History;
import dev.scrubjay.history.Operation;
import dev.scrubjay.object.SequentialObject;
import java.util.List;

/// For tests, with any framework: `assertLinearizable(history, object)`.
public final class Linearizability {
    /// How many operations or events a message shows.
    private static final int SHOWN_MAX = 30;

    private Linearizability() {}

    /// Does nothing where a history is linearizable.
    ///
    /// @throws AssertionError where it is not, with the reason and the operations that show it
    /// @throws UndecidedException where limits were reached first, which is no proof of anything
    public static void assertLinearizable(History history, SequentialObject<?> object) {
        assertLinearizable(history, object, Limits.standard());
    }

    /// The same with other limits.
    public static void assertLinearizable(History history, SequentialObject<?> object, Limits limits) {
        switch (new Checker(object, limits).check(history)) {
            case Verdict.Linearizable fine -> {}
            case Verdict.NotLinearizable wrong ->
                throw new AssertionError(wrong.text() + evidence(history, wrong.evidence()));
            case Verdict.Unknown unknown -> throw new UndecidedException(unknown.text());
        }
    }

    private static String evidence(History history, Verdict.Evidence evidence) {
        return switch (evidence) {
            case Verdict.Contradiction(var operations, var why) -> "\n" + lines(operations);
            case Verdict.Refusal(var order, var refused) ->
                "\nwhat happened until then (the last " + SHOWN_MAX + " events at most):\n"
                        + lines(until(history, refused));
        };
    }

    private static List<Event> until(History history, Operation refused) {
        int last = refused.completion().orElseThrow().index();
        var events =
                history.events().stream().filter(event -> event.index() <= last).toList();
        return events.subList(Math.max(0, events.size() - SHOWN_MAX), events.size());
    }

    private static String lines(List<?> rows) {
        var text = new StringBuilder();
        for (var row : rows.subList(0, Math.min(rows.size(), SHOWN_MAX))) {
            text.append("  ").append(row).append('\n');
        }
        return text.toString();
    }

    /// Limits were reached before a history was decided. Raise them, or record less.
    public static final class UndecidedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UndecidedException(String message) {
            super(message);
        }
    }
}
