package dev.scrubjay.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for the states of an object, so that it is asked once what an operation of one kind does to one
/// state, and so that states are compared by number.
final class States<S> {
    static final int INITIAL = 0;
    static final int REFUSED = -1;

    private static final int UNASKED = -2;

    /// With so few kinds each state has a row of answers of its own.
    private static final int ROW_MAX = 256;

    /// How many answers are kept where rows would be too long. A long history asks more different questions
    /// than memory has room for, but seldom the older ones again.
    private static final int ANSWERS_MAX = 1 << 20;

    private final Part<S> part;
    private final int kinds;
    private final List<S> states = new ArrayList<>();
    private final Map<S, Integer> numbers = new HashMap<>();

    private int[][] rows = new int[16][];
    private final LongIntMap answers = new LongIntMap();

    States(Part<S> part) {
        this.part = part;
        this.kinds = part.kinds();
        number(part.object().initial());
    }

    /// How many states have been met.
    int size() {
        return states.size();
    }

    /// The state after an operation, or [#REFUSED].
    int after(int state, int operation) {
        int kind = part.kind(operation);
        if (kinds <= ROW_MAX) {
            int known = rows[state][kind];
            if (known == UNASKED) {
                known = ask(state, kind);
                rows[state][kind] = known;
            }
            return known;
        }
        long question = (long) state * kinds + kind;
        int known = answers.get(question);
        if (known == LongIntMap.NONE) {
            int answer = ask(state, kind);
            if (answers.size() == ANSWERS_MAX) {
                answers.clear();
            }
            answers.put(question, answer - REFUSED);
            return answer;
        }
        return known + REFUSED;
    }

    private int ask(int state, int kind) {
        var next = part.object().step(states.get(state), part.example(kind));
        return next.isPresent() ? number(next.get()) : REFUSED;
    }

    private int number(S state) {
        var number = numbers.putIfAbsent(state, states.size());
        if (number != null) {
            return number;
        }
        states.add(state);
        if (kinds <= ROW_MAX) {
            if (states.size() > rows.length) {
                rows = Arrays.copyOf(rows, rows.length * 2);
            }
            rows[states.size() - 1] = new int[kinds];
            Arrays.fill(rows[states.size() - 1], UNASKED);
        }
        return states.size() - 1;
    }
}
