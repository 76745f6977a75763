package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import java.util.Arrays;
import java.util.Random;

/// A long history of one register or of several, made by clients that are always busy. What is wrong with it,
/// if anything, is planted near its end.
///
/// @param values how many different values are written; 0: each once
/// @param lost how many writes and conditional writes have an unknown outcome
/// @param reads of a hundred operations, how many are reads
/// @param writes and how many are writes; the others are conditional
record Generated(
        long seed, int clients, int operations, int values, int lost, Wrong wrong, int keys, int reads, int writes) {

    enum Wrong {
        NOTHING,
        /// A read of a value that nobody writes.
        NEVER_WRITTEN,
        /// A read of a value that was overwritten a while ago.
        STALE,
        /// A read of a value that was written in an earlier epoch only: every tenth of the history has values
        /// of its own.
        EPOCH,
        /// Two conditional writes from a value that was written once, both successful.
        TWICE_SWAPPED,
        /// A value of a write with an unknown outcome is read, overwritten, and read again.
        RELAPSE
    }

    private static final int EPOCHS = 10;

    static Generated register(int clients, int operations, int values, Wrong wrong) {
        return new Generated(clients * 1000L + operations, clients, operations, values, 0, wrong, 1, 34, 33);
    }

    static Generated lossy(int lost, int values, Wrong wrong) {
        return new Generated(77 + lost, 5, 1000, values, lost, wrong, 1, 34, 33);
    }

    History record() {
        return new Run(this).record();
    }

    private enum Phase {
        IDLE,
        INVOKED,
        APPLIED
    }

    private static final class Run {
        private static final String READ = "read";
        private static final String WRITE = "write";
        private static final String CAS = "cas";

        private final Generated plan;
        private final Random random;
        private final Recorder recorder = new Recorder();
        private final long[] held;
        private final Phase[] phases;
        private final String[] fs;
        private final long[] froms;
        private final long[] tos;
        private final int[] keys;
        private final int[] invocations;
        private final Value[] arguments;
        private final long[] names;
        private final boolean[] isMet;
        private final long[] seen;
        private final long[] written = new long[1 << 16];
        private int writtenCount;
        private int begun;
        private int lost;
        private long unique;
        private boolean isPlanted;

        Run(Generated plan) {
            this.plan = plan;
            this.random = new Random(plan.seed());
            this.held = new long[plan.keys()];
            this.phases = new Phase[plan.clients()];
            this.fs = new String[plan.clients()];
            this.froms = new long[plan.clients()];
            this.tos = new long[plan.clients()];
            this.keys = new int[plan.clients()];
            this.invocations = new int[plan.clients()];
            this.arguments = new Value[plan.clients()];
            this.names = new long[plan.clients()];
            this.isMet = new boolean[plan.clients()];
            this.seen = new long[plan.clients()];
            for (int i = 0; i < plan.clients(); i++) {
                phases[i] = Phase.IDLE;
                names[i] = i;
            }
            Arrays.fill(held, -1);
        }

        History record() {
            if (plan.writes() == 0) {
                held[0] = 0;
                done(CAS, Value.sequence(Value.absent(), number(0)));
            }
            int busy = 0;
            while (begun < plan.operations() || busy > 0) {
                int client = random.nextInt(plan.clients());
                switch (phases[client]) {
                    case IDLE -> {
                        if (begun < plan.operations()) {
                            begin(client);
                            busy++;
                        }
                    }
                    case INVOKED -> {
                        if (isLost(client)) {
                            lose(client);
                            busy--;
                        } else {
                            apply(client);
                        }
                    }
                    case APPLIED -> {
                        end(client);
                        busy--;
                    }
                }
            }
            return recorder.history();
        }

        private void begin(int client) {
            int kind = random.nextInt(100);
            keys[client] = plan.keys() == 1 ? 0 : random.nextInt(plan.keys());
            if (kind < plan.reads()) {
                fs[client] = READ;
            } else if (kind < plan.reads() + plan.writes()) {
                fs[client] = WRITE;
                tos[client] = plan.values() == 0 ? unique++ : value();
            } else {
                fs[client] = CAS;
                if (plan.values() == 0) {
                    froms[client] = random.nextBoolean()
                            ? held[keys[client]]
                            : Math.max(0, unique - 1 - random.nextInt(plan.clients()));
                    tos[client] = unique++;
                } else {
                    froms[client] = value();
                    tos[client] = value();
                }
            }
            var argument = switch (fs[client]) {
                case READ -> Value.absent();
                case WRITE -> number(tos[client]);
                default -> Value.sequence(number(froms[client]), number(tos[client]));
            };
            arguments[client] = of(client, argument);
            invocations[client] = recorder.invoke(names[client], begun, fs[client], arguments[client]);
            begun++;
            phases[client] = Phase.INVOKED;
        }

        private long value() {
            long epoch = plan.wrong() == Wrong.EPOCH ? (long) begun * EPOCHS / plan.operations() : 0;
            return epoch * plan.values() + random.nextInt(plan.values());
        }

        private boolean isLost(int client) {
            return lost < plan.lost()
                    && !fs[client].equals(READ)
                    && begun >= (long) lost * plan.operations() * 8 / 10 / plan.lost();
        }

        private void lose(int client) {
            lost++;
            if (random.nextBoolean()) {
                apply(client);
            }
            recorder.info(invocations[client], begun);
            names[client] += plan.clients();
            phases[client] = Phase.IDLE;
        }

        private void apply(int client) {
            int key = keys[client];
            seen[client] = held[key];
            isMet[client] = fs[client].equals(WRITE) || (fs[client].equals(CAS) && held[key] == froms[client]);
            if (isMet[client]) {
                held[key] = tos[client];
                written[writtenCount++ & (written.length - 1)] = tos[client];
            }
            phases[client] = Phase.APPLIED;
        }

        private void end(int client) {
            phases[client] = Phase.IDLE;
            if (fs[client].equals(CAS) && !isMet[client]) {
                recorder.fail(invocations[client], begun);
                return;
            }
            if (fs[client].equals(READ)) {
                plant(client);
                recorder.ok(invocations[client], begun, of(client, number(seen[client])));
                return;
            }
            recorder.ok(invocations[client], begun, arguments[client]);
        }

        private void plant(int client) {
            if (isPlanted || begun < plan.operations() * 9L / 10) {
                return;
            }
            switch (plan.wrong()) {
                case NEVER_WRITTEN -> seen[client] = 1L << 40;
                case STALE ->
                    seen[client] = written[(writtenCount - Math.max(8, 5 * plan.clients())) & (written.length - 1)];
                case EPOCH -> seen[client] = random.nextInt(plan.values());
                case TWICE_SWAPPED -> plantSwaps();
                case RELAPSE -> plantRelapse();
                case NOTHING -> {}
            }
            isPlanted = true;
        }

        private void plantSwaps() {
            long once = 1L << 40;
            done(WRITE, number(once));
            for (int i = 1; i <= 2; i++) {
                done(CAS, Value.sequence(number(once), number(once + i)));
            }
            overwrite();
        }

        private void plantRelapse() {
            long once = 1L << 40;
            recorder.invoke(-1, begun, WRITE, number(once));
            for (int i = 0; i < 2; i++) {
                recorder.ok(recorder.invoke(-2, begun, READ, Value.absent()), begun, number(once));
                overwrite();
            }
        }

        /// So that what is planted is all that is wrong.
        private void overwrite() {
            if (plan.values() == 0) {
                held[0] = unique++;
            }
            done(WRITE, number(held[0]));
        }

        private void done(String f, Value argument) {
            recorder.ok(recorder.invoke(-2, begun, f, argument), begun, argument);
        }

        private Value of(int client, Value value) {
            return plan.keys() == 1 ? value : Value.sequence(Value.number(keys[client]), value);
        }

        private static Value number(long value) {
            return value < 0 ? Value.absent() : Value.number(value);
        }
    }
}
