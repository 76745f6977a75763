package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A history of many operations on a collection by clients that are never idle for long, made from a seed.
///
/// @param held about how many values are in, where they can be taken out
/// @param lie how much of the history is over when the only lie is told, in percent; 100 for none
record LongCollection(Family family, int seed, int clients, int operations, int held, int lie) {
    /// How often all of a collection is read.
    private static final int READS = 50;

    History record() {
        return new Run(this).record();
    }

    private static final class Run {
        private final LongCollection plan;
        private final Random random;
        private final Recorder recorder = new Recorder();
        private final int[] invocations;
        private final int[] phases;
        private final List<Value> arguments = new ArrayList<>();
        private final List<Value> results = new ArrayList<>();
        private final List<Value> held = new ArrayList<>();
        private int begun;
        private int inserted;
        private int reads;
        private boolean isLieTold;

        Run(LongCollection plan) {
            this.plan = plan;
            this.random = new Random(plan.seed());
            this.invocations = new int[plan.clients()];
            this.phases = new int[plan.clients()];
            for (int i = 0; i < plan.clients(); i++) {
                arguments.add(Value.absent());
                results.add(Value.absent());
            }
        }

        History record() {
            int busy = 0;
            while (begun < plan.operations() || busy > 0) {
                int client = random.nextInt(plan.clients());
                if (phases[client] == 0) {
                    if (begun < plan.operations()) {
                        begin(client);
                        busy++;
                    }
                } else if (phases[client] == 1) {
                    results.set(client, act(arguments.get(client)));
                    phases[client] = 2;
                } else {
                    recorder.ok(invocations[client], begun, results.get(client));
                    phases[client] = 0;
                    busy--;
                }
            }
            return recorder.history();
        }

        private void begin(int client) {
            var isRead = plan.family() == Family.SET || plan.family() == Family.LOG;
            var isInsertion = isRead
                    ? begun < (long) reads * plan.operations() / READS
                    : random.nextInt(100) < (held.size() < plan.held() ? 55 : 45);
            // Values that are no larger than the ones before, now and then: a queue by size shall have work.
            var argument = isInsertion ? Value.number(Integer.reverse(++inserted) >>> 1) : Value.absent();
            reads += isInsertion ? 0 : 1;
            arguments.set(client, argument);
            invocations[client] =
                    recorder.invoke(client, begun, isInsertion ? "insert" : isRead ? "read" : "remove", argument);
            begun++;
            phases[client] = 1;
        }

        private Value act(Value argument) {
            if (!(argument instanceof Value.Absent)) {
                int place = plan.family() == Family.PRIORITY_QUEUE
                        ? -Collections.binarySearch(held, argument, TestCollection.BY_SIZE.reversed()) - 1
                        : held.size();
                held.add(place, argument);
                return Value.absent();
            }
            // Far enough from what is true that what runs at the same time does not excuse it.
            int far = 6 * plan.clients();
            var isLie = !isLieTold && begun > plan.operations() / 100L * plan.lie() && held.size() > far;
            isLieTold |= isLie;
            if (plan.family() == Family.SET || plan.family() == Family.LOG) {
                return new Value.Sequence(held.subList(0, held.size() - (isLie ? far : 0)));
            }
            if (held.isEmpty()) {
                return Value.absent();
            }
            int wrong = isLie ? far : 0;
            return held.remove(plan.family() == Family.QUEUE ? wrong : held.size() - 1 - wrong);
        }
    }
}
