package dev.scrubjay.simulation;

import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.scenario.Step;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.world.World.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Draws scenarios: each seed another swarm of faults.
public final class Swarm {
    private static final long LED_NANOS = 2_000_000_000;

    private Swarm() {}

    /// What a plan comes to with this seed.
    public static Scenario draw(long seed, Plan plan) {
        var randomness = Streams.of(seed);
        var size = randomness.size();
        var nodes = plan.nodes(size);
        boolean isGray = plan.mix() == Mix.GRAY;
        return new Scenario(
                seed,
                nodes,
                plan.groups(),
                Plan.settings(size.split()),
                plan.workload(),
                plan.busyNanos(),
                plan.healNanos(),
                plan.losses(),
                isGray ? Optional.of(LED_NANOS) : Optional.empty(),
                steps(plan, nodes, randomness.nemesis()),
                isGray ? Set.of(new Expectation.NoElection()) : Set.of());
    }

    private static List<Step> steps(Plan plan, List<Place> nodes, Randomness randomness) {
        var steps = new ArrayList<Step>();
        if (!plan.hasFaults()) {
            return steps;
        }
        boolean rots = randomness.perMille(500);
        for (long at = plan.gapNanos(randomness); at < plan.busyNanos(); at += plan.gapNanos(randomness)) {
            var drawn = plan.mix().draw(randomness, nodes.size(), rots);
            var trigger = drawn.moment() == Moment.AT_ONCE
                    ? new Trigger.At(at)
                    : new Trigger.While(at, drawn.moment(), drawn.where());
            steps.add(new Step(trigger, drawn.fault(), drawn.nanos(), true));
            if (plan.mix().oneAtATime()) {
                at += drawn.nanos();
            }
        }
        return steps;
    }
}
