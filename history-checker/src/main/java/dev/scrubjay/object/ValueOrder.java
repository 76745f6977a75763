package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/// Which of two values is the less: the order in which a priority queue gives them back.
///
/// Truths come before numbers, numbers before texts, texts before sequences. False comes before true; numbers
/// go by size and texts by code points; a sequence goes by its first value that differs, and one that another
/// begins with comes before it. So `[priority value]` goes by priority. Only equal values have equal places.
public final class ValueOrder implements Comparator<Value> {
    /// The one order.
    public static final ValueOrder INSTANCE = new ValueOrder();

    private ValueOrder() {}

    /// Whether a value has a place in this order: mappings and what is absent have none.
    public static boolean has(Value value) {
        return switch (value) {
            case Value.Absent absent -> false;
            case Value.Mapping mapping -> false;
            case Value.Sequence(var elements) -> elements.stream().allMatch(ValueOrder::has);
            case Value.Truth truth -> true;
            case Value.Whole number -> true;
            case Value.Decimal number -> true;
            case Value.Text text -> true;
        };
    }

    /// Compares two values that have a place.
    @Override
    public int compare(Value one, Value other) {
        if (one instanceof Value.Whole(long left) && other instanceof Value.Whole(long right)) {
            return Long.compare(left, right);
        }
        if (rank(one) != rank(other)) {
            return Integer.compare(rank(one), rank(other));
        }
        if (one instanceof Value.Truth(boolean left) && other instanceof Value.Truth(boolean right)) {
            return Boolean.compare(left, right);
        }
        if (one instanceof Value.Text(String left) && other instanceof Value.Text(String right)) {
            return byCodePoints(left, right);
        }
        if (one instanceof Value.Sequence(var left) && other instanceof Value.Sequence(var right)) {
            return bySequence(left, right);
        }
        return number(one).compareTo(number(other));
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.Truth truth -> 0;
            case Value.Whole number -> 1;
            case Value.Decimal number -> 1;
            case Value.Text text -> 2;
            case Value.Sequence sequence -> 3;
            case Value.Absent absent -> throw none(value);
            case Value.Mapping mapping -> throw none(value);
        };
    }

    private static BigDecimal number(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> BigDecimal.valueOf(number);
            case Value.Decimal(var number) -> number;
            default -> throw none(value);
        };
    }

    private static IllegalArgumentException none(Value value) {
        return new IllegalArgumentException(value + " has no place in an order; ask ValueOrder.has first");
    }

    /// Java's own order of strings puts what lies beyond 16 bits before the last of what lies within.
    private static int byCodePoints(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        if (at == one.length() || at == other.length()) {
            return Integer.compare(one.length(), other.length());
        }
        // Halves of one pair are not told apart by what they begin with, so the pair is looked at as a whole.
        int from = at > 0 && Character.isHighSurrogate(one.charAt(at - 1)) ? at - 1 : at;
        return Integer.compare(one.codePointAt(from), other.codePointAt(from));
    }

    private int bySequence(List<Value> one, List<Value> other) {
        for (int at = 0; at < Math.min(one.size(), other.size()); at++) {
            int order = compare(one.get(at), other.get(at));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
