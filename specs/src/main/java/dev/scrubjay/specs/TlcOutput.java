package dev.scrubjay.specs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what TLC prints with `-tool`: messages between start and end marks, each with a code, and loose
/// lines between them.
///
/// The codes are TLC's own (its class `EC`), stable over the versions; English text is read only where no
/// code carries the fact.
final class TlcOutput {
    private static final Pattern START = Pattern.compile(".*@!@!@STARTMSG (\\d+):(\\d+) @!@!@");
    private static final Pattern END = Pattern.compile("@!@!@ENDMSG \\d+ @!@!@.*");
    private static final Pattern COUNTS = Pattern.compile(
            "(\\d+) states generated.*?, (\\d+) distinct states found.*?, (\\d+) states left on queue.*",
            Pattern.DOTALL);
    private static final Pattern GENERATED = Pattern.compile(".*?(\\d+) states generated.*", Pattern.DOTALL);
    private static final Pattern COVERAGE = Pattern.compile(
            "<(\\S+) " + ActionNames.LOCATION + "(?: \\((\\d+) (\\d+) (\\d+) (\\d+)\\))?>: (\\d+):(\\d+)");
    private static final Pattern NAMED =
            Pattern.compile("(?:Invariant|Action property|Property) (\\S+) is .*", Pattern.DOTALL);
    private static final Pattern STATE =
            Pattern.compile("(\\d+): <(\\S+) (?:predicate|" + ActionNames.LOCATION + ")[^\\n]*>");
    private static final Pattern BACK_TO = Pattern.compile("(\\d+): Back to state.*", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("(?:/\\\\ )?(\\w+) = ?(.*)");
    private static final Pattern REACHED = Pattern.compile("<<\"reached\", \"(\\w+)\">>");

    private static final int ERROR_CLASS = 1;
    private static final int LOOSE_LINES_MAX = 5_000;

    /// A message of TLC's: its code and its text.
    record Message(int code, String text) {}

    private final List<Message> errors = new ArrayList<>();
    private final List<Counterexample.State> states = new ArrayList<>();
    private final Set<String> reached = new LinkedHashSet<>();
    private final Set<String> actions = new LinkedHashSet<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final List<String> loose = new ArrayList<>();

    private final ActionNames names;
    private Counterexample.Ending ending = new Counterexample.Ending.Here();
    private String version = "";
    private String violated = "";
    private long distinctStates;
    private long waitingStates;
    private long generatedStates;
    private boolean counted;
    private boolean finished;
    private boolean completed;

    private int code;
    private boolean error;
    private boolean inside;
    private final StringBuilder body = new StringBuilder();

    TlcOutput(ActionNames names) {
        this.names = names;
    }

    void line(String line) {
        var start = START.matcher(line);
        var reach = REACHED.matcher(line);
        if (start.matches()) {
            // A message may stand inside another; the inner one says more, and the outer one's head is of no
            // use to us.
            code = Integer.parseInt(start.group(1));
            error = Integer.parseInt(start.group(2)) == ERROR_CLASS || code / 1000 == 5;
            inside = true;
            body.setLength(0);
        } else if (END.matcher(line).matches()) {
            if (inside) {
                message(code, body.toString().strip());
            }
            inside = false;
        } else if (reach.matches()) {
            reached.add(reach.group(1));
        } else if (inside) {
            body.append(line).append('\n');
        } else if (loose.size() < LOOSE_LINES_MAX && !line.isBlank()) {
            loose.add(line);
        }
    }

    private void message(int code, String text) {
        switch (code) {
            case 2262 -> version = text;
            case 2193 -> completed = true;
            case 2199 -> counts(text);
            case 2209 -> generated(text);
            case 2186 -> finished = true;
            case 2772 -> coverage(text);
            case 2217 -> state(text);
            case 2218 -> ending = new Counterexample.Ending.Stuttering();
            case 2122 -> backTo(text);
            case 2107, 2108, 2110, 2112 -> violation(text);
            default -> {}
        }
        if (error) {
            errors.add(new Message(code, text));
        }
    }

    private void counts(String text) {
        var counts = COUNTS.matcher(text);
        if (counts.matches()) {
            distinctStates = Long.parseLong(counts.group(2));
            waitingStates = Long.parseLong(counts.group(3));
            counted = true;
        }
    }

    /// A simulation does not know which states are distinct.
    private void generated(String text) {
        var generated = GENERATED.matcher(text);
        if (generated.matches()) {
            generatedStates = Long.parseLong(generated.group(1));
        }
    }

    private void coverage(String text) {
        var coverage = COVERAGE.matcher(text);
        if (coverage.matches()) {
            // The place of the action itself, where TLC tells it apart from that of the definition it is in.
            var action = coverage.group(7) == null
                    ? coverage.group(1)
                    : names.name(coverage.group(1), coverage.group(6), coverage, 7);
            actions.add(action);
            if (!coverage.group(12).equals("0")) {
                taken.add(action);
            }
        }
    }

    private void violation(String text) {
        var named = NAMED.matcher(text);
        if (named.matches()) {
            violated = named.group(1);
        }
        // A violation in an initial state brings that state in the same message.
        var newline = text.indexOf('\n');
        if (newline >= 0) {
            states.add(new Counterexample.State(1, "Init", variables(text.substring(newline + 1))));
        }
    }

    private void state(String text) {
        var state = STATE.matcher(text);
        if (state.lookingAt()) {
            var action = state.group(7) == null ? "Init" : names.name(state.group(2), state.group(7), state, 3);
            states.add(new Counterexample.State(
                    Integer.parseInt(state.group(1)), action, variables(text.substring(state.end()))));
        }
    }

    private void backTo(String text) {
        var back = BACK_TO.matcher(text);
        if (back.matches()) {
            ending = new Counterexample.Ending.BackTo(Integer.parseInt(back.group(1)));
        }
    }

    /// The variables of a state as TLC prints it. Each begins at the margin; what is indented goes on with
    /// the one before.
    static SequencedMap<String, String> variables(String text) {
        var variables = new LinkedHashMap<String, String>();
        var name = "";
        for (var line : text.strip().split("\n", -1)) {
            var variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                name = variable.group(1);
                variables.put(name, variable.group(2));
            } else if (!name.isEmpty()) {
                variables.merge(name, line, (before, more) -> before + "\n" + more);
            }
        }
        return variables;
    }

    List<Message> errors() {
        return errors;
    }

    List<String> loose() {
        return loose;
    }

    Counterexample counterexample() {
        return new Counterexample(states, ending);
    }

    Set<String> reached() {
        return reached;
    }

    boolean countedActions() {
        return !actions.isEmpty();
    }

    List<String> neverTaken() {
        return actions.stream().filter(action -> !taken.contains(action)).toList();
    }

    String version() {
        return version;
    }

    /// The name of what was violated; empty where TLC names nothing.
    String violated() {
        return violated;
    }

    long distinctStates() {
        return distinctStates;
    }

    /// How many of them TLC had not looked at when it ended.
    long waitingStates() {
        return waitingStates;
    }

    /// Whether TLC said how many states it found.
    boolean counted() {
        return counted;
    }

    /// How many states a simulation went through; 0 in any other run.
    long generatedStates() {
        return generatedStates;
    }

    /// Whether TLC came to its end by itself.
    boolean finished() {
        return finished;
    }

    boolean completed() {
        return completed;
    }
}
