package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Register;
import java.util.ArrayList;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/// Where each value is written once, sorting decides as trying everything does.
final class ZonesTest {
    private static final int OPERATIONS_MAX = 7;

    private final Register register = new Register();

    @Property(tries = 40_000, edgeCases = EdgeCasesMode.NONE)
    void sortingAgreesWithTryingEverything(@ForAll long seed) {
        var random = new Random(seed);
        var history = random.nextBoolean() ? likely(random) : anything(random);

        assertThat(new Checker(register, Limits.standard()).judge(history).parts())
                .allMatch(part -> part.engine().equals(Zones.NAME) || part.explored() == 0);
        var isLinearizable = Agreement.check(register, history);
        Statistics.label("linearizable")
                .collect(isLinearizable)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20 && share < 80));
    }

    @Test
    void aContradictionIsToldByFewOperations() {
        var recorder = new Recorder();
        for (int i = 0; i < 100; i++) {
            done(recorder, "write", Value.number(i), Value.number(i));
        }
        done(recorder, "read", Value.absent(), Value.number(50));

        var verdict = new Checker(register, Limits.standard()).check(recorder.history());

        assertThat(verdict.text())
                .isEqualTo("not linearizable: process 0 write 51 -> 51 (events 102 to 103) comes after process 0 write "
                        + "50 -> 50 (events 100 to 101) and before process 0 read nil -> 50 (events 200 to 201), which "
                        + "belong together");
    }

    @Test
    void aChainOfSwapsIsOneBlock() {
        var recorder = new Recorder();
        done(recorder, "write", Value.number(1), Value.number(1));
        int swap = recorder.invoke(1, 0, "cas", pair(2, 3));
        done(recorder, "cas", pair(1, 2), pair(1, 2));
        done(recorder, "read", Value.absent(), Value.number(3));
        recorder.ok(swap, 0, pair(2, 3));
        assertThat(new Checker(register, Limits.standard()).check(recorder.history()))
                .isInstanceOf(Verdict.Linearizable.class);

        done(recorder, "read", Value.absent(), Value.number(2));

        assertThat(new Checker(register, Limits.standard())
                        .check(recorder.history())
                        .text())
                .contains("process 1 cas [2 3] -> [2 3] (events 2 to 7) comes before process 0 read nil -> 2");
    }

    private static void done(Recorder recorder, String f, Value argument, Value result) {
        recorder.ok(recorder.invoke(0, 0, f, argument), 0, result);
    }

    private static Value pair(long from, long to) {
        return Value.sequence(Value.number(from), Value.number(to));
    }

    /// Something that a register did, in which a read or two may be wrong.
    private static History likely(Random random) {
        return new Generated(
                        random.nextLong(),
                        2 + random.nextInt(3),
                        OPERATIONS_MAX,
                        0,
                        random.nextInt(3),
                        random.nextBoolean() ? Generated.Wrong.NOTHING : Generated.Wrong.STALE,
                        1,
                        34,
                        33)
                .record();
    }

    /// Operations of which nobody says that they go together.
    private static History anything(Random random) {
        var recorder = new Recorder();
        var ends = new ArrayList<Runnable>();
        int count = 2 + random.nextInt(OPERATIONS_MAX - 2);
        int begun = 0;
        while (begun < count || !ends.isEmpty()) {
            if (begun < count && (ends.isEmpty() || random.nextInt(3) > 0)) {
                ends.add(begin(recorder, random, begun++, count));
            } else {
                ends.remove(random.nextInt(ends.size())).run();
            }
        }
        return recorder.history();
    }

    /// @return what ends the operation
    private static Runnable begin(Recorder recorder, Random random, int process, int count) {
        var seen = Value.number(random.nextInt(count));
        var written = Value.number(process);
        var isKnown = random.nextInt(4) > 0;
        int kind = random.nextInt(3);
        if (kind == 0) {
            int read = recorder.invoke(process, 0, "read", Value.absent());
            return () -> recorder.ok(read, 0, random.nextInt(5) == 0 ? Value.absent() : seen);
        }
        var from = random.nextInt(4) == 0 ? Value.absent() : seen;
        int other = kind == 1
                ? recorder.invoke(process, 0, "write", written)
                : recorder.invoke(process, 0, "cas", Value.sequence(from, written));
        return () -> end(recorder, other, isKnown);
    }

    private static void end(Recorder recorder, int operation, boolean isKnown) {
        if (isKnown) {
            recorder.ok(operation, 0, Value.absent());
        } else {
            recorder.info(operation, 0);
        }
    }
}
