package dev.scrubjay.checker;

import java.util.Arrays;

/// Operations put into slots, to make an order of them. Those of one slot come in the order in which they
/// were added.
final class Schedule {
    private final int[] starts;
    private int[] operations = new int[16];
    private int[] places = new int[16];
    private int size;

    /// @param slots how many there are
    Schedule(int slots) {
        this.starts = new int[slots + 1];
    }

    void add(int slot, int operation) {
        if (size == operations.length) {
            operations = Arrays.copyOf(operations, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        operations[size] = operation;
        places[size++] = slot;
        starts[slot + 1]++;
    }

    /// All that was added. Nothing is to be added or asked afterwards.
    Numbers order() {
        for (int slot = 1; slot < starts.length; slot++) {
            starts[slot] += starts[slot - 1];
        }
        var order = new int[size];
        for (int i = 0; i < size; i++) {
            order[starts[places[i]]++] = operations[i];
        }
        return Numbers.of(order);
    }
}
