package dev.scrubjay.specs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Evaluates a TLA+ module that says what an object does with one request after another, such as
/// `KeyValueStore.tla`: `Init` is the first state, `Apply(state, request)` gives `[state |-> ..., reply |->
/// ...]`.
///
/// TLC does it, in a process of its own, because it keeps static state and may not run beside another one
/// (package-info says more). The process answers one line with another, so it is started once and not for
/// each request: about a second to begin with, and then some ten microseconds for each answer.
///
/// The process ends when it is closed, when nobody holds the evaluator any more, and when we end ourselves.
/// Any number of threads may ask; they wait for each other.
public final class ObjectEvaluator implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /// A state. Two are equal exactly when they are the same value of TLA+.
    ///
    /// @param number of the state, in the order in which this evaluator met them
    /// @param text as TLA+ writes it
    public record State(int number, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// What a request leads to.
    ///
    /// @param reply as JSON: records are objects, tuples are arrays; [#elements] tells what is a set
    public record Applied(State state, JsonNode reply) {}

    private final Model model;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Cleaner.Cleanable end;
    private final List<State> states = new ArrayList<>();

    private ObjectEvaluator(Model model, Process process) {
        this.model = model;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        // TLC then sees the end of its input.
        this.end = CLEANER.register(this, () -> close(process));
    }

    private static void close(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has ended by itself.
        }
    }

    /// Starts to evaluate a module. Others that it extends are looked for beside it.
    ///
    /// @throws InputException where it is none, with one line that says why and where
    public static ObjectEvaluator start(Path module) throws IOException {
        return start(module, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// @param temporary for files that are gone when the process is
    static ObjectEvaluator start(Path module, Path temporary) throws IOException {
        if (!Files.isRegularFile(module) || !module.toString().endsWith(".tla")) {
            throw new InputException(module + ": there is no such module; name a file that ends in .tla");
        }
        var folder = RunFolder.createIn(temporary);
        var process = new ProcessBuilder(words(module, folder.path()))
                .redirectErrorStream(true)
                .start();
        var evaluator = new ObjectEvaluator(model(module), process);
        try {
            evaluator.state(evaluator.answer());
            return evaluator;
        } catch (InputException | IllegalStateException e) {
            evaluator.close();
            throw e;
        }
    }

    private static List<String> words(Path module, Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss16m",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Djava.io.tmpdir=" + folder,
                "-Duser.language=en",
                "-cp",
                Tlc.bundled().classPath(),
                EvaluatorMain.class.getName(),
                folder.toString(),
                module.toAbsolutePath().toString());
    }

    /// The module as a model that nobody checks: it lets [Diagnosis] say what is wrong with it.
    private static Model model(Path module) {
        return new Model(
                module.toAbsolutePath().resolveSibling(""),
                module,
                module,
                Tier.SMOKE,
                new Mode.Exhaustive(),
                OptionalInt.empty(),
                new Expected.Holds(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    /// The first state.
    public State initial() {
        return states.getFirst();
    }

    /// What a request leads to.
    ///
    /// @param request as JSON, with whole numbers of 32 bits only and without nulls, for TLC has no others
    /// @throws InputException where `Apply` has no value for it, with one line that says why and where
    public synchronized Applied apply(State state, JsonNode request) {
        ask(state, request);
        var answer = answer();
        return new Applied(state(answer), answer.required("reply"));
    }

    void ask(State state, JsonNode request) {
        try {
            questions.write(state.number() + " " + JSON.writeValueAsString(request) + "\n");
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("TLC does not take questions any more", e);
        }
    }

    private State state(JsonNode answer) {
        int number = answer.required("state").asInt();
        if (number == states.size()) {
            states.add(new State(number, answer.required("text").asString()));
        }
        return states.get(number);
    }

    private JsonNode answer() {
        var output = new TlcOutput(new ActionNames(model));
        try {
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(EvaluatorMain.ANSWER)) {
                    return checked(JSON.readTree(line.substring(EvaluatorMain.ANSWER.length())));
                }
                output.line(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("TLC does not answer any more", e);
        }
        if (states.isEmpty()) {
            throw new InputException(new Diagnosis(model, output).ofSpecification());
        }
        throw new IllegalStateException("TLC ended while it evaluated: " + String.join(" ", output.loose()));
    }

    private JsonNode checked(JsonNode answer) {
        if (answer.has("refused")) {
            throw new InputException(
                    model.module() + ": " + answer.required("refused").asString());
        }
        if (answer.has("error")) {
            var file = model.fileOf(answer.required("module").asString()).orElse(model.module());
            int line = answer.required("line").asInt();
            throw new InputException(file + (line == 0 ? "" : ":" + line) + ": "
                    + answer.required("error").asString());
        }
        return answer;
    }

    /// The elements of a set in a reply; empty where it is no set.
    public static Optional<JsonNode> elements(JsonNode reply) {
        return reply.isObject() && reply.size() == 1 ? reply.optional(ValueJson.SET) : Optional.empty();
    }

    /// The process in which TLC runs.
    Process process() {
        return process;
    }

    /// Ends TLC, even while it evaluates. Closing again does nothing.
    @Override
    public void close() {
        end.clean();
    }
}
