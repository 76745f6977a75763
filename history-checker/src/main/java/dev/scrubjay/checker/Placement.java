package dev.scrubjay.checker;

import org.jspecify.annotations.Nullable;

/// An operation in an order, and what stands before it. Orders that begin alike share their beginnings.
record Placement(int operation, @Nullable Placement before) {

    static Numbers order(@Nullable Placement last) {
        int length = 0;
        for (var placement = last; placement != null; placement = placement.before()) {
            length++;
        }
        var order = new int[length];
        for (var placement = last; placement != null; placement = placement.before()) {
            order[--length] = placement.operation();
        }
        return Numbers.of(order);
    }
}
