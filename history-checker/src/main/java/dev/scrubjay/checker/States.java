package dev.scrubjay.checker;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Numbers for the states of an object and for operations that are alike, so that the object is asked once
/// what one does to the other.
final class States<S> {
    static final int INITIAL = 0;
    static final int REFUSED = -1;

    /// How many answers are kept. A long history asks more different questions than memory has room for, but
    /// seldom the older ones again.
    private static final int ANSWERS_MAX = 1 << 18;

    private record Likeness(String f, Value argument, Optional<Value> result) {}

    private final SequentialObject<S> object;
    private final List<Operation> operations;
    private final int[] likenesses;

    private final List<S> states = new ArrayList<>();
    private final Map<S, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> answers = new HashMap<>();

    States(SequentialObject<S> object, List<Operation> operations) {
        this.object = object;
        this.operations = operations;
        this.likenesses = likenesses(operations);
        number(object.initial());
    }

    /// The same number for operations that the object cannot tell from each other.
    int likeness(int operation) {
        return likenesses[operation];
    }

    /// The state after an operation, or [#REFUSED].
    int after(int state, int operation) {
        long question = (long) state << Integer.SIZE | likenesses[operation];
        var known = answers.get(question);
        if (known != null) {
            return known;
        }
        var next = object.step(states.get(state), operations.get(operation));
        int answer = next.isPresent() ? number(next.get()) : REFUSED;
        if (answers.size() == ANSWERS_MAX) {
            answers.clear();
        }
        answers.put(question, answer);
        return answer;
    }

    private int number(S state) {
        var number = numbers.putIfAbsent(state, states.size());
        if (number != null) {
            return number;
        }
        states.add(state);
        return states.size() - 1;
    }

    private static int[] likenesses(List<Operation> operations) {
        var numbers = new HashMap<Likeness, Integer>();
        var likenesses = new int[operations.size()];
        for (int i = 0; i < likenesses.length; i++) {
            var operation = operations.get(i);
            var likeness = new Likeness(operation.f(), operation.argument(), operation.result());
            var number = numbers.putIfAbsent(likeness, numbers.size());
            likenesses[i] = number == null ? numbers.size() - 1 : number;
        }
        return likenesses;
    }
}
