package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/// An object as users may have one: turning it changes it in some states and not in others, and turning it
/// twice is not turning it once. None of ours is like that, and the rules of the search must hold for it all
/// the same.
final class DialTest {
    private static final int STEPS = 2;
    private static final int OPERATIONS_MAX = 8;

    /// Goes up to its stop and no further.
    private static final class Dial implements SequentialObject<Integer> {
        @Override
        public String name() {
            return "dial";
        }

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Optional<Integer> step(Integer state, Operation operation) {
            return switch (operation.f()) {
                case "turn" -> Optional.of(Math.min(STEPS, state + 1));
                case "reset" -> Optional.of(0);
                default ->
                    operation.result().orElse(Value.number(state)).equals(Value.number(state))
                            ? Optional.of(state)
                            : Optional.empty();
            };
        }
    }

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void theCheckerAgreesWithBruteForceOnADial(@ForAll long seed) {
        var isLinearizable = Agreement.check(new Dial(), anything(new Random(seed)));
        Statistics.label("linearizable")
                .collect(isLinearizable)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20 && share < 80));
    }

    /// The first turn that is pending had its moment at the stop, where nobody noticed it. The second one has
    /// turned the dial to 1; were it the first that did, the second would still have to, and 1 not be read
    /// again.
    @Test
    void whatCanHaveHappenedUnnoticedDoesNotStandInForWhatCannot() {
        var recorder = new Recorder();
        int unnoticed = recorder.invoke(1, 0, "turn", Value.absent());
        done(recorder, "turn", Value.absent());
        done(recorder, "turn", Value.absent());
        done(recorder, "read", Value.number(2));
        done(recorder, "reset", Value.absent());
        int noticed = recorder.invoke(2, 0, "turn", Value.absent());
        done(recorder, "read", Value.number(1));
        recorder.ok(unnoticed, 0, Value.absent());
        recorder.ok(noticed, 0, Value.absent());
        done(recorder, "read", Value.number(1));

        assertThat(Agreement.check(new Dial(), recorder.history())).isTrue();
    }

    private static void done(Recorder recorder, String f, Value result) {
        recorder.ok(recorder.invoke(0, 0, f, Value.absent()), 0, result);
    }

    private static History anything(Random random) {
        var recorder = new Recorder();
        var ends = new ArrayList<Runnable>();
        int begun = 0;
        while (begun < OPERATIONS_MAX || !ends.isEmpty()) {
            if (begun < OPERATIONS_MAX && (ends.isEmpty() || random.nextInt(5) > 1)) {
                ends.add(begin(recorder, random, begun++));
            } else {
                ends.remove(random.nextInt(ends.size())).run();
            }
        }
        return recorder.history();
    }

    /// @return what ends the operation
    private static Runnable begin(Recorder recorder, Random random, int process) {
        int kind = random.nextInt(6);
        if (kind >= 4) {
            int read = recorder.invoke(process, 0, "read", Value.absent());
            return () -> recorder.ok(read, 0, Value.number(random.nextInt(STEPS + 1)));
        }
        int other = recorder.invoke(process, 0, kind == 3 ? "reset" : "turn", Value.absent());
        return random.nextInt(6) == 0 ? () -> recorder.info(other, 0) : () -> recorder.ok(other, 0, Value.absent());
    }
}
