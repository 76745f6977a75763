package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.DumbStore;
import dev.scrubjay.object.KeyValueReply;
import dev.scrubjay.object.KeyValueRequest;
import java.util.Optional;
import java.util.Random;

/// A history of many operations by clients that are never idle for long, made from a seed.
///
/// @param values how many different values are written; 0 for a new one every time
/// @param losses how many writes have no known outcome; half of them have their effect
/// @param isStale whether one read near the end tells of a value that nobody ever wrote
record LongHistory(int seed, int clients, int keys, int operations, int values, int losses, boolean isStale) {

    History record() {
        return new Run(this).record();
    }

    private static final class Run {
        private final LongHistory plan;
        private final Random random;
        private final Recorder recorder = new Recorder();
        private final DumbStore store = new DumbStore();
        private final long[] names;
        private final int[] invocations;
        private final KeyValueRequest[] requests;
        private final KeyValueReply[] replies;
        private final int[] phases;
        private int begun;
        private int lost;
        private boolean isToldStale;

        Run(LongHistory plan) {
            this.plan = plan;
            this.random = new Random(plan.seed());
            this.names = new long[plan.clients()];
            this.invocations = new int[plan.clients()];
            this.requests = new KeyValueRequest[plan.clients()];
            this.replies = new KeyValueReply[plan.clients()];
            this.phases = new int[plan.clients()];
            for (int i = 0; i < plan.clients(); i++) {
                names[i] = i;
            }
        }

        History record() {
            int busy = 0;
            while (begun < plan.operations() || busy > 0) {
                int client = random.nextInt(plan.clients());
                switch (phases[client]) {
                    case 0 -> {
                        if (begun < plan.operations()) {
                            begin(client);
                            busy++;
                        }
                    }
                    case 1 -> act(client);
                    default -> {
                        end(client);
                        busy--;
                    }
                }
            }
            return recorder.history();
        }

        private void begin(int client) {
            requests[client] = request();
            invocations[client] =
                    recorder.invoke(names[client], begun, requests[client].f(), requests[client].argument());
            begun++;
            phases[client] = 1;
        }

        private KeyValueRequest request() {
            var key = Value.text("key-" + random.nextInt(plan.keys()));
            var value = value();
            int kind = random.nextInt(100);
            if (kind < 40) {
                return new KeyValueRequest.Get(key);
            } else if (kind < 75) {
                return new KeyValueRequest.Put(key, value);
            } else if (kind < 80) {
                return new KeyValueRequest.Delete(key);
            }
            return new KeyValueRequest.ConditionalPut(key, expected(key), value);
        }

        private Value value() {
            return Value.number(plan.values() == 0 ? begun : random.nextInt(plan.values()));
        }

        /// Often what the key holds now, for else few conditions would be met.
        private Optional<Value> expected(Value key) {
            if (random.nextBoolean()
                    && store.answer(new KeyValueRequest.Get(key)) instanceof KeyValueReply.Found(var held)) {
                return held;
            }
            return Optional.of(value());
        }

        private void act(int client) {
            var request = requests[client];
            var isLost = !(request instanceof KeyValueRequest.Get)
                    && lost < plan.losses()
                    && begun > (long) lost * plan.operations() * 8 / 10 / plan.losses();
            if (isLost) {
                lost++;
                if (random.nextBoolean()) {
                    store.answer(request);
                }
                recorder.info(invocations[client], begun);
                names[client] += plan.clients();
                requests[client] = new KeyValueRequest.Get(request.key());
                invocations[client] = recorder.invoke(names[client], begun, "get", requests[client].argument());
                return;
            }
            replies[client] = store.answer(request);
            phases[client] = 2;
        }

        private void end(int client) {
            var reply = replies[client];
            if (plan.isStale()
                    && !isToldStale
                    && reply instanceof KeyValueReply.Found
                    && begun > plan.operations() * 9L / 10) {
                isToldStale = true;
                reply = new KeyValueReply.Found(Optional.of(Value.text("never written")));
            }
            recorder.ok(invocations[client], begun, reply.result());
            phases[client] = 0;
        }
    }
}
