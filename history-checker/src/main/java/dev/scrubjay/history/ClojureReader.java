package dev.scrubjay.history;

import java.io.IOException;
import java.io.PushbackReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/// Clojure's own reader of EDN, found at run time where the user has Clojure on the class path.
///
/// It reads what ours does not know, and its values become ours by the same rules.
final class ClojureReader {
    private final Object read;
    private final Object options;
    private final Method invoke;

    private ClojureReader(Object read, Object options, Method invoke) {
        this.read = read;
        this.options = options;
        this.invoke = invoke;
    }

    /// The reader; empty where there is no Clojure.
    static Optional<ClojureReader> find(ClassLoader loader) {
        try {
            var api = Class.forName("clojure.java.api.Clojure", true, loader);
            var function = Class.forName("clojure.lang.IFn", true, loader);
            var variable = api.getMethod("var", Object.class, Object.class);
            var form = api.getMethod("read", String.class);
            var invokeOne = function.getMethod("invoke", Object.class);
            var invokeTwo = function.getMethod("invoke", Object.class, Object.class);
            invokeOne.invoke(variable.invoke(null, "clojure.core", "require"), form.invoke(null, "clojure.edn"));
            var options = invokeTwo.invoke(
                    variable.invoke(null, "clojure.core", "hash-map"),
                    form.invoke(null, ":default"),
                    Proxy.newProxyInstance(loader, new Class<?>[] {function}, ClojureReader::valueOfTag));
            return Optional.of(new ClojureReader(variable.invoke(null, "clojure.edn", "read"), options, invokeTwo));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new HistoryException(
                    "Clojure on the class path does not start: " + e + "; use Clojure 1.10 or later");
        }
    }

    /// What a tag without a reader marks: the value that follows it.
    private static Object valueOfTag(Object function, Method invoke, Object[] tagAndValue) {
        return tagAndValue[1];
    }

    /// Reads one form and nothing after it.
    ///
    /// @param begin what was taken of it already
    Value read(String begin, Source source, int depthMax) throws IOException {
        var in = new Continued(begin, source);
        try {
            var value = ClojureData.value(invoke.invoke(read, options, in), depthMax);
            if (in.isWithinBeginning()) {
                throw new HistoryException("not EDN: '" + EdnToken.shown(begin) + "' is more than one form");
            }
            return value;
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case IOException broken -> throw broken;
                case HistoryException refused -> throw refused;
                case StackOverflowError tooDeep -> throw ClojureData.tooDeep();
                case RuntimeException refused ->
                    throw new HistoryException("not EDN: Clojure's reader says of '" + EdnToken.shown(begin) + "': "
                            + String.valueOf(refused.getMessage()).replace('\n', ' '));
                case null, default -> throw new IllegalStateException("Clojure's reader cannot be called", e);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Clojure's reader cannot be called", e);
        }
    }

    /// What was taken of a form, and the source after it. Characters are put back into the source itself, so
    /// that ours goes on where Clojure's reader stops.
    private static final class Continued extends PushbackReader {
        private final String begin;
        private final Source source;
        private int taken;

        Continued(String begin, Source source) {
            super(source);
            this.begin = begin;
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            if (taken < begin.length()) {
                return begin.charAt(taken++);
            }
            int c = source.take();
            taken += c == Source.END ? 0 : 1;
            return c;
        }

        @Override
        public void unread(int c) {
            if (taken > begin.length()) {
                source.putBack();
            }
            taken--;
        }

        boolean isWithinBeginning() {
            return taken < begin.length();
        }
    }
}
