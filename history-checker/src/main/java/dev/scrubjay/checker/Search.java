package dev.scrubjay.checker;

import java.util.Optional;

/// Decides any part by search, in breadth.
final class Search implements Engine {
    @Override
    public String name() {
        return "breadth";
    }

    @Override
    public Optional<String> declines(Part<?> part) {
        return Optional.empty();
    }

    @Override
    public <S> Outcome decide(Part<S> part, Budget budget) {
        return new Breadth<>(part).run(budget, Long.MAX_VALUE).orElseThrow();
    }
}
