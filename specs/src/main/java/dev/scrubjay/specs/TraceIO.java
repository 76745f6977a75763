package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Path;
import tla2sany.semantic.ExprOrOpArgNode;
import tlc2.overrides.Evaluation;
import tlc2.overrides.TLAPlusOperator;
import tlc2.tool.TLCState;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.Value;

/// The operators of `TraceIO.tla`, as TLC evaluates them when it checks traces.
///
/// TLC calls static methods of a public class, so what they share is static too, in a process that runs TLC
/// once and ends.
public final class TraceIO {
    /// Names the folder with the traces, as a property of the process. Without it there are none.
    static final String PROPERTY = "scrubjay.traces";

    private static final Explained EXPLAINED = new Explained();

    private TraceIO() {}

    /// Whether this process was started to check traces.
    public static boolean isWanted() {
        return System.getProperty(PROPERTY) != null;
    }

    /// Evaluated once, because it is final and has no arguments.
    @TLAPlusOperator(identifier = "Traces", module = "TraceIO", warn = false)
    public static final Value traces() throws IOException {
        var traces = folder().traces();
        EXPLAINED.expect(traces.size());
        return traces;
    }

    /// Evaluated once, too.
    @TLAPlusOperator(identifier = "Parameters", module = "TraceIO", warn = false)
    public static final Value parameters() throws IOException {
        return folder().parameters();
    }

    /// Notes how far a trace has been explained, and in which state that ended.
    @Evaluation(definition = "Explained", module = "TraceIO", warn = false)
    public static Value explained(
            Tool tool,
            ExprOrOpArgNode[] arguments,
            Context context,
            TLCState state,
            TLCState next,
            int control,
            CostModel costs) {
        var run = tool.eval(arguments[0], context, state, next, control, costs);
        var line = tool.eval(arguments[1], context, state, next, control, costs);
        if (!(run instanceof IntValue runNumber && line instanceof IntValue lineNumber)) {
            throw new IllegalArgumentException("Explained wants the number of a trace and a number of events");
        }
        EXPLAINED.note(runNumber.val, lineNumber.val, state);
        return BoolValue.ValTrue;
    }

    /// Leaves what was noted where the parent reads it. Called when TLC has ended.
    static void writeExplained() throws IOException {
        EXPLAINED.write(folder());
    }

    private static TraceFolder folder() {
        return new TraceFolder(Path.of(System.getProperty(PROPERTY, "")));
    }
}
