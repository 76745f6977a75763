package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tla2sany.drivers.FrontEndException;
import tla2sany.drivers.SANY;
import tla2sany.modanalyzer.SpecObj;
import tla2sany.semantic.OpDeclNode;
import tla2sany.semantic.OpDefNode;
import tlc2.tool.EvalControl;
import tlc2.tool.TLCState;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.CallStackTool;
import tlc2.tool.impl.FastTool;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.Value;
import util.SimpleFilenameToStream;

/// A module with `Init` and `Apply(state, request)`, as TLC has loaded it. Lives in the process of
/// [EvaluatorMain] only.
///
/// TLC loads specifications that have variables. So the module is extended by one that has a variable without
/// a meaning. And TLC wants to know what constants are: each is a model value of its own name, which is equal
/// to itself alone. That is right for constants that say of what type something is, and no more; whoever
/// needs others names a module that defines them, and takes `Init` and `Apply` from an `INSTANCE`.
final class ObjectModule {
    private static final String WRAPPER = "ScrubjayEvaluator";
    private static final Pattern INNERMOST =
            Pattern.compile("\\d+\\. Line (\\d+), column \\d+ to line \\d+, column \\d+ in (\\w+)\\s*$");
    private static final Value STATE = new StringValue("state");
    private static final Value REPLY = new StringValue("reply");

    /// What a request leads to.
    record Applied(Value state, Value reply) {}

    /// A formula has no value.
    static final class NoValueException extends Exception {
        private static final long serialVersionUID = 1;

        private final String module;
        private final int line;

        /// @param line where in the module; 0 where that is not known
        NoValueException(String message, String module, int line) {
            super(message);
            this.module = module;
            this.line = line;
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }

        String module() {
            return module;
        }

        int line() {
            return line;
        }
    }

    private final Tool tool;
    private final String name;
    private final OpDefNode init;
    private final OpDefNode apply;

    private ObjectModule(Tool tool, String name, OpDefNode init, OpDefNode apply) {
        this.tool = tool;
        this.name = name;
        this.init = init;
        this.apply = apply;
    }

    /// Loads a module; empty where it cannot be used, and then it is printed why.
    ///
    /// @param folder for files of our own
    static Optional<ObjectModule> load(Path folder, Path module) throws IOException {
        var name = Model.withoutEnding(module);
        var resolver = new SimpleFilenameToStream(new String[] {
            folder.toString(), module.toAbsolutePath().resolveSibling("").toString()
        });
        var wrapper = folder.resolve(WRAPPER);
        Files.writeString(folder.resolve(WRAPPER + ".tla"), wrapper(name));
        var parsed = new SpecObj(wrapper.toString(), resolver);
        try {
            SANY.frontEndMain(parsed, wrapper.toString(), System.out);
        } catch (FrontEndException e) {
            System.out.println(e.getMessage());
            return Optional.empty();
        }
        if (isUnreadable(parsed)) {
            return Optional.empty();
        }
        var root = parsed.getRootModule();
        var complaint = complaint(root.getOpDef("Init"), root.getOpDef("Apply"), root.getConstantDecls());
        if (!complaint.isEmpty()) {
            System.out.println(EvaluatorMain.ANSWER + "{\"refused\":\"" + complaint + "\"}");
            return Optional.empty();
        }
        Files.writeString(folder.resolve(WRAPPER + ".cfg"), config(root.getConstantDecls()));
        var tool = new FastTool(wrapper.toString(), wrapper.toString(), resolver);
        var loaded = tool.getSpecProcessor().getRootModule();
        return Optional.of(new ObjectModule(tool, name, loaded.getOpDef("Init"), loaded.getOpDef("Apply")));
    }

    private static boolean isUnreadable(SpecObj parsed) {
        return parsed.getRootModule() == null
                || parsed.getInitErrors().isFailure()
                || parsed.getParseErrors().isFailure()
                || parsed.getGlobalContextErrors().isFailure()
                || parsed.getSemanticErrors().isFailure();
    }

    private static String complaint(@Nullable OpDefNode init, @Nullable OpDefNode apply, OpDeclNode[] constants) {
        if (init == null || init.getArity() != 0) {
            return "has no Init, the first state of the object; define it";
        }
        if (apply == null || apply.getArity() != 2) {
            return "has no Apply(state, request), which gives [state |-> ..., reply |-> ...]; define it";
        }
        for (var constant : constants) {
            if (constant.getArity() > 0) {
                return "has the constant operator " + constant.getName()
                        + ", which nobody defines here; name a module that does, and has Init and Apply by INSTANCE";
            }
        }
        return "";
    }

    private static String wrapper(String name) {
        return """
                ---- MODULE %s ----
                EXTENDS %s
                VARIABLE scrubjayVariable
                scrubjayInit == scrubjayVariable = {}
                scrubjayNext == scrubjayVariable' = scrubjayVariable
                ====
                """.formatted(WRAPPER, name);
    }

    private static String config(OpDeclNode[] constants) {
        var config = new StringBuilder("INIT scrubjayInit\nNEXT scrubjayNext\n");
        for (var constant : constants) {
            config.append("CONSTANT ")
                    .append(constant.getName())
                    .append(" = ")
                    .append(constant.getName())
                    .append('\n');
        }
        return config.toString();
    }

    Value initial() throws NoValueException {
        return evaluate(init, Context.Empty);
    }

    Applied apply(Value state, Value request) throws NoValueException {
        var parameters = apply.getParams();
        var context = Context.Empty.cons(parameters[0], state).cons(parameters[1], request);
        var value = evaluate(apply, context);
        if (!(value.toRcd() instanceof RecordValue record)) {
            throw wrong(value);
        }
        var next = record.select(STATE);
        var reply = record.select(REPLY);
        if (next == null || reply == null) {
            throw wrong(value);
        }
        return new Applied(next, reply);
    }

    private NoValueException wrong(Value value) {
        return new NoValueException(
                "Apply wants to give [state |-> ..., reply |-> ...], but gives " + Diagnosis.oneLine(value.toString()),
                name,
                apply.getBody().getLocation().beginLine());
    }

    private Value evaluate(OpDefNode operator, Context context) throws NoValueException {
        try {
            return evaluate(tool, operator, context);
        } catch (RuntimeException | StackOverflowError e) {
            throw located(operator, context, e);
        }
    }

    private static Value evaluate(Tool tool, OpDefNode operator, Context context) {
        var value = tool.eval(
                operator.getBody(),
                context,
                TLCState.Empty,
                TLCState.Empty,
                EvalControl.Clear,
                CostModel.DO_NOT_RECORD);
        // Whatever TLC has put off is evaluated here, where it is known for whom.
        value.deepNormalize();
        return value;
    }

    /// TLC says where it was only when it is told beforehand that it will be asked.
    private NoValueException located(OpDefNode operator, Context context, Throwable thrown) {
        var told = new CallStackTool(tool);
        try {
            evaluate(told, operator, context);
        } catch (RuntimeException | StackOverflowError again) {
            var innermost = INNERMOST.matcher(told.toString().strip());
            if (innermost.find()) {
                return new NoValueException(message(again), innermost.group(2), Integer.parseInt(innermost.group(1)));
            }
        }
        return new NoValueException(message(thrown), name, 0);
    }

    private static String message(Throwable thrown) {
        var message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : Diagnosis.oneLine(message);
    }
}
