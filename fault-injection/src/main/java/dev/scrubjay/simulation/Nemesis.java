package dev.scrubjay.simulation;

import dev.scrubjay.nemesis.Blame;
import dev.scrubjay.scenario.Availability.Struck;
import dev.scrubjay.scenario.Promise;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.scenario.Step;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.Cell;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import dev.scrubjay.world.World.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Brings the faults of a scenario, and ends each of them.
final class Nemesis implements TraceSink {
    private static final long IN_FLIGHT_NANOS = 10_000_000;

    private final Scenario scenario;
    private final World world;
    private final Timeline timeline;
    private final Exercised exercised;
    private final Chronicle chronicle;
    private boolean hasBegun;
    private final List<Brought> brought = new ArrayList<>();

    /// How often each action has happened, and when it did last.
    private final Map<String, Happened> happened = new HashMap<>();

    private final SortedMap<Cell, Long> covered = new TreeMap<>();

    /// Those that wait for an action.
    private final List<Step> waiting = new ArrayList<>();

    /// Those that had to have an effect, and have not had one yet.
    private final List<Step> without = new ArrayList<>();

    private static final class Happened {
        private int times;
        private long last;
    }

    /// A fault that had an effect.
    private static final class Brought {
        private final Ongoing ongoing;
        private final String text;
        private final long from;
        private Optional<Long> to = Optional.empty();

        Brought(Ongoing ongoing, String text, long from) {
            this.ongoing = ongoing;
            this.text = text;
            this.from = from;
        }

        boolean goesOn() {
            return to.isEmpty();
        }

        void end(long now) {
            ongoing.end();
            to = Optional.of(now);
        }
    }

    /// What can be blamed for each fault that begins or goes on, if that is limited.
    private final List<SortedSet<String>> blamed = new ArrayList<>();

    /// Those that would have been more than is promised to be survived.
    private final List<Step> leftOut = new ArrayList<>();

    Nemesis(Scenario scenario, World world, Timeline timeline, Exercised exercised, Chronicle chronicle) {
        this.scenario = scenario;
        this.world = world;
        this.timeline = timeline;
        this.exercised = exercised;
        this.chronicle = chronicle;
        scenario.steps().stream().filter(step -> !step.isOptional()).forEach(without::add);
    }

    /// From now on times count.
    void begin() {
        hasBegun = true;
        for (var step : scenario.steps()) {
            switch (step.trigger()) {
                case Trigger.At(var nanos) -> timeline.after(nanos, () -> bring(step, Moment.AT_ONCE, () -> ""));
                case Trigger.While(var nanos, var moment, var where) ->
                    timeline.after(nanos, () -> bring(step, moment, () -> where.in(world)));
                case Trigger.When _ -> waiting.add(step);
            }
        }
    }

    @Override
    public void event(long group, ReplicaId replica, long order, long now, TraceEvent event) {
        var happening = happened.computeIfAbsent(event.action(), _ -> new Happened());
        happening.last = timeline.now();
        if (hasBegun) {
            int times = ++happening.times;
            waiting.removeIf(step -> {
                boolean isNow = step.trigger().equals(new Trigger.When(event.action(), times));
                if (isNow) {
                    // Not in the middle of a node's step.
                    timeline.after(0, () -> bring(step, Moment.AT_ONCE, () -> ""));
                }
                return isNow;
            });
        }
    }

    private boolean isOver() {
        return timeline.now() >= scenario.busyNanos();
    }

    private void bring(Step step, Moment moment, Supplier<String> where) {
        if (!isOver()) {
            world.when(moment, where, () -> bring(step));
        }
    }

    private void bring(Step step) {
        if (isOver()) {
            return; // It waited for its moment too long.
        }
        var zones = zones(step);
        if (zones.filter(this::isTooMuch).isPresent()) {
            exercised.count("faults left out to strike one zone at a time");
            leftOut.add(step);
            return;
        }
        var names = step.fault().nodes(world);
        int before = chronicle.size();
        zones.ifPresent(blamed::add);
        var inFlight = inFlight();
        var began = step.fault().begin(world);
        if (began.isEmpty()) {
            zones.ifPresent(blamed::remove);
        }
        began.ifPresent(ongoing -> {
            without.remove(step);
            chronicle.note(before, step.word() + names);
            exercised.count("faults");
            exercised.count("fault " + step.word());
            inFlight.forEach(action -> covered.merge(new Cell(step.fault().word(), action), 1L, Long::sum));
            if (brought.stream().anyMatch(Brought::goesOn)) {
                exercised.count("faults that overlap");
            }
            var now = new Brought(ongoing, step.word() + names, timeline.now());
            brought.add(now);
            timeline.after(step.lastsNanos(), () -> {
                if (now.goesOn()) {
                    end(now);
                    zones.ifPresent(blamed::remove);
                }
            });
        });
    }

    /// What nodes did so shortly before that what came of it is still under way: about as long as a message
    /// and a sync take.
    private List<String> inFlight() {
        var actions = new ArrayList<String>();
        happened.forEach((action, happening) -> {
            if (happening.last >= timeline.now() - IN_FLIGHT_NANOS) {
                actions.add(action);
            }
        });
        return actions;
    }

    SortedMap<Cell, Long> covered() {
        return covered;
    }

    /// What can be blamed for a step, if that is limited: to one zone at a time.
    private Optional<SortedSet<String>> zones(Step step) {
        return scenario.promise() == Promise.ONE_ZONE ? Optional.of(Blame.of(step.fault(), world)) : Optional.empty();
    }

    /// Whether no zone is left that can be blamed for this and all that goes on.
    private boolean isTooMuch(SortedSet<String> zones) {
        var left = new TreeSet<>(zones);
        blamed.forEach(left::retainAll);
        return left.isEmpty();
    }

    /// A run in which something that was asked for did nothing proves nothing.
    List<Finding> voids() {
        return without.stream()
                .map(step -> new Finding(
                        Finding.UNDECIDED,
                        "'" + ScenarioForm.write(step) + "' "
                                + (leftOut.contains(step)
                                        ? "was left out, since 'promise survive=one-zone' lets the nodes of one zone "
                                                + "be struck at a time"
                                        : "had no effect")
                                + ", so this run proves nothing; 'maybe' before it says that it need not have any",
                        ""))
                .toList();
    }

    /// When something went wrong, and for how long.
    List<Struck> struck() {
        return brought.stream()
                .map(each -> new Struck(each.from, each.to.orElse(Long.MAX_VALUE)))
                .toList();
    }

    /// Ends what is still going on.
    void end() {
        brought.stream().filter(Brought::goesOn).forEach(this::end);
    }

    private void end(Brought fault) {
        fault.end(timeline.now());
        chronicle.end(fault.text);
    }
}
