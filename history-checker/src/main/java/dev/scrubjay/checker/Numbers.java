package dev.scrubjay.checker;

import java.util.Arrays;

/// A list of numbers without an object for each. Never changes.
final class Numbers {
    private final int[] numbers;

    private Numbers(int[] numbers) {
        this.numbers = numbers;
    }

    /// The array belongs to the list from then on.
    static Numbers of(int... numbers) {
        return new Numbers(numbers);
    }

    int size() {
        return numbers.length;
    }

    int get(int at) {
        return numbers[at];
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers);
    }
}
