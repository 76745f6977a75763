package dev.scrubjay.conformance;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.object.Reading;
import dev.scrubjay.object.SequentialObject;
import dev.scrubjay.object.SequentialObjectProvider;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.specs.ObjectEvaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// An object that a TLA+ module is: `Init` is its first state, and `Apply(state, request)` gives `[state |->
/// ..., reply |-> ...]`. `specs/KeyValueStore.tla` is one.
///
/// So a history can be held against the very module that a protocol is proven to implement, and nobody has to
/// believe that a second version of it in Java says the same.
///
/// [TlaRequest] says what the module is asked, [TlaReply] when a result is its reply. The module alone does
/// not say which operations have nothing to do with each other, so each is about all of the object;
/// `independent:tla:FILE` has one object for each key.
public final class TlaObject implements SequentialObject<ObjectEvaluator.State>, AutoCloseable {
    private static final String NAME = "tla";

    private final Path module;
    private final ObjectEvaluator evaluator;

    private TlaObject(Path module, ObjectEvaluator evaluator) {
        this.module = module;
        this.evaluator = evaluator;
    }

    /// The object that a module is.
    ///
    /// @throws InputException where it is none, with one line that says why and where
    public static TlaObject of(Path module) throws IOException {
        return new TlaObject(module, ObjectEvaluator.start(module));
    }

    @Override
    public String name() {
        return NAME + ":" + module;
    }

    @Override
    public ObjectEvaluator.State initial() {
        return evaluator.initial();
    }

    @Override
    public Optional<ObjectEvaluator.State> step(ObjectEvaluator.State state, Operation operation) {
        var request = TlaRequest.of(operation);
        try {
            var applied = evaluator.apply(state, request);
            var isReply = operation
                    .result()
                    .map(result -> TlaReply.is(applied.reply(), result))
                    .orElse(true);
            return isReply ? Optional.of(operation.isFailed() ? state : applied.state()) : Optional.empty();
        } catch (InputException e) {
            throw new HistoryException("event " + operation.invocation().index() + ": " + operation.f() + " "
                    + operation.argument() + ": " + e.getMessage());
        }
    }

    /// Ends TLC, which else ends when nobody holds the object any more.
    @Override
    public void close() {
        evaluator.close();
    }

    /// Makes objects of modules; the argument names the file.
    public static final class Provider implements SequentialObjectProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public SequentialObject<ObjectEvaluator.State> object(String argument, Reading reading) {
            if (argument.isEmpty()) {
                throw new IllegalArgumentException(
                        "tla wants the file of a module after a colon, such as tla:specs/KeyValueStore.tla");
            }
            try {
                return of(Path.of(argument));
            } catch (InputException | InvalidPathException e) {
                throw new IllegalArgumentException("tla:" + argument + ": " + e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException("TLC cannot be started", e);
            }
        }
    }
}
