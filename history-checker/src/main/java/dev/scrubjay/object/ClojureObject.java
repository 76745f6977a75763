package dev.scrubjay.object;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An object that a Clojure function is: it takes a state and an operation, and gives back the next state, or
/// nil where the operation cannot have been done.
///
/// ```clojure
/// (defn step
///   {:initial #{}}
///   [state {:keys [f value type result]}]
///   (case f
///     :add  (conj state value)
///     :read (when (or (not= type :ok) (= result (sort state))) state)))
/// ```
///
/// The operation is a map: `:f` is a keyword, `:value` the argument, `:type` is `:ok`, `:fail` or `:info`,
/// and `:result` is what an `:ok` gave back. The first state stands in the metadata of the function as
/// `:initial`, because it belongs to the function and a function takes no state from elsewhere; it is nil
/// where nothing stands there.
///
/// Operations are all about the whole object. `independent:clojure:my.ns/step` has one object for each key.
public final class ClojureObject implements SequentialObject<ClojureObject.State> {
    private static final String NAME = "clojure";

    /// A state.
    ///
    /// @param data what the function gave back, equal as Java's `equals` says; empty for nil
    public record State(Optional<Object> data) {
        @Override
        public String toString() {
            return data.map(Object::toString).orElse("nil");
        }
    }

    private final String step;
    private final Clojure clojure;
    private final Object function;
    private final State initial;

    private ClojureObject(String step, Clojure clojure, Object function) throws InvocationTargetException {
        this.step = step;
        this.clojure = clojure;
        this.function = function;
        var meta = clojure.core("meta", function);
        this.initial = new State(Optional.ofNullable(clojure.core("get", meta, clojure.keyword("initial"))));
    }

    @Override
    public String name() {
        return NAME + ":" + step;
    }

    @Override
    public State initial() {
        return initial;
    }

    @Override
    public Optional<State> step(State state, Operation operation) {
        try {
            var next = clojure.call(function, state.data().orElse(null), data(operation));
            return next == null ? Optional.empty() : Optional.of(new State(Optional.of(next)));
        } catch (InvocationTargetException e) {
            throw new HistoryException("event " + operation.invocation().index() + ": " + step + " throws "
                    + OneLine.of(e) + ", of " + operation.f() + " " + operation.argument());
        }
    }

    private @Nullable Object data(Operation operation) throws InvocationTargetException {
        var data = new HashMap<Object, @Nullable Object>();
        var type = operation.isCompleted() ? "ok" : operation.isFailed() ? "fail" : "info";
        data.put(clojure.keyword("type"), clojure.keyword(type));
        data.put(clojure.keyword("f"), clojure.keyword(operation.f()));
        data.put(clojure.keyword("value"), clojure.data(operation.argument()));
        data.put(clojure.keyword("result"), clojure.data(operation.result().orElse(Value.absent())));
        return clojure.map(data);
    }

    /// Makes objects of functions.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<State> object(String argument, Reading reading) {
            int slash = argument.indexOf('/');
            if (slash < 1 || slash == argument.length() - 1) {
                throw new IllegalArgumentException("clojure wants the name of a function with its namespace after a "
                        + "colon, such as clojure:my.ns/step, not '" + argument + "'");
            }
            var clojure = Clojure.find()
                    .orElseThrow(() -> new IllegalArgumentException("clojure:" + argument
                            + ": Clojure is not on the class path; put the jars of clojure, spec.alpha and "
                            + "core.specs.alpha there"));
            try {
                var function = clojure.function(argument.substring(0, slash), argument.substring(slash + 1))
                        .orElseThrow(() -> new IllegalArgumentException("clojure:" + argument + ": the namespace "
                                + argument.substring(0, slash) + " has no " + argument.substring(slash + 1)));
                return new ClojureObject(argument, clojure, function);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(
                        "clojure:" + argument + ": its namespace cannot be loaded: " + OneLine.of(e), e);
            }
        }
    }
}
