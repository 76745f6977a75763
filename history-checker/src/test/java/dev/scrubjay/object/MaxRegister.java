package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// The greatest number that was written: an object as users write their own.
public final class MaxRegister implements SequentialObject<Long> {
    @Override
    public String name() {
        return "max-register";
    }

    @Override
    public Long initial() {
        return 0L;
    }

    @Override
    public Optional<Long> step(Long state, Operation operation) {
        if (operation.f().equals("write") && operation.argument() instanceof Value.Whole(long number)) {
            return Optional.of(Math.max(state, number));
        }
        return operation.result().orElse(Value.number(state)).equals(Value.number(state))
                ? Optional.of(state)
                : Optional.empty();
    }

    /// Cannot be made.
    public static final class Throwing implements SequentialObject<Long> {
        public Throwing() {
            throw new IllegalStateException("no numbers\n  left");
        }

        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public Long initial() {
            return 0L;
        }

        @Override
        public Optional<Long> step(Long state, Operation operation) {
            return Optional.empty();
        }
    }
}
