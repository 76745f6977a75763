package dev.scrubjay.simulation;

import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Brings the faults of a plan, and ends each of them.
final class Nemesis {
    private static final long LOOK_NANOS = 50_000_000;

    private final Plan plan;
    private final World world;
    private final Timeline timeline;
    private final Randomness randomness;
    private final Exercised exercised;
    private final boolean rots;
    private final List<Ongoing> ongoing = new ArrayList<>();

    Nemesis(Plan plan, World world, Timeline timeline, Randomness randomness, Exercised exercised) {
        this.plan = plan;
        this.world = world;
        this.timeline = timeline;
        this.randomness = randomness;
        this.exercised = exercised;
        this.rots = randomness.perMille(500);
    }

    /// Begins to bring faults as soon as the world is ready for them, and tells then.
    void begin(BooleanSupplier ready, Runnable begun) {
        if (!plan.hasFaults()) {
            return;
        }
        if (ready.getAsBoolean()) {
            begun.run();
            planNext();
        } else {
            timeline.after(LOOK_NANOS, () -> begin(ready, begun));
        }
    }

    private void planNext() {
        timeline.after(plan.gapNanos(randomness), () -> {
            if (isOver()) {
                return;
            }
            var drawn = plan.mix().draw(randomness, world.nodes().size(), rots);
            world.when(drawn.moment(), () -> drawn.where().first(world), () -> bring(drawn));
            if (plan.mix().oneAtATime()) {
                timeline.after(drawn.nanos(), this::planNext);
            } else {
                planNext();
            }
        });
    }

    private boolean isOver() {
        return timeline.now() >= plan.busyNanos();
    }

    private void bring(Mix.Drawn drawn) {
        if (isOver()) {
            return; // It waited for its moment too long.
        }
        drawn.fault().begin(world).ifPresent(begun -> {
            exercised.count("faults");
            exercised.count("fault " + drawn.word());
            if (!ongoing.isEmpty()) {
                exercised.count("faults that overlap");
            }
            ongoing.add(begun);
            timeline.after(drawn.nanos(), () -> {
                if (ongoing.remove(begun)) {
                    begun.end();
                }
            });
        });
    }

    /// Ends what is still going on.
    void end() {
        ongoing.forEach(Ongoing::end);
        ongoing.clear();
    }
}
