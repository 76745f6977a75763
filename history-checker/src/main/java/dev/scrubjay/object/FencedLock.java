package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Optional;

/// A lock that gives a token, a whole number, to whom it lets in: `acquire`, whose argument is the owner, and
/// `release`, whose argument is `[owner token]`. Each token is greater than all before it.
///
/// The system chooses the token, so a step is certain only where the history says what it chose. An `acquire`
/// whose outcome is unknown took *some* greater token. The state then keeps what that leaves certain: the
/// least that the token can be. Nothing is lost by it, because the lock is held until a `release` names the
/// token: any from the least on is right, and from then on it is known.
///
/// It has no lease that runs out: who holds it holds it until the release. One that failed tells nothing, or,
/// under [Reading.Failures#OBSERVED], that an `acquire` found it held, and a `release` found that it was not
/// held by this owner with this token.
public final class FencedLock implements SequentialObject<FencedLock.State> {
    private static final String NAME = "fenced-lock";

    /// Who holds the lock, and which tokens are spent.
    ///
    /// @param owner empty where the lock is free
    /// @param token the token of the last one let in, or the least that it can be
    /// @param isKnown whether it is just that token
    public record State(Optional<Value> owner, long token, boolean isKnown) {
        private boolean isHeldBy(Ticket ticket) {
            return owner.equals(Optional.of(ticket.owner()))
                    && (isKnown ? token == ticket.token() : token <= ticket.token());
        }
    }

    private record Ticket(Value owner, long token) {}

    private final Reading reading;

    /// One whose failures tell nothing.
    public FencedLock() {
        this(Reading.jepsen());
    }

    public FencedLock(Reading reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// Any number may be the first token, but for the least there is.
    @Override
    public State initial() {
        return new State(Optional.empty(), Long.MIN_VALUE, true);
    }

    @Override
    public Optional<State> step(State state, Operation operation) {
        return isAcquire(operation) ? acquire(state, operation) : release(state, operation);
    }

    private static Optional<State> acquire(State state, Operation operation) {
        var owner = Wants.value(operation, "its owner as its value");
        var token = operation.result().map(result -> token(operation, result));
        var isFree = state.owner().isEmpty();
        if (operation.isFailed()) {
            return isFree ? Optional.empty() : Optional.of(state);
        }
        if (token.isPresent()) {
            return isFree && token.get() > state.token()
                    ? Optional.of(new State(Optional.of(owner), token.get(), true))
                    : Optional.empty();
        }
        return Optional.of(
                isFree && state.token() < Long.MAX_VALUE
                        ? new State(Optional.of(owner), state.token() + 1, false)
                        : state);
    }

    private static Optional<State> release(State state, Operation operation) {
        var ticket = ticket(operation);
        var isHeld = state.isHeldBy(ticket);
        if (operation.isFailed()) {
            // Where the token is not known, it can have been another one than this.
            return isHeld && state.isKnown() ? Optional.empty() : Optional.of(state);
        }
        if (isHeld) {
            return Optional.of(new State(Optional.empty(), ticket.token(), true));
        }
        return operation.isCompleted() ? Optional.empty() : Optional.of(state);
    }

    private static boolean isAcquire(Operation operation) {
        return switch (operation.f()) {
            case "acquire" -> true;
            case "release" -> false;
            default -> throw Wants.none(operation, "a fenced lock", "acquire", "release");
        };
    }

    private static long token(Operation operation, Value result) {
        if (result instanceof Value.Whole(long token)) {
            return token;
        }
        throw Wants.result(operation, "a token, which is a whole number");
    }

    private static Ticket ticket(Operation operation) {
        var pair = Wants.pair(operation.argument());
        if (pair.isPresent() && pair.get().getLast() instanceof Value.Whole(long token)) {
            return new Ticket(pair.get().getFirst(), token);
        }
        throw Wants.argument(operation, "[owner token]");
    }

    @Override
    public boolean matters(Operation operation) {
        return !operation.isFailed() || reading.observes(operation);
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.isFailed();
    }

    /// Makes locks that are free at first.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<State> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new FencedLock(reading);
        }
    }
}
