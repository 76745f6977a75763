package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Histories of a few operations on a collection, which four clients make in an order that chance chooses.
/// About as many have an order as have none.
final class SmallCollections {
    private static final int CLIENTS = 4;
    private static final int OPERATIONS_MAX = 8;
    private static final int VALUES_MAX = 8;

    /// What an operation will be.
    ///
    /// @param result empty where it stays open
    private record Plan(String f, Value argument, Optional<Value> result) {}

    private final Random random;
    private final Family family;

    private SmallCollections(Random random, Family family) {
        this.random = random;
        this.family = family;
    }

    static History of(Family family, Random random) {
        var collections = new SmallCollections(random, family);
        var isRead = family == Family.SET || family == Family.LOG;
        return collections.play(isRead ? collections.readings() : collections.removals());
    }

    /// More operations, on a collection that gives back one value at a time: done right, but for a few that
    /// change places with others close by.
    static History disturbed(Family family, Random random) {
        var collections = new SmallCollections(random, family);
        var plans = collections.right(2 + random.nextInt(VALUES_MAX - 1));
        for (int swaps = random.nextInt(4); swaps > 0 && plans.size() > 1; swaps--) {
            int at = random.nextInt(plans.size() - 1);
            Collections.swap(plans, at, Math.min(plans.size() - 1, at + 1 + random.nextInt(4)));
        }
        return collections.play(plans);
    }

    private List<Plan> right(int values) {
        var plans = new ArrayList<Plan>();
        var waiting = shuffled(values);
        var held = new ArrayList<Value>();
        for (int steps = 2 * values + random.nextInt(4); steps > 0; steps--) {
            if (!waiting.isEmpty() && random.nextInt(100) < 55) {
                var plan = insert(waiting.removeFirst());
                held.add(plan.argument());
                plans.add(plan);
            } else {
                var taken = held.isEmpty() ? Value.absent() : held.remove(new TestCollection(family).place(held));
                var isLost = family == Family.QUEUE && random.nextInt(8) == 0;
                plans.add(new Plan("remove", Value.absent(), isLost ? Optional.empty() : Optional.of(taken)));
            }
        }
        return plans;
    }

    /// Most values are inserted first and removed later.
    private List<Plan> removals() {
        int values = 1 + random.nextInt(4);
        var plans = new ArrayList<Plan>();
        for (int value : shuffled(values)) {
            plans.add(random.nextInt(plans.size() + 1), insert(value));
        }
        int losses = 0;
        for (int value : shuffled(values)) {
            int choice = random.nextInt(20);
            if (choice < 15) {
                remove(plans, value, Value.number(value));
            } else if (choice < 18 && family == Family.QUEUE && losses < 2) {
                losses++;
                plans.add(random.nextInt(plans.size() + 1), new Plan("remove", Value.absent(), Optional.empty()));
            }
        }
        if (random.nextInt(12) == 0) {
            remove(plans, 0, Value.number(random.nextInt(values + 1)));
        }
        for (int empties = random.nextInt(5) - 2; empties > 0; empties--) {
            remove(plans, 0, Value.absent());
        }
        return plans.subList(0, Math.min(plans.size(), OPERATIONS_MAX));
    }

    /// Puts a removal somewhere, mostly behind the insertion.
    private void remove(List<Plan> plans, int value, Value result) {
        int insertion = 0;
        while (value != 0 && !plans.get(insertion).equals(insert(value)) && insertion < plans.size() - 1) {
            insertion++;
        }
        int from = random.nextInt(8) == 0 ? 0 : insertion + 1;
        int at = from + random.nextInt(plans.size() - Math.min(from, plans.size()) + 1);
        plans.add(Math.min(at, plans.size()), new Plan("remove", Value.absent(), Optional.of(result)));
    }

    private static Plan insert(int value) {
        return new Plan("insert", Value.number(value), Optional.of(Value.absent()));
    }

    /// Reads see about what was inserted before.
    private List<Plan> readings() {
        var plans = new ArrayList<Plan>();
        var held = new ArrayList<Value>();
        int value = 0;
        while (plans.size() < 2 + random.nextInt(OPERATIONS_MAX - 1) && plans.size() < OPERATIONS_MAX) {
            if (random.nextBoolean()) {
                value++;
                held.add(Math.max(0, held.size() - random.nextInt(2)), Value.number(value));
                plans.add(insert(value));
            } else {
                var seen = new ArrayList<>(held.subList(0, Math.max(0, held.size() - random.nextInt(3) / 2)));
                if (random.nextInt(10) == 0) {
                    Collections.shuffle(seen, random);
                }
                if (random.nextInt(10) == 0 && !seen.isEmpty()) {
                    seen.remove(seen.get(random.nextInt(seen.size())));
                }
                if (random.nextInt(25) == 0) {
                    seen.add(Value.number(1 + random.nextInt(4)));
                }
                plans.add(new Plan("read", Value.absent(), Optional.of(new Value.Sequence(seen))));
            }
        }
        return plans;
    }

    private List<Integer> shuffled(int values) {
        var all = new ArrayList<Integer>();
        for (int value = 1; value <= values; value++) {
            all.add(value);
        }
        Collections.shuffle(all, random);
        return all;
    }

    private History play(List<Plan> plans) {
        record Running(int invocation, Optional<Value> result) {}
        var recorder = new Recorder();
        var running = new ArrayList<Running>();
        int clients = 1 + random.nextInt(CLIENTS);
        int begun = 0;
        while (begun < plans.size() || !running.isEmpty()) {
            if (begun < plans.size() && running.size() < clients && random.nextBoolean()) {
                var plan = plans.get(begun);
                var isLost = plan.f().equals("insert") && random.nextInt(8) == 0;
                running.add(new Running(
                        recorder.invoke(begun, begun, plan.f(), plan.argument()),
                        isLost ? Optional.empty() : plan.result()));
                begun++;
            } else if (!running.isEmpty()) {
                var ending = running.remove(random.nextInt(running.size()));
                ending.result()
                        .ifPresentOrElse(
                                result -> recorder.ok(ending.invocation(), 0, result),
                                () -> recorder.info(ending.invocation(), 0));
            }
        }
        return recorder.history();
    }
}
