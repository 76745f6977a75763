package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a transaction on registers saw and wrote, register by register; the steps between do not show.
///
/// @param seen what it is known to have found in registers before it wrote them
/// @param written what it left in registers
/// @param registers all that it names, each once, in the order in which it names them
/// @param agrees whether its reads fit to each other and to its own writes; no system answers otherwise
record Transaction(Map<Value, Value> seen, Map<Value, Value> written, List<Value> registers, boolean agrees) {
    private static final String ARGUMENT = "[[:read register nil] [:write register value] ...]";

    private record Step(boolean isWrite, Value register, Value value) {}

    /// What an operation did, as far as it is known.
    ///
    /// @param reading says what a read of nothing tells
    static Transaction of(Operation operation, Reading reading) {
        var asked = steps(operation.argument()).orElseThrow(() -> Wants.argument(operation, ARGUMENT));
        var answered = operation
                .result()
                .map(result ->
                        steps(result).filter(steps -> isAnswer(steps, asked)).orElseThrow(() -> wants(operation)));
        var seen = new HashMap<Value, Value>();
        var written = new HashMap<Value, Value>();
        var agrees = true;
        for (var step : answered.orElse(asked)) {
            if (step.isWrite()) {
                written.put(step.register(), step.value());
            } else if (answered.isPresent() && isKnown(step, reading)) {
                var value = step.value() instanceof Value.Absent ? reading.initial() : step.value();
                var before = written.containsKey(step.register()) ? written : seen;
                agrees &= before.getOrDefault(step.register(), value).equals(value);
                before.putIfAbsent(step.register(), value);
            }
        }
        var registers = asked.stream().map(Step::register).distinct().toList();
        return new Transaction(Map.copyOf(seen), Map.copyOf(written), registers, agrees);
    }

    private static boolean isKnown(Step read, Reading reading) {
        return !(read.value() instanceof Value.Absent) || reading.absentReads() == Reading.AbsentReads.INITIAL;
    }

    /// Whether the steps of a result are those that were asked for, and only reads have other values.
    private static boolean isAnswer(List<Step> answered, List<Step> asked) {
        if (answered.size() != asked.size()) {
            return false;
        }
        for (int i = 0; i < asked.size(); i++) {
            var step = asked.get(i);
            var answer = answered.get(i);
            if (answer.isWrite() != step.isWrite()
                    || !answer.register().equals(step.register())
                    || (step.isWrite() && !answer.value().equals(step.value()))) {
                return false;
            }
        }
        return true;
    }

    private static RuntimeException wants(Operation operation) {
        return Wants.result(operation, "what it was given, with what was read, for " + operation.argument());
    }

    /// The steps that a value stands for; empty where it stands for none.
    private static Optional<List<Step>> steps(Value value) {
        if (!(value instanceof Value.Sequence(var elements))) {
            return Optional.empty();
        }
        var steps = elements.stream().flatMap(element -> step(element).stream()).toList();
        return steps.size() == elements.size() ? Optional.of(steps) : Optional.empty();
    }

    private static Optional<Step> step(Value value) {
        if (!(value instanceof Value.Sequence(var parts))
                || parts.size() != 3
                || !(parts.getFirst() instanceof Value.Text(String f))
                || parts.get(1) instanceof Value.Absent) {
            return Optional.empty();
        }
        return switch (f) {
            case "read", "r" -> Optional.of(new Step(false, parts.get(1), parts.get(2)));
            case "write", "w" -> Optional.of(new Step(true, parts.get(1), parts.get(2)));
            default -> Optional.empty();
        };
    }
}
