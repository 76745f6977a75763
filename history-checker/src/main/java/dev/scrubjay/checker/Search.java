package dev.scrubjay.checker;

import java.util.Optional;

/// Decides any part by search: in depth, in breadth, or with both in competition.
final class Search implements Engine {
    enum Way {
        COMPETITION,
        DEPTH,
        BREADTH
    }

    private static final long FIRST_TURN = 1_000;
    private static final long FIRST_TURN_FOR_EACH = 4;

    private final String name;
    private final Way way;

    Search(String name, Way way) {
        this.name = name;
        this.way = way;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        return Optional.empty();
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        return switch (way) {
            case COMPETITION -> Unwritten.find(part).orElseGet(() -> compete(part, budget));
            case DEPTH -> inDepth(part, budget);
            case BREADTH -> new Breadth<>(part).run(budget, Long.MAX_VALUE).orElseThrow();
        };
    }

    /// Both take turns, each longer than the one before, and whichever finds an answer first has it. The
    /// first turn is the depth's, and long enough for most histories that are linearizable. There is no clock
    /// and no second thread in it, so that the same part always has the same answer.
    private static <S> Outcome compete(Part<S> part, Budget budget) {
        var depth = new Depth<>(part, budget.bytes() / 2);
        var breadth = new Breadth<>(part);
        long turn = FIRST_TURN + FIRST_TURN_FOR_EACH * part.size();
        while (true) {
            if (!depth.isFull()) {
                var outcome = depth.run(budget, turn);
                if (outcome.isPresent() && !(outcome.get() instanceof Outcome.Stopped)) {
                    return outcome.get();
                }
            }
            var outcome = breadth.run(budget, turn);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            turn *= 2;
        }
    }

    private static <S> Outcome inDepth(Part<S> part, Budget budget) {
        var depth = new Depth<>(part, budget.bytes());
        return depth.run(budget, Long.MAX_VALUE).orElseGet(() -> {
            budget.isTooMuch(depth.bytes());
            return new Outcome.Stopped(budget.why(), depth.undecided());
        });
    }
}
