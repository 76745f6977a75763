package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.Family;
import java.util.HashSet;
import java.util.Optional;

/// Decides sets in which each value is inserted once and that are read as a whole, in time that grows little
/// faster than what the reads saw.
///
/// *Problem.* Find an order of insertions and reads that respects time, in which each read sees the values
/// that were inserted before it.
///
/// *Why it is easy.* A set only grows, so of two reads one sees all that the other sees. By how much they
/// saw, reads have an order, but for those that saw the same, which have any. Each value was inserted after
/// the last read that does not show it and before the first that does, and the insertions between two reads
/// have any order. [Growth] puts this into ranks.
final class SetEngine implements Engine {
    @Override
    public String name() {
        return "set";
    }

    /// It is left to the object what to think of a read that shows a value twice.
    @Override
    public Optional<String> declines(Part<?> part) {
        return Growth.declines(part, Family.SET)
                .or(() -> new Growth(part)
                        .sights().stream()
                                .filter(sight -> new HashSet<>(sight.values()).size() < sight.size())
                                .findFirst()
                                .map(sight -> part.operation(sight.operation()) + " shows a value twice"));
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        var growth = new Growth(part);
        var shown = new int[part.size()];
        var sights = growth.sights();
        for (int at = 0; at < sights.size(); at++) {
            if (budget.isSpent()) {
                return new Outcome.Stopped(budget.why(), part.byEnd()[0]);
            }
            var sight = sights.get(at);
            for (var value : sight.values()) {
                var insertion = growth.insertion(value);
                if (insertion.isEmpty()) {
                    return growth.neverInserted(sight, value);
                }
                shown[insertion.get()] = at;
                if (!growth.isRanked(insertion.get())) {
                    growth.rank(insertion.get(), 2 * sight.size() - 1, sight);
                }
            }
            if (at > 0) {
                for (var value : sights.get(at - 1).values()) {
                    if (shown[growth.insertion(value).orElseThrow()] != at) {
                        return fork(growth, sights.get(at - 1), sight, value);
                    }
                }
            }
        }
        return growth.decide();
    }

    /// Of two reads, each shows a value that the other does not show.
    private static Outcome fork(Growth growth, Growth.Sight one, Growth.Sight other, Value ofOne) {
        var known = new HashSet<>(one.values());
        var ofOther = other.values().stream()
                .filter(value -> !known.contains(value))
                .findFirst()
                .orElseThrow();
        return Growth.contradiction(
                growth.name(one.operation()) + " shows " + ofOne + " and not " + ofOther + ", and "
                        + growth.name(other.operation()) + " shows it the other way round",
                growth.insertion(ofOne).orElseThrow(),
                growth.insertion(ofOther).orElseThrow(),
                one.operation(),
                other.operation());
    }
}
