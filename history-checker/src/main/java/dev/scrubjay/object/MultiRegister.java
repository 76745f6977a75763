package dev.scrubjay.object;

import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Registers by name, read and written in transactions: `txn`, whose argument is a sequence of `[:read
/// register nil]` and `[:write register value]`, done one after the other with nothing between. For `read`
/// and `write` it also takes `r` and `w`, as Jepsen's newer tests write them.
///
/// The result repeats the argument, with what was read. All registers hold the same at first: the initial
/// value of the reading.
///
/// Registers that no transaction joins are checked alone. A state maps those that hold something else than at
/// first to what they hold.
public final class MultiRegister implements SequentialObject<Map<Value, Value>> {
    private static final String NAME = "multi-register";

    private final Reading reading;

    /// One whose registers hold nothing at first, and whose reads of nothing saw just that.
    public MultiRegister() {
        this(Reading.exact(Value.absent()));
    }

    public MultiRegister(Reading reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Value, Value> initial() {
        return Map.of();
    }

    @Override
    public Optional<Map<Value, Value>> step(Map<Value, Value> state, Operation operation) {
        var transaction = transaction(operation);
        if (!transaction.agrees()) {
            return Optional.empty();
        }
        for (var seen : transaction.seen().entrySet()) {
            if (!seen.getValue().equals(state.getOrDefault(seen.getKey(), reading.initial()))) {
                return Optional.empty();
            }
        }
        return Optional.of(operation.isFailed() ? state : with(state, transaction.written()));
    }

    private Map<Value, Value> with(Map<Value, Value> state, Map<Value, Value> written) {
        if (written.isEmpty()) {
            return state;
        }
        var next = new HashMap<>(state);
        next.putAll(written);
        next.values().removeIf(reading.initial()::equals);
        return Collections.unmodifiableMap(next);
    }

    private Transaction transaction(Operation operation) {
        if (!operation.f().equals("txn")) {
            throw Wants.none(operation, "a multi-register", "txn");
        }
        return Transaction.of(operation, reading);
    }

    @Override
    public List<Value> keys(Operation operation) {
        return transaction(operation).registers();
    }

    @Override
    public boolean matters(Operation operation) {
        var transaction = transaction(operation);
        return !operation.isFailed()
                && !(transaction.agrees()
                        && transaction.seen().isEmpty()
                        && transaction.written().isEmpty());
    }

    @Override
    public boolean isObservation(Operation operation) {
        return operation.isFailed() || transaction(operation).written().isEmpty();
    }

    @Override
    public Family family() {
        return Family.CELL;
    }

    /// There are words for what a transaction does to one register.
    @Override
    public Optional<Access> access(Operation operation) {
        var transaction = transaction(operation);
        if (transaction.registers().size() != 1 || !transaction.agrees()) {
            return Optional.empty();
        }
        var register = transaction.registers().getFirst();
        var seen = Optional.ofNullable(transaction.seen().get(register));
        var written = Optional.ofNullable(transaction.written().get(register));
        if (written.isEmpty()) {
            return seen.map(Access.Read::new);
        }
        return Optional.of(
                seen.isEmpty() ? new Access.Write(written.get()) : new Access.Swap(seen.get(), written.get()));
    }

    /// Makes registers.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<Map<Value, Value>> object(String argument, Reading reading) {
            SequentialObjects.requireNone(NAME, argument);
            return new MultiRegister(reading);
        }
    }
}
