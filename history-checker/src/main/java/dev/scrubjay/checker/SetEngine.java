package dev.scrubjay.checker;

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
        return Growth.declines(part, Family.SET).or(() -> repetition(part));
    }

    private static Optional<String> repetition(Part<?> part) {
        var growth = new Growth(part);
        var shown = new int[part.size()];
        for (int at = 0; at < growth.sights().size(); at++) {
            var sight = growth.sights().get(at);
            for (var value : sight.values()) {
                int insertion = growth.insertion(value);
                if (insertion != Growth.NONE && shown[insertion] == at + 1) {
                    return Optional.of(growth.name(sight.operation()) + " shows " + value + " twice");
                }
                if (insertion != Growth.NONE) {
                    shown[insertion] = at + 1;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        var growth = new Growth(part);
        var shown = new int[part.size()];
        var sights = growth.sights();
        int[] before = {};
        for (int at = 0; at < sights.size(); at++) {
            if (budget.isSpent()) {
                return new Outcome.Stopped(budget.why(), part.byEnd()[0]);
            }
            var sight = sights.get(at);
            var now = new int[sight.size()];
            for (int i = 0; i < now.length; i++) {
                now[i] = growth.insertion(sight.values().get(i));
                if (now[i] == Growth.NONE) {
                    return growth.neverInserted(sight, sight.values().get(i));
                }
                shown[now[i]] = at;
                if (!growth.isRanked(now[i])) {
                    growth.rank(now[i], 2 * sight.size() - 1, sight);
                }
            }
            for (int insertion : before) {
                if (shown[insertion] != at) {
                    return fork(growth, sights.get(at - 1), sight, insertion);
                }
            }
            before = now;
        }
        return growth.decide();
    }

    /// Of two reads, each shows a value that the other does not show.
    private static Outcome fork(Growth growth, Growth.Sight one, Growth.Sight other, int ofOne) {
        var known = new HashSet<>(one.values());
        var ofOther = other.values().stream()
                .filter(value -> !known.contains(value))
                .findFirst()
                .orElseThrow();
        return Growth.contradiction(
                growth.name(one.operation()) + " and " + growth.name(other.operation())
                        + " each show a value that the other does not show, by " + growth.name(ofOne) + " and "
                        + growth.name(growth.insertion(ofOther)),
                ofOne,
                growth.insertion(ofOther),
                one.operation(),
                other.operation());
    }
}
