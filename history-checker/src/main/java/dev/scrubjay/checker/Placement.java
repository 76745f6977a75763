package dev.scrubjay.checker;

import dev.scrubjay.history.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation in an order, and what stands before it. Orders that begin alike share their beginnings.
///
/// @param moment the index of the completion just before which the operation is placed
record Placement(Operation operation, int moment, @Nullable Placement before) {

    static List<Placement> order(@Nullable Placement last) {
        var order = new ArrayList<Placement>();
        for (var placement = last; placement != null; placement = placement.before()) {
            order.add(placement);
        }
        Collections.reverse(order);
        return order;
    }
}
