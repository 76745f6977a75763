package dev.scrubjay.object;

import dev.scrubjay.history.Value;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls Clojure where it is on the class path. Nothing here is compiled against it, so whoever does not use
/// it need not have it. Public for the checker, which reaches Knossos through it, and not meant for others.
public final class Clojure {
    private final Class<?> function;
    private final Method var;

    private Clojure(Class<?> function, Method var) {
        this.function = function;
        this.var = var;
    }

    /// Clojure, as the class path has it; empty where it has none.
    public static Optional<Clojure> find() {
        try {
            var loader = Thread.currentThread().getContextClassLoader();
            return Optional.of(new Clojure(
                    Class.forName("clojure.lang.IFn", true, loader),
                    Class.forName("clojure.java.api.Clojure", true, loader)
                            .getMethod("var", Object.class, Object.class)));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Clojure on the class path is older than 1.6; take a newer one", e);
        }
    }

    /// What a function of `clojure.core` gives back.
    @Nullable
    Object core(String name, @Nullable Object... arguments) throws InvocationTargetException {
        try {
            return call(var.invoke(null, "clojure.core", name), arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("clojure.java.api.Clojure/var is not public", e);
        }
    }

    /// What a function gives back.
    ///
    /// @throws InvocationTargetException where it throws
    public @Nullable Object call(@Nullable Object callee, @Nullable Object... arguments)
            throws InvocationTargetException {
        var types = new Class<?>[arguments.length];
        Arrays.fill(types, Object.class);
        try {
            return function.getMethod("invoke", types).invoke(callee, arguments);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("clojure.lang.IFn has no public invoke of " + arguments.length, e);
        }
    }

    /// A function by its namespace, which is loaded, and its name; empty where the namespace has no such
    /// name.
    ///
    /// @throws InvocationTargetException where the namespace cannot be loaded
    public Optional<Object> function(String namespace, String name) throws InvocationTargetException {
        return Optional.ofNullable(core("requiring-resolve", core("symbol", namespace, name)));
    }

    /// A keyword.
    Object keyword(String name) throws InvocationTargetException {
        return Objects.requireNonNull(core("keyword", name));
    }

    /// A value as Clojure has it: vectors, and maps from keywords. A text is a string, for that it was a
    /// keyword in the history is forgotten.
    @Nullable
    Object data(Value value) throws InvocationTargetException {
        return switch (value) {
            case Value.Absent absent -> null;
            case Value.Truth(boolean holds) -> holds;
            case Value.Whole(long number) -> number;
            case Value.Decimal(var number) -> number;
            case Value.Text(String text) -> text;
            case Value.Sequence(var elements) -> vector(elements);
            case Value.Mapping(var entries) -> mapping(entries);
        };
    }

    private @Nullable Object vector(List<Value> elements) throws InvocationTargetException {
        var vector = new ArrayList<@Nullable Object>();
        for (var element : elements) {
            vector.add(data(element));
        }
        return core("vec", vector);
    }

    private @Nullable Object mapping(Map<String, Value> entries) throws InvocationTargetException {
        var data = new LinkedHashMap<Object, @Nullable Object>();
        for (var entry : entries.entrySet()) {
            data.put(keyword(entry.getKey()), data(entry.getValue()));
        }
        return map(data);
    }

    /// A map of Clojure's from one of Java's.
    @Nullable
    Object map(Map<Object, @Nullable Object> entries) throws InvocationTargetException {
        return core("into", core("hash-map"), entries);
    }
}
