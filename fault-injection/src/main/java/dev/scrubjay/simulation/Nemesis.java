package dev.scrubjay.simulation;

import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.scenario.Step;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.trace.TraceSink;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import dev.scrubjay.world.World.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Brings the faults of a scenario, and ends each of them.
final class Nemesis implements TraceSink {
    private final Scenario scenario;
    private final World world;
    private final Timeline timeline;
    private final Exercised exercised;
    private final Chronicle chronicle;
    private final List<Ongoing> ongoing = new ArrayList<>();

    /// How often each action has happened.
    private final Map<String, Integer> happened = new HashMap<>();

    /// Those that wait for an action.
    private final List<Step> waiting = new ArrayList<>();

    /// Those that had to have an effect, and have not had one yet.
    private final List<Step> without = new ArrayList<>();

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
        if (!waiting.isEmpty()) {
            int times = happened.merge(event.action(), 1, Integer::sum);
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
        var names = step.fault().nodes(world);
        int before = chronicle.size();
        step.fault().begin(world).ifPresent(begun -> {
            without.remove(step);
            chronicle.note(before, step.word() + names);
            exercised.count("faults");
            exercised.count("fault " + step.word());
            if (!ongoing.isEmpty()) {
                exercised.count("faults that overlap");
            }
            ongoing.add(begun);
            timeline.after(step.lastsNanos(), () -> {
                if (ongoing.remove(begun)) {
                    begun.end();
                    if (step.lastsNanos() > 0) {
                        chronicle.note(chronicle.size(), "end of " + step.word() + names);
                    }
                }
            });
        });
    }

    /// A run in which something that was asked for did nothing proves nothing.
    List<Finding> voids() {
        return without.stream()
                .map(step -> new Finding(
                        Finding.UNDECIDED,
                        "'" + ScenarioForm.write(step)
                                + "' had no effect, so this run proves nothing; 'maybe' before it "
                                + "says that it need not have any",
                        ""))
                .toList();
    }

    /// Ends what is still going on.
    void end() {
        ongoing.forEach(Ongoing::end);
        ongoing.clear();
    }
}
