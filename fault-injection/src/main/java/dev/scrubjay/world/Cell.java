package dev.scrubjay.world;

import java.util.Comparator;

/// A fault that has its effect while an action of the specification is in flight.
///
/// @param fault the kind of fault, in a word
public record Cell(String fault, String action) implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
            Comparator.comparing(Cell::fault).thenComparing(Cell::action);

    @Override
    public int compareTo(Cell other) {
        return ORDER.compare(this, other);
    }
}
