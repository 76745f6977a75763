package dev.scrubjay.simulation;

import dev.scrubjay.nemesis.Cast;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.scenario.Step;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.world.Cell;
import dev.scrubjay.world.World.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Draws scenarios: each seed another swarm of faults.
public final class Swarm {
    private static final long LED_NANOS = 2_000_000_000;
    private static final int VERSIONS_PER_MILLE = 250;
    private static final int BACK_PER_MILLE = 600;
    private static final Set<String> VERSIONS = Set.of("upgrade", "downgrade");
    private static final int DRAWS_MAX = 10_000;

    /// So that what is aimed has other chances than what is drawn.
    private static final long AIMS_APART = 0x9E37_79B9_7F4A_7C15L;

    private Swarm() {}

    /// What a plan comes to with this seed.
    public static Scenario draw(long seed, Plan plan) {
        var drawn = drawOne(seed, plan);
        return plan.versions() ? withVersions(drawn) : drawn;
    }

    private static Scenario drawOne(long seed, Plan plan) {
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

    /// The same, and it also tries to have faults come when actions are in flight.
    ///
    /// @param tally says how often an action happens in a run, so that it is waited for no longer than that
    public static Scenario aimed(Scenario drawn, Plan plan, List<Cell> aims, Tally tally) {
        var randomness = Randomness.of(drawn.seed() * AIMS_APART);
        var steps = new ArrayList<>(drawn.steps());
        for (var aim : aims) {
            long often = Math.max(1, Math.round(tally.each("action " + aim.action())));
            int times = (int) (1 + randomness.below(often));
            fault(aim.fault(), plan, drawn.nodes().size(), randomness)
                    .ifPresent(fault -> steps.add(
                            new Step(new Trigger.When(aim.action(), times), fault.fault(), fault.nanos(), true)));
        }
        return drawn.with(steps);
    }

    /// Draws until it is of this kind.
    private static Optional<Mix.Drawn> fault(String word, Plan plan, int nodes, Randomness randomness) {
        if (plan.versions() && VERSIONS.contains(word)) {
            var cast = Cast.of(randomness.perMille(500) ? new Who.Leader() : new Who.Other(1));
            return Optional.of(
                    new Mix.Drawn(word.equals("upgrade") ? new Fault.Upgrade(cast) : new Fault.Downgrade(cast), 0));
        }
        for (int i = 0; i < DRAWS_MAX; i++) {
            var drawn = plan.mix().draw(randomness, nodes, randomness.perMille(500));
            if (drawn.fault().word().equals(word)) {
                return Optional.of(drawn);
            }
        }
        return Optional.empty();
    }

    /// The same, and in some runs nodes are upgraded, and some of those go back. Drawn apart, so that nothing
    /// else is another thing for it.
    private static Scenario withVersions(Scenario drawn) {
        var randomness = Randomness.of(~drawn.seed());
        if (!randomness.perMille(VERSIONS_PER_MILLE)) {
            return drawn;
        }
        var steps = new ArrayList<>(drawn.steps());
        for (var node : drawn.nodes()) {
            long at = randomness.below(drawn.busyNanos());
            var cast = Cast.of(new Who.Named(node.name()));
            steps.add(new Step(new Trigger.At(at), new Fault.Upgrade(cast), 0, true));
            if (randomness.perMille(BACK_PER_MILLE)) {
                long back = at + randomness.below(drawn.busyNanos() - at);
                steps.add(new Step(new Trigger.At(back), new Fault.Downgrade(cast), 0, true));
            }
        }
        return drawn.with(steps);
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
