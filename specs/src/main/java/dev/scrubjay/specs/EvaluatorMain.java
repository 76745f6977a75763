package dev.scrubjay.specs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import tlc2.util.FP64;
import tlc2.value.impl.Value;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// The main class of the process in which an [ObjectEvaluator] has TLC evaluate a module.
///
/// It answers each line of its standard input, which is a state's number and a request, with one line. States
/// stay here and are known by their numbers, so that two are the same exactly when TLC says so. The end of
/// the input means that the parent is gone or has no more questions: then the process ends too, and leaves no
/// file.
final class EvaluatorMain {
    /// Starts an answer, among whatever TLC prints.
    static final String ANSWER = "@scrubjay ";

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final ObjectModule module;
    private final List<Value> states = new ArrayList<>();

    /// By TLC's fingerprints of 64 bits, by which TLC itself tells states apart: its values refuse to be
    /// compared where they are not of one kind.
    private final Map<Long, Integer> numbers = new HashMap<>();

    private EvaluatorMain(ObjectModule module) {
        this.module = module;
    }

    /// Answers until the input ends.
    ///
    /// @param arguments the folder of the run, then the module
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        FP64.Init(0);
        var questions = new SynchronousQueue<String>();
        // A thread of its own, because an answer may never come, and nobody may be left who waits for it.
        Thread.ofPlatform().name("read questions").daemon().start(() -> read(questions, folder));
        try {
            var module = ObjectModule.load(folder, Path.of(arguments[1]));
            if (module.isPresent()) {
                new EvaluatorMain(module.get()).answer(questions);
            }
        } catch (RuntimeException | Error e) {
            // The parent passes it on.
            System.out.println(Diagnosis.oneLine(String.valueOf(e)));
        } finally {
            end(folder);
        }
    }

    private static void read(BlockingQueue<String> questions, Path folder) {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                questions.put(line);
            }
        } catch (IOException | InterruptedException _) {
            // It is the end too.
        } finally {
            end(folder);
        }
    }

    /// TLC may have left threads behind, and may be evaluating for ever.
    private static void end(Path folder) {
        try {
            RunFolder.delete(folder);
        } catch (IOException _) {
            // Nobody is left to hear of it.
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void answer(BlockingQueue<String> questions) throws InterruptedException {
        say(this::initial);
        while (true) {
            var question = questions.take();
            say(() -> applied(question));
        }
    }

    private String initial() throws ObjectModule.NoValueException {
        return answer(module.initial(), List.of());
    }

    private String applied(String question) throws ObjectModule.NoValueException {
        int blank = question.indexOf(' ');
        var state = states.get(Integer.parseInt(question, 0, blank, 10));
        try (var json = JSON.createParser(ObjectReadContext.empty(), question.substring(blank + 1))) {
            json.nextToken();
            var applied = module.apply(state, TlaJson.value(json));
            return answer(applied.state(), List.of(applied.reply()));
        }
    }

    private String answer(Value state, List<Value> reply) {
        int known = states.size();
        int number = number(state);
        var out = new StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("state", number);
            if (number == known) {
                json.writeStringProperty("text", state.toString());
            }
            for (var value : reply) {
                json.writeName("reply");
                ValueJson.write(value, json);
            }
            json.writeEndObject();
        }
        return out.toString();
    }

    private int number(Value state) {
        var number = numbers.putIfAbsent(state.fingerPrint(FP64.New()), states.size());
        if (number != null) {
            return number;
        }
        states.add(state);
        return states.size() - 1;
    }

    private static void say(Answer answer) {
        String text;
        try {
            text = answer.text();
        } catch (ObjectModule.NoValueException e) {
            text = error(e);
        }
        System.out.println(ANSWER + text);
    }

    private static String error(ObjectModule.NoValueException e) {
        var out = new StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("error", e.getMessage());
            json.writeStringProperty("module", e.module());
            json.writeNumberProperty("line", e.line());
            json.writeEndObject();
        }
        return out.toString();
    }

    /// What is said to one question.
    private interface Answer {
        String text() throws ObjectModule.NoValueException;
    }
}
