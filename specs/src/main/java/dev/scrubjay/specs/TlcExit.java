package dev.scrubjay.specs;

/// What the end of a run of TLC means: its exit code, together with what it printed.
final class TlcExit {
    // How TLC ends (its class EC.ExitStatus). Others are codes of the operating system.
    private static final int COMPLETED = 0;
    private static final int ASSUMPTION = 10;
    private static final int DEADLOCK = 11;
    private static final int SAFETY = 12;
    private static final int LIVENESS = 13;
    private static final int ASSERTION = 14;
    private static final int EVALUATION_FIRST = 75;
    private static final int EVALUATION_LAST = 77;
    private static final int PARSING = 150;
    private static final int CONFIGURATION = 151;
    private static final int TOO_LARGE = 152;
    private static final int SYSTEM = 153;
    private static final int OTHER = 255;

    // What TLC says when it ends with OTHER (its class EC).
    private static final int OUT_OF_MEMORY = 1001;
    private static final int CONFIGURATION_FIRST = 5001;
    private static final int CONFIGURATION_LAST = 5999;

    private TlcExit() {}

    /// @throws IllegalStateException if TLC ended in a way that is not known here
    static Outcome outcome(Model model, int exit, TlcOutput output) {
        var diagnosis = new Diagnosis(model, output);
        return switch (exit) {
            case COMPLETED ->
                switch (model.mode()) {
                    case Mode.Exhaustive() -> completed(model, output);
                    case Mode.Simulation _ -> simulated(output);
                };
            case ASSUMPTION -> violated(Outcome.Kind.ASSUMPTION, output, diagnosis.firstError());
            case DEADLOCK -> violated(Outcome.Kind.DEADLOCK, output, "deadlock: a state that nothing can follow");
            case SAFETY ->
                violated(Outcome.Kind.INVARIANT, output, "invariant " + output.violated() + " does not hold");
            case LIVENESS -> property(model, output);
            case ASSERTION -> violated(Outcome.Kind.ASSERTION, output, diagnosis.ofEvaluation());
            case PARSING -> new Outcome.Unreadable(diagnosis.ofSpecification());
            case CONFIGURATION -> new Outcome.Unreadable(diagnosis.ofConfiguration());
            case TOO_LARGE, SYSTEM -> new Outcome.Undecided(diagnosis.firstError());
            default -> other(exit, output, diagnosis);
        };
    }

    /// TLC may only have looked at everything if it also said how much that was: what is not counted cannot
    /// differ.
    private static Outcome completed(Model model, TlcOutput output) {
        if (!output.completed()) {
            throw fault("without a verdict", output);
        }
        if (!output.counted()) {
            throw fault("with no number of distinct states", output);
        }
        if (output.waitingStates() > 0) {
            throw fault("with states that it had not looked at", output);
        }
        if (model.leavesOut().isPresent() && !output.countedActions()) {
            throw fault("with no count of actions", output);
        }
        return new Outcome.Completed();
    }

    /// TLC says nothing of a simulation that found no error, only that it is over.
    private static Outcome simulated(TlcOutput output) {
        if (!output.finished() || !output.errors().isEmpty()) {
            throw fault("without a verdict", output);
        }
        if (output.generatedStates() == 0) {
            throw fault("with no number of states", output);
        }
        return new Outcome.Completed();
    }

    private static Outcome other(int exit, TlcOutput output, Diagnosis diagnosis) {
        if (exit >= EVALUATION_FIRST && exit <= EVALUATION_LAST) {
            return violated(Outcome.Kind.EVALUATION, output, diagnosis.ofEvaluation());
        }
        if (exit == OTHER && !output.errors().isEmpty()) {
            var code = output.errors().getFirst().code();
            if (code >= CONFIGURATION_FIRST && code <= CONFIGURATION_LAST) {
                return new Outcome.Unreadable(diagnosis.ofConfiguration());
            }
            if (code == OUT_OF_MEMORY) {
                return new Outcome.Undecided("TLC ran out of memory; make the bounds smaller or find a larger machine");
            }
            return violated(Outcome.Kind.EVALUATION, output, diagnosis.ofEvaluation());
        }
        if (exit > 128 && exit < 128 + 65) {
            return new Outcome.Undecided(
                    "TLC was ended from outside by signal " + (exit - 128) + "; the system may have run out of memory");
        }
        throw fault("with exit code " + exit, output);
    }

    private static Outcome violated(Outcome.Kind kind, TlcOutput output, String text) {
        return new Outcome.Violated(kind, output.violated(), text, output.counterexample());
    }

    /// TLC names a property over steps, but not one over whole behaviours. Of a single one it is clear which.
    private static Outcome property(Model model, TlcOutput output) {
        var name = output.violated().isEmpty() && model.properties().size() == 1
                ? model.properties().getFirst()
                : output.violated();
        var text =
                name.isEmpty() ? "one of the properties " + String.join(", ", model.properties()) : "property " + name;
        return new Outcome.Violated(Outcome.Kind.PROPERTY, name, text + " does not hold", output.counterexample());
    }

    private static IllegalStateException fault(String how, TlcOutput output) {
        return new IllegalStateException("TLC ended " + how + ", which is not known here; it printed: "
                + String.join(" | ", output.loose()) + " | " + output.errors());
    }
}
