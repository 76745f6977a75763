package dev.scrubjay.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for the states of an object, so that it is asked once what an operation of one kind does to one.
final class States<S> {
    static final int INITIAL = 0;
    static final int REFUSED = -1;

    /// How many answers are kept. A long history asks more different questions than memory has room for, but
    /// seldom the older ones again.
    private static final int ANSWERS_MAX = 1 << 18;

    private final Part<S> part;
    private final List<S> states = new ArrayList<>();
    private final Map<S, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> answers = new HashMap<>();

    States(Part<S> part) {
        this.part = part;
        number(part.object().initial());
    }

    /// The state after an operation, or [#REFUSED].
    int after(int state, int operation) {
        long question = (long) state << Integer.SIZE | part.kind(operation);
        var known = answers.get(question);
        if (known != null) {
            return known;
        }
        var next = part.object().step(states.get(state), part.operation(operation));
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
}
