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
    /// @param order such an order: all completed operations, and those open ones that had an effect; never
    /// changed
    record Linearizable(List<Operation> order) implements Verdict {
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
    record NotLinearizable(Optional<Value> key, Evidence evidence) implements Verdict {
        @Override
        public String text() {
            return "not linearizable: " + of(key) + evidence.text();
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

    /// Why a history is not linearizable.
    sealed interface Evidence {
        /// The rest of a sentence, for people.
        String text();

        /// The index of the last event that is needed to see it.
        int last();
    }

    /// An operation whose completion no order explains.
    ///
    /// @param order an order of the operations on the part that explains every completion before the refused
    /// one; never changed
    /// @param refused the first operation whose completion no order explains, even one of those that know
    /// already how the operations ended that were running then
    record Refusal(List<Operation> order, Operation refused) implements Evidence {
        @Override
        public String text() {
            return String.format(
                    Locale.ROOT,
                    "%s fits into no order, and what completed before it does (operations: %,d)",
                    refused,
                    order.size());
        }

        @Override
        public int last() {
            return refused.completion().orElseThrow().index();
        }
    }

    /// A few operations that contradict each other: with no other operation of the part, they have no order
    /// either.
    ///
    /// @param why one sentence without a full stop
    record Contradiction(List<Operation> operations, String why) implements Evidence {
        @Override
        public String text() {
            return why;
        }

        @Override
        public int last() {
            int last = 0;
            for (var operation : operations) {
                last = Math.max(
                        last,
                        operation
                                .completion()
                                .filter(end -> !operation.isOpen())
                                .orElse(operation.invocation())
                                .index());
            }
            return last;
        }
    }

    private static String of(Optional<Value> key) {
        return key.map(value -> "key " + value + ": ").orElse("");
    }
}
