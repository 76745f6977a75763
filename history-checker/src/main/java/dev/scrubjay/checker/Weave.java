package dev.scrubjay.checker;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes a whole order of one in which those operations are left out that happened without being noticed.
///
/// A search places an operation only where it matters. Of another one it knows that there was a *quiet spot*
/// while it ran: a state that the operation does not change, or a moment just before something that is
/// overwritten at once. Where that was is not kept during a search, for it is found again here, once and for
/// one order only.
final class Weave<S> {
    private final Part<S> part;
    private final States<S> states;

    /// What was placed, when, and the state before each and after the last.
    private final int[] placed;

    private final int[] moments;
    private final int[] stateBefore;

    private Weave(Part<S> part, States<S> states, @Nullable Placement last) {
        this.part = part;
        this.states = states;
        int length = 0;
        for (var placement = last; placement != null; placement = placement.before()) {
            length++;
        }
        this.placed = new int[length];
        this.moments = new int[length];
        this.stateBefore = new int[length + 1];
        for (var placement = last; placement != null; placement = placement.before()) {
            placed[--length] = placement.operation();
            moments[length] = placement.moment();
        }
        stateBefore[0] = States.INITIAL;
        for (int i = 0; i < placed.length; i++) {
            stateBefore[i + 1] = states.after(stateBefore[i], placed[i]);
        }
    }

    /// An order of everything that completed up to an event, and of what had to happen before.
    static <S> Numbers order(Part<S> part, States<S> states, @Nullable Placement last, int event) {
        return new Weave<>(part, states, last).order(event);
    }

    private Numbers order(int event) {
        var isPlaced = new boolean[part.size()];
        for (int operation : placed) {
            isPlaced[operation] = true;
        }
        // Sorted by where an operation stands, then by when it was invoked. Placement i stands at 3i + 1,
        // what is overwritten by it at once at 3i, and what happens unnoticed in the state before it at 3i -
        // 1.
        var places = new long[part.size()];
        int count = 0;
        for (int i = 0; i < placed.length; i++) {
            places[count++] = place(3L * i + 1, placed[i]);
        }
        for (int operation = 0; operation < part.size(); operation++) {
            if (!isPlaced[operation] && part.end(operation) <= event) {
                places[count++] = place(spot(operation), operation);
            }
        }
        Arrays.sort(places, 0, count);
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) places[i];
        }
        return Numbers.of(order);
    }

    private static long place(long spot, int operation) {
        return (spot << Integer.SIZE) | operation;
    }

    /// Where an operation that was not placed can have happened; on the scale of [#order].
    private long spot(int operation) {
        int begin = part.begin(operation);
        int end = part.end(operation);
        int first = firstAfter(begin);
        if (isQuiet(first, operation)) {
            return 3L * first - 1;
        }
        for (int i = first; i < placed.length && moments[i] <= end; i++) {
            if (part.isOverwrite(part.kind(operation)) && part.isOverwrite(part.kind(placed[i]))) {
                return 3L * i;
            }
            if (isQuiet(i + 1, operation)) {
                return 3L * i + 2;
            }
        }
        throw new IllegalStateException("no quiet spot for " + part.operation(operation));
    }

    private boolean isQuiet(int placement, int operation) {
        return states.after(stateBefore[placement], operation) == stateBefore[placement];
    }

    /// The first placement that happened after an event.
    private int firstAfter(int event) {
        int from = 0;
        int to = moments.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (moments[middle] > event) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
