package dev.scrubjay.checker;

import dev.scrubjay.object.Family;
import java.util.Optional;

/// Decides logs in which each value is inserted once and that are read as a whole, in time that grows little
/// faster than what the reads saw.
///
/// *Problem.* Find an order of insertions and reads that respects time, in which each read sees the values
/// that were inserted before it, in the order of their insertions.
///
/// *Why it is easy.* A log only grows, so each read sees a beginning of what the longest one sees, and of two
/// reads of the same length neither sees anything that the other does not. The longest read tells in which
/// order the values were inserted that anybody saw, and a read of `k` values stands right behind the
/// insertion of the `k`-th. What nobody saw comes behind all of that, in any order. [Growth] puts this into
/// ranks: each value has one of its own.
final class LogEngine implements Engine {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        return Growth.declines(part, Family.LOG);
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        var growth = new Growth(part);
        if (growth.sights().isEmpty()) {
            return growth.decide();
        }
        var longest = growth.sights().getLast();
        return insertions(growth, longest).or(() -> beginnings(growth, longest)).orElseGet(growth::decide);
    }

    /// Ranks the values that the longest read shows.
    private static Optional<Outcome> insertions(Growth growth, Growth.Sight longest) {
        int at = 0;
        for (var sight : growth.sights()) {
            for (; at < sight.size(); at++) {
                var value = longest.values().get(at);
                int insertion = growth.insertion(value);
                if (insertion == Growth.NONE) {
                    return Optional.of(growth.neverInserted(longest, value));
                }
                if (growth.isRanked(insertion)) {
                    return Optional.of(Growth.contradiction(
                            growth.name(longest.operation()) + " shows " + value + " twice, which was inserted once",
                            insertion,
                            longest.operation()));
                }
                growth.rank(insertion, 2 * at + 1, sight);
            }
        }
        return Optional.empty();
    }

    /// What is wrong with a read that shows something else than a beginning of the longest one.
    private static Optional<Outcome> beginnings(Growth growth, Growth.Sight longest) {
        for (var sight : growth.sights()) {
            for (int at = 0; at < sight.size(); at++) {
                if (!sight.values().get(at).equals(longest.values().get(at))) {
                    return Optional.of(fork(growth, sight, longest, at));
                }
            }
        }
        return Optional.empty();
    }

    private static Outcome fork(Growth growth, Growth.Sight sight, Growth.Sight longest, int at) {
        var value = sight.values().get(at);
        int insertion = growth.insertion(value);
        if (insertion == Growth.NONE) {
            return growth.neverInserted(sight, value);
        }
        var other = longest.values().get(at);
        return Growth.contradiction(
                growth.name(sight.operation()) + " shows " + value + " where " + growth.name(longest.operation())
                        + " shows " + other,
                insertion,
                growth.insertion(other),
                sight.operation(),
                longest.operation());
    }
}
