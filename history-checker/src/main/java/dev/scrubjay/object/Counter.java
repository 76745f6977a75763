package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.math.BigInteger;
import java.util.Optional;

/// A whole number of any size that is added to: `add`, `read`, and `add-and-get`, which gives back the sum.
///
/// To count down is to add a negative number. What an `add` gives back is not looked at, because Jepsen's
/// clients repeat there what they were given.
public final class Counter implements SequentialObject<BigInteger> {
    private static final String NAME = "counter";
    private static final String RESULT = "a whole number";

    private final Reading reading;
    private final BigInteger initial;

    /// One that is 0 at first, and whose reads all tell what they saw.
    public Counter() {
        this(Reading.exact(Value.number(0)));
    }

    /// One that is at first what the reading says, and 0 where it says nothing.
    ///
    /// @throws IllegalArgumentException where that is no whole number
    public Counter(Reading reading) {
        this.reading = reading;
        this.initial = reading.initial() instanceof Value.Absent
                ? BigInteger.ZERO
                : Wants.whole(reading.initial())
                        .orElseThrow(() -> new IllegalArgumentException("a counter is a whole number at first, not "
                                + reading.initial() + "; mend the initial value"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BigInteger initial() {
        return initial;
    }

    @Override
    public Optional<BigInteger> step(BigInteger state, Operation operation) {
        var sum = state.add(added(operation));
        var isRight = seen(operation).orElse(sum).equals(sum);
        return isRight ? Optional.of(operation.isFailed() ? state : sum) : Optional.empty();
    }

    private static BigInteger added(Operation operation) {
        return switch (operation.f()) {
            case "read" -> BigInteger.ZERO;
            case "add", "add-and-get" ->
                Wants.whole(operation.argument()).orElseThrow(() -> Wants.argument(operation, RESULT));
            default -> throw Wants.none(operation, "a counter", "add", "add-and-get", "read");
        };
    }

    /// What an operation is known to have seen after it was done.
    private Optional<BigInteger> seen(Operation operation) {
        if (operation.f().equals("add") || !operation.isCompleted()) {
            return Optional.empty();
        }
        var known = Wants.known(operation);
        if (known.isPresent()) {
            return Optional.of(Wants.whole(known.get()).orElseThrow(() -> Wants.result(operation, RESULT)));
        }
        return isRead(operation) && reading.absentReads() == Reading.AbsentReads.INITIAL
                ? Optional.of(initial)
                : Optional.empty();
    }

    private static boolean isRead(Operation operation) {
        return operation.f().equals("read");
    }

    @Override
    public boolean matters(Operation operation) {
        return !operation.isFailed() && (!isRead(operation) || seen(operation).isPresent());
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.isFailed() || added(operation).signum() == 0;
    }

    /// Makes counters.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<BigInteger> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new Counter(reading);
        }
    }
}
