package dev.scrubjay.checker;

import java.util.BitSet;
import java.util.Optional;

/// Finds an operation that saw a value which was never there: no search is needed then, and no other
/// operation.
final class Unwritten {
    private Unwritten() {}

    static Optional<Outcome> find(Part<?> part) {
        var cells = part.cells();
        if (!cells.isWhole()) {
            return Optional.empty();
        }
        var isWritten = new BitSet();
        if (cells.initial() != Cells.NONE) {
            isWritten.set(cells.initial());
        }
        for (int kind = 0; kind < part.kinds(); kind++) {
            if (cells.leaves(kind) != Cells.NONE) {
                isWritten.set(cells.leaves(kind));
            }
        }
        for (int i = 0; i < part.size(); i++) {
            int value = cells.sees(part.kind(i));
            if (value != Cells.NONE && !isWritten.get(value) && !part.isOpen(i)) {
                return Optional.of(new Outcome.Contradicted(
                        Numbers.of(i), part.operation(i) + " saw " + cells.name(value) + ", which nothing wrote"));
            }
        }
        return Optional.empty();
    }
}
