package dev.scrubjay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A check that accepts what never happened is none. Traces are tampered with, an event at a time, and
/// numbered anew, so that only the protocol can object.
///
/// Not every tampered trace is wrong: without its last acknowledgement a trace is still a behaviour, one in
/// which the client was not told yet. The table that this prints says how many of each kind are refused, and
/// the test says of which kinds all must be.
final class TamperTest {
    private static final int OF_EACH_KIND = 6;

    /// Some kinds are rare: a leader that gets no lease, and hands over to nobody, or a disk that is lost.
    private static final int SEEDS = 60;

    /// What can be done to an event.
    private enum Tamper {
        DROPPED,
        SWAPPED,
        CHANGED
    }

    /// A cell of the table.
    private record Cell(String action, Tamper tamper) {}

    private record Tampered(Tamper tamper, String action, TraceFile trace) {}

    /// Each says one thing that the event could have said otherwise, and did not.
    private static final Map<String, UnaryOperator<String>> CHANGES = Map.ofEntries(
            Map.entry("Ask", more("\"number\":(\\d+)", 1_000)),
            Map.entry("Stand", more("\"round\":(\\d+)", -1)),
            Map.entry("Prepare", more("\"round\":(\\d+)", 1)),
            Map.entry("Lead", more("\"round\":(\\d+)", 1)),
            Map.entry("Propose", more("\"slot\":(\\d+)", 1)),
            Map.entry("Choose", more("\"slot\":(\\d+)", 1)),
            Map.entry("Acknowledge", line -> line.replaceFirst("\"outcome\":\"\\w+\"", "\"outcome\":\"lost\"")),
            Map.entry("Promise", more("\"round\":(\\d+)", 1)),
            Map.entry(
                    "Promised",
                    line -> line.replaceFirst("\"accepted\":\\[", "\"accepted\":[{\"round\":9,\"replica\":\"a.1\"},")
                            .replace("},]", "}]")),
            Map.entry("AskLease", more("\"round\":(\\d+)", 1)),
            Map.entry("Grant", more("\"round\":(\\d+)", 1)),
            Map.entry("Hold", more("\"round\":(\\d+)", 1)),
            Map.entry("RunOut", line -> line.replace("\"RunOut\"", "\"Restart\"")),
            Map.entry("HandOver", more("\"round\":(\\d+)", 1)),
            Map.entry("StepDown", more("\"round\":(\\d+)", 1)),
            Map.entry("Read", line -> line.replaceFirst("\"outcome\":\"\\w+\"", "\"outcome\":\"lost\"")),
            Map.entry("ReadEventually", line -> line.replaceFirst("\"outcome\":\"\\w+\"", "\"outcome\":\"lost\"")),
            Map.entry("Accept", more("\"session\":(\\d+)", 1_000)),
            Map.entry("Accepted", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Learn", more("\"session\":(\\d+)", 1_000)),
            Map.entry("Apply", line -> line.replaceFirst("\"outcome\":\"\\w+\"", "\"outcome\":\"lost\"")),
            Map.entry("Repair", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Tell", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Fetch", line -> line.replaceFirst("\"outcome\":\"\\w+\"", "\"outcome\":\"lost\"")),
            Map.entry("Snapshot", more("\"slot\":(\\d+)", 1)),
            Map.entry("Install", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Trim", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Archive", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Verify", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Hash", more("\"slot\":(\\d+)", 1)),
            Map.entry("Quarantine", more("\"slot\":(\\d+)", 1_000)),
            Map.entry("Discard", line -> line.replace("\"Discard\"", "\"Restart\"")),
            Map.entry("Decay", line -> line.replace("\"key\":\"", "\"key\":\"un")),
            Map.entry("Rot", more("\"record\":(\\d+)", 1_000)),
            Map.entry("LoseDisk", line -> line.replace("\"LoseDisk\"", "\"RunOut\"")),
            Map.entry("Sync", more("\"synced\":(\\d+)", 50)),
            Map.entry("PowerOff", more("\"synced\":(\\d+)", 50)),
            Map.entry(
                    "Restart",
                    line -> line.replace("\"Restart\"", "\"Stand\",\"ballot\":{\"round\":1,\"replica\":\"a.1\"}")));

    private static UnaryOperator<String> more(String pattern, int more) {
        var compiled = Pattern.compile(pattern);
        return line -> compiled.matcher(line)
                .replaceFirst(
                        match -> match.group().replace(match.group(1), "") + (Integer.parseInt(match.group(1)) + more));
    }

    /// Without one of these, a trace may still be a behaviour, and why.
    private static final Map<String, String> MAY_BE_DROPPED = Map.ofEntries(
            Map.entry("Acknowledge", "the client was not told, or not yet"),
            Map.entry("Accept", "it lost its power, and that record, before that was synced"),
            Map.entry("Accepted", "it was said before, or a quorum had said it without this one"),
            Map.entry("Promised", "it was said before, or a quorum had said it without this one"),
            Map.entry("Prepare", "it was asked before, or nobody answered"),
            Map.entry("Sync", "a later one covered it, and nothing was said in between"),
            Map.entry("Stand", "it stood again, or lost its power, before that was synced"),
            Map.entry("Apply", "it lost its power before it applied anything more"),
            Map.entry("Learn", "it lost its power before it learned or applied anything more"),
            Map.entry("Choose", "it lost its power, or followed another, before it chose or applied anything more"),
            Map.entry("Ask", "what was asked was proposed never, or had been asked before"),
            Map.entry("AskLease", "it was asked before at this ballot"),
            Map.entry("Grant", "it was granted before, and had not run out"),
            Map.entry("Hold", "it was counted before, or a quorum was without it"),
            Map.entry("RunOut", "it granted the same ballot again, or lost its power, before it promised another"),
            Map.entry("HandOver", "nobody heard of it, and it followed another before it did anything else"),
            Map.entry("StepDown", "it stood, followed another or lost its power before it did anything else"),
            Map.entry("LoseDisk", "nothing follows from it"),
            Map.entry("Repair", "that slot was trimmed, or its disk was lost, before anybody asked for it"),
            Map.entry("Rot", "that slot was trimmed, or its disk was lost, before it mattered"),
            Map.entry("Restart", "its disk was lost before it did anything more"),
            Map.entry("Archive", "another heard it before, or nobody had trimmed or fetched it yet"),
            Map.entry("Hash", "nobody was wrong at that mark"),
            Map.entry("Decay", "nobody read it, and it was found in another way or at no mark"),
            Map.entry("Verify", "nothing follows from it"),
            Map.entry("Trim", "it lost its power, and that record, before that was synced"),
            Map.entry("Fetch", "it lost its power before it applied anything more"),
            Map.entry("Snapshot", "nobody got all of it, or it was given before"),
            Map.entry("Install", "it lost its power before it applied anything more"),
            Map.entry("Tell", "the same was told before, or nobody needed to hear it"),
            Map.entry("Read", "nothing follows from a read"),
            Map.entry("ReadEventually", "nothing follows from a read"));

    @Test
    void whatNeverHappenedIsRefused() throws Exception {
        var tampered = new ArrayList<Tampered>();
        for (var event : TraceEvent.class.getPermittedSubclasses()) {
            for (var tamper : Tamper.values()) {
                tampered.addAll(tampered(event.getSimpleName(), tamper));
            }
        }

        var judged = Traces.judge(tampered.stream().map(Tampered::trace).toList());

        var tried = new HashMap<Cell, Integer>();
        var refused = new HashMap<Cell, Integer>();
        var unexplained = new ArrayList<String>();
        for (int i = 0; i < judged.size(); i++) {
            var one = tampered.get(i);
            var cell = new Cell(one.action(), one.tamper());
            tried.merge(cell, 1, Integer::sum);
            if (judged.get(i).verdict() instanceof Judged.Verdict.Refused) {
                refused.merge(cell, 1, Integer::sum);
            } else if (one.tamper() == Tamper.CHANGED
                    || (one.tamper() == Tamper.DROPPED && !MAY_BE_DROPPED.containsKey(one.action()))) {
                unexplained.add(one.trace().name());
            }
        }
        print(tried, refused);
        assertThat(unexplained).as("accepted, and no reason is known").isEmpty();
        assertThat(tried.keySet().stream().map(Cell::action).distinct())
                .as("kinds of events that were tampered with")
                .hasSize(CHANGES.size());
        assertThat(Arrays.stream(TraceEvent.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(CHANGES.keySet());
    }

    private static List<Tampered> tampered(String action, Tamper tamper) {
        var found = new ArrayList<Tampered>();
        for (long seed = 1; seed <= SEEDS && found.size() < OF_EACH_KIND; seed++) {
            var lines = Traces.ofSeed(seed);
            int skipped = 0;
            for (int i = 0; i < lines.size() && found.size() < OF_EACH_KIND; i++) {
                // One in five, so that early and late ones are among them.
                if (Traces.action(lines.get(i)).equals(action) && skipped++ % 5 == 0) {
                    var changed = tampered(lines, i, tamper);
                    if (!changed.isEmpty()) {
                        var name = tamper + " " + action + " seed " + seed + " line " + (i + 1);
                        found.add(new Tampered(tamper, action, TraceFile.of(name, Traces.renumbered(changed))));
                    }
                }
            }
        }
        return found;
    }

    /// Empty where this cannot be done to that event.
    private static List<String> tampered(List<String> lines, int at, Tamper tamper) {
        var changed = new ArrayList<>(lines);
        var line = lines.get(at);
        switch (tamper) {
            case DROPPED -> changed.remove(at);
            case CHANGED -> {
                var other = CHANGES.getOrDefault(Traces.action(line), UnaryOperator.identity())
                        .apply(line);
                if (other.equals(line)) {
                    return List.of();
                }
                changed.set(at, other);
            }
            case SWAPPED -> {
                // With the next event of the same replica: others' events may often come in either order.
                for (int next = at + 1; next < lines.size(); next++) {
                    if (Traces.replica(lines.get(next)).equals(Traces.replica(line))) {
                        if (Traces.action(lines.get(next)).equals(Traces.action(line))) {
                            return List.of();
                        }
                        changed.set(at, lines.get(next));
                        changed.set(next, line);
                        return changed;
                    }
                }
                return List.of();
            }
        }
        return changed;
    }

    private static void print(Map<Cell, Integer> tried, Map<Cell, Integer> refused) {
        System.out.printf(Locale.ROOT, "%nrefused         dropped   swapped   changed%n");
        for (var action : new TreeSet<>(CHANGES.keySet())) {
            var row = new StringBuilder();
            for (var tamper : Tamper.values()) {
                var cell = new Cell(action, tamper);
                row.append(refused.getOrDefault(cell, 0))
                        .append(" of ")
                        .append(tried.getOrDefault(cell, 0))
                        .append("    ");
            }
            System.out.printf(Locale.ROOT, "%-16s%s%n", action, row.toString().stripTrailing());
        }
    }
}
