package dev.scrubjay.scenario;

import dev.scrubjay.nemesis.Who;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.World.Moment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scenarios as text, a line for each thing that it says. What is written is read as it was.
public final class ScenarioForm {
    private static final int VERSION = 1;
    private static final long HEAL_NANOS = 20_000_000_000L;
    private static final String FIRST = "scenario " + VERSION;
    private static final String LINES =
            "seed, groups, node, set, workload, run, power-off-loses, faults-from, at, when, maybe, expect, promise";

    /// Of two such lines one would say nothing.
    private static final Set<String> ONCE =
            Set.of("seed", "groups", "workload", "run", "power-off-loses", "faults-from", "promise");

    private static final SortedMap<String, Moment> MOMENTS = new TreeMap<>(Map.of(
            "request", Moment.AT_A_REQUEST,
            "syncing", Moment.DURING_A_SYNC,
            "voters-change", Moment.WHILE_VOTERS_CHANGE,
            "snapshot-travels", Moment.WHILE_A_SNAPSHOT_TRAVELS));

    /// What the trace tells of, in the words of the specification.
    private static final Set<String> ACTIONS = Stream.of(TraceEvent.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.collectingAndThen(
                    Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));

    private ScenarioForm() {}

    /// What the trace tells of, and a step may wait for.
    public static Set<String> actions() {
        return ACTIONS;
    }

    // ---------------------------------------------------------------- reading

    /// Reads a scenario.
    ///
    /// @throws ScenarioException where it is none
    public static Scenario read(String text) {
        return new Reading().read(text.lines().toList());
    }

    private static final class Reading {
        private long seed = 1;
        private int groups = 1;
        private final List<Place> nodes = new ArrayList<>();
        private Settings settings = Settings.STANDARD;
        private Optional<Workload> workload = Optional.empty();
        private Optional<Long> busy = Optional.empty();
        private Optional<Long> heal = Optional.empty();
        private boolean losses = true;
        private Optional<Long> led = Optional.empty();
        private final List<Step> steps = new ArrayList<>();
        private final List<Integer> lineOfStep = new ArrayList<>();
        private Promise promise = Promise.EVERYTHING;

        /// In which line each stands.
        private final Map<Expectation, Integer> expectations = new LinkedHashMap<>();

        /// What is said once, and in which line it was.
        private final Map<String, Integer> said = new HashMap<>();

        Scenario read(List<String> lines) {
            boolean hasBegun = false;
            for (int i = 0; i < lines.size(); i++) {
                var line = new Line(i + 1, lines.get(i));
                if (line.isEmpty()) {
                    continue;
                }
                if (hasBegun) {
                    read(line);
                } else if (line.takes("scenario")) {
                    var version = line.next("a version");
                    if (!version.equals(String.valueOf(VERSION))) {
                        throw line.bad(
                                version, "is a version that this program does not read", String.valueOf(VERSION));
                    }
                    line.end("nothing more");
                    hasBegun = true;
                } else {
                    throw line.bad(line.next("a word"), "is no beginning of a scenario", "'" + FIRST + "'");
                }
            }
            int last = lines.size();
            if (!hasBegun) {
                throw new ScenarioException(1, "is empty; the first line of a scenario is '" + FIRST + "'");
            }
            if (nodes.stream().filter(Place::votes).filter(Place::keepsState).count() < 1) {
                throw new ScenarioException(
                        last, "no node votes and keeps the state; 'node a zone=1' is one that does");
            }
            long scrubs = 2 * settings.scrub().everyNanos() + settings.scrub().patienceNanos();
            if (heal.filter(time -> time < scrubs).isPresent()) {
                throw new ScenarioException(
                        last,
                        "heal=" + Quantity.time(heal.get())
                                + " is too short: a run ends when all states were compared, "
                                + "which may take twice scrub.every and once scrub.patience; allowed: "
                                + Quantity.time(scrubs) + " or more");
            }
            var scenario = new Scenario(
                    seed,
                    nodes,
                    groups,
                    settings,
                    workload.orElseThrow(() ->
                            new ScenarioException(last, "no line 'workload'; one is 'workload clients=8 keys=6'")),
                    busy.orElseThrow(() -> new ScenarioException(last, "no line 'run'; one is 'run 20s'")),
                    heal.orElse(HEAL_NANOS + scrubs),
                    losses,
                    led,
                    steps,
                    expectations.keySet(),
                    promise);
            expectations.forEach((expectation, line) -> ExpectationForm.missing(expectation, scenario.workload())
                    .ifPresent(what -> {
                        throw new ScenarioException(
                                line,
                                "'" + expectation.word() + "' counts what the line 'workload' leaves out; "
                                        + "needed there: " + what);
                    }));
            OneZone.in(scenario).ifPresent(excess -> {
                throw tooMuch(scenario, excess);
            });
            return scenario;
        }

        private ScenarioException tooMuch(Scenario scenario, OneZone.Excess excess) {
            var later = ScenarioForm.write(scenario.steps().get(excess.later()));
            var promised = "'promise survive=one-zone' lets the nodes of one zone be struck at a time";
            if (excess.earlier() == excess.later()) {
                return new ScenarioException(
                        lineOfStep.get(excess.later()),
                        "'" + later + "' strikes nodes of several zones, and " + promised
                                + "; allowed: nodes of one zone");
            }
            return new ScenarioException(
                    lineOfStep.get(excess.later()),
                    "'" + later + "' strikes another zone while '"
                            + ScenarioForm.write(scenario.steps().get(excess.earlier())) + "' of line "
                            + lineOfStep.get(excess.earlier()) + " goes on, and " + promised
                            + "; allowed: another time, the same zone, or 'maybe' before it");
        }

        private void read(Line line) {
            var word = line.next("a word");
            if (ONCE.contains(word)) {
                var before = said.putIfAbsent(word, line.number());
                if (before != null) {
                    throw line.bad(word, "is said in line " + before + " already", "once");
                }
            }
            switch (word) {
                case "seed" -> {
                    var value = line.next("a number");
                    seed = Quantity.number(value)
                            .orElseThrow(() -> line.bad(value, "is no seed", "a number from 0 on"));
                }
                case "groups" -> groups = line.nextNumber("count of groups", 1);
                case "node" -> nodes.add(node(line));
                case "set" ->
                    line.options().forEach((name, value) -> settings = Tuning.read(line, settings, name, value));
                case "workload" -> {
                    workload = Optional.of(WorkloadForm.read(line));
                    if (line.takes("for")) {
                        lasts(line, "for");
                    }
                }
                case "run" -> lasts(line, word);
                case "power-off-loses" -> {
                    var what = line.next("'nothing' or 'unsynced'");
                    losses = switch (what) {
                        case "nothing" -> false;
                        case "unsynced" -> true;
                        default -> throw line.bad(what, "is nothing that a power-off may lose", "nothing, unsynced");
                    };
                }
                case "faults-from" -> led = Optional.of(line.required(line.timeOption("led", 0), "led"));
                case "maybe" -> add(line, step(line, line.next("'at' or 'when'"), true));
                case "at", "when" -> add(line, step(line, word, false));
                case "expect" -> expectations.put(ExpectationForm.read(line), line.number());
                case "promise" -> promise = Promise.read(line);
                default -> throw line.bad(word, "is nothing that a scenario says", LINES);
            }
            line.end(
                    switch (word) {
                        case "workload" -> WorkloadForm.WORDS;
                        case "expect" -> ExpectationForm.OUTSIDE;
                        default -> "nothing more";
                    });
        }

        private void lasts(Line line, String word) {
            if (busy.isPresent()) {
                throw line.bad(
                        word,
                        "says how long a run takes, and a line before it does too",
                        "one of 'run T' and 'workload ... for T'");
            }
            busy = Optional.of(line.nextTime("a time", 1));
            heal = line.timeOption("heal", 0);
        }

        private Place node(Line line) {
            var name = line.next("a name");
            boolean isRole = name.matches("leader|other\\d+") || name.equals(FaultForm.LEADER_ZONE);
            if (isRole || !name.matches("[a-z][a-z0-9-]{0,19}")) {
                throw line.bad(
                        name,
                        "is no name of a node",
                        "small letters, digits and -, not 'leader', 'leader-zone' or 'other1'");
            }
            if (nodes.stream().anyMatch(node -> node.name().equals(name))) {
                throw line.bad(name, "is there already", "another name");
            }
            var zone = line.option("zone").orElse("zone-" + (nodes.size() + 1));
            if (zone.isEmpty()) {
                throw line.bad("zone=", "names no zone", "a word such as zone=a");
            }
            var rack = line.option("rack").orElse("rack-1");
            var keeps = line.option("keeps").orElse("state");
            var kind = switch (keeps) {
                case "state" -> ReplicaKind.STORAGE;
                case "log" -> ReplicaKind.LOG;
                default -> throw line.bad("keeps=" + keeps, "is nothing that a node keeps", "state, log");
            };
            return new Place(name, new Site(kind, zone, rack), !line.takes("spare"));
        }

        private void add(Line line, Step step) {
            steps.add(step);
            lineOfStep.add(line.number());
        }

        private Step step(Line line, String word, boolean isOptional) {
            var faults = new FaultForm(nodes);
            var trigger = switch (word) {
                case "at" -> at(line, faults);
                case "when" -> when(line);
                default -> throw line.bad(word, "is no beginning of a step", "at, when");
            };
            var fault = faults.read(line);
            long lasts = line.takes("for") ? line.nextTime("a time", 0) : 0;
            return new Step(trigger, fault, lasts, isOptional);
        }

        private static Trigger at(Line line, FaultForm faults) {
            long nanos = line.nextTime("a time", 0);
            if (!line.takes("while")) {
                return new Trigger.At(nanos);
            }
            var word = line.next("a moment");
            var moment = MOMENTS.get(word);
            if (moment == null) {
                throw line.bad(word, "is no moment", String.join(", ", MOMENTS.keySet()));
            }
            return new Trigger.While(nanos, moment, faults.who(line, "while " + word));
        }

        private static Trigger when(Line line) {
            var action = line.next("an action");
            if (!ACTIONS.contains(action)) {
                throw line.bad(action, "is no action that nodes trace", String.join(", ", ACTIONS));
            }
            boolean counts = line.peek().filter(word -> word.matches("\\d+")).isPresent();
            return new Trigger.When(action, counts ? line.nextNumber("count", 1) : 1);
        }
    }

    // ---------------------------------------------------------------- writing

    public static String write(Scenario scenario) {
        var lines = new ArrayList<String>();
        lines.add(FIRST);
        lines.add("seed " + scenario.seed());
        if (scenario.groups() != 1) {
            lines.add("groups " + scenario.groups());
        }
        scenario.nodes().forEach(node -> lines.add(write(node)));
        Tuning.write(scenario.settings()).forEach((name, value) -> lines.add("set " + name + "=" + value));
        lines.add(WorkloadForm.write(scenario.workload()));
        lines.add("run " + Quantity.time(scenario.busyNanos()) + " heal=" + Quantity.time(scenario.healNanos()));
        if (!scenario.losses()) {
            lines.add("power-off-loses nothing");
        }
        scenario.ledNanos().ifPresent(nanos -> lines.add("faults-from led=" + Quantity.time(nanos)));
        scenario.steps().forEach(step -> lines.add(write(step)));
        scenario.expectations().forEach(expectation -> lines.add("expect " + expectation.text()));
        if (scenario.promise() != Promise.EVERYTHING) {
            lines.add("promise survive=" + scenario.promise().word());
        }
        return String.join("\n", lines) + "\n";
    }

    private static String write(Place node) {
        return "node " + node.name() + (node.votes() ? "" : " spare") + " zone="
                + node.site().zone() + " rack=" + node.site().rack() + (node.keepsState() ? "" : " keeps=log");
    }

    /// One step, as it stands in a scenario.
    public static String write(Step step) {
        return (step.isOptional() ? "maybe " : "")
                + switch (step.trigger()) {
                    case Trigger.At(var nanos) -> "at " + Quantity.time(nanos);
                    case Trigger.While(var nanos, var moment, Who where) ->
                        "at " + Quantity.time(nanos) + " while " + word(moment) + " " + where;
                    case Trigger.When(var action, var times) -> "when " + action + " " + times;
                }
                + " " + FaultForm.write(step.fault())
                + (step.lastsNanos() == 0 ? "" : " for " + Quantity.time(step.lastsNanos()));
    }

    private static String word(Moment moment) {
        return MOMENTS.entrySet().stream()
                .filter(entry -> entry.getValue() == moment)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(moment.name().toLowerCase(Locale.ROOT)));
    }
}
