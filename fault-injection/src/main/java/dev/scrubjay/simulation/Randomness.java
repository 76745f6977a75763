package dev.scrubjay.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// All randomness of a run, from its seed. Each part of the world has a stream of its own, so that one more
/// decision in one part does not change those of all others.
final class Randomness {
    private final SplittableRandom random;

    private Randomness(SplittableRandom random) {
        this.random = random;
    }

    static Randomness of(long seed) {
        return new Randomness(new SplittableRandom(seed));
    }

    Randomness split() {
        return new Randomness(random.split());
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    boolean perMille(int share) {
        return random.nextInt(1000) < share;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
