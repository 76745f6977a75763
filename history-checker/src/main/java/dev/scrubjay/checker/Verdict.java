package dev.scrubjay.checker;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a checker found out about a history.
public sealed interface Verdict {
    /// The verdict in one line, for people.
    String text();

    /// The operations can be put into an order that respects time and that the object can do.
    ///
    /// @param order such an order: all completed operations, and those open ones that had an effect
    record Linearizable(List<Operation> order) implements Verdict {
        public Linearizable {
            order = List.copyOf(order);
        }

        @Override
        public String text() {
            return String.format(
                    Locale.ROOT, "linearizable: what completed has an order (operations: %,d)", order.size());
        }
    }

    /// There is no such order. Where several parts of the object have none, this is about the one that shows
    /// it first.
    ///
    /// @param key the part of the object; empty where it has no parts
    /// @param order an order of the operations on this part that explains every completion before the refused
    /// one
    /// @param refused the first operation whose completion no order explains, even one of those that know
    /// already how the operations ended that were running then
    record NotLinearizable(Optional<Value> key, List<Operation> order, Operation refused) implements Verdict {
        public NotLinearizable {
            order = List.copyOf(order);
        }

        @Override
        public String text() {
            return String.format(
                    Locale.ROOT,
                    "not linearizable: %s%s fits into no order, and what completed before it does (operations: %,d)",
                    of(key),
                    refused,
                    order.size());
        }
    }

    /// A limit was reached first.
    ///
    /// @param key the part of the object where that happened; empty where it has no parts
    /// @param why which limit
    /// @param undecided every completion on this part before this operation's is explained by an order
    record Unknown(Optional<Value> key, String why, Operation undecided) implements Verdict {
        @Override
        public String text() {
            return "unknown: " + of(key) + why + "; not decided from " + undecided + " on";
        }
    }

    private static String of(Optional<Value> key) {
        return key.map(value -> "key " + value + ": ").orElse("");
    }
}
