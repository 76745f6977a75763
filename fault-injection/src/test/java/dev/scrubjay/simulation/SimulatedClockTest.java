package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SimulatedClockTest {
    private static final long SECOND = 1_000_000_000;

    private final Timeline timeline = new Timeline();

    private SimulatedClock clock(long seed, int driftPerMille) {
        return new SimulatedClock(timeline, Randomness.of(seed), driftPerMille);
    }

    private void pass(long nanos) {
        timeline.runUntil(timeline.now() + nanos);
    }

    /// For each stretch of true time, whatever happened before; rounding is worth one nanosecond for each
    /// time the rate changed.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aClockIsAsFastAsTrueTimeWithinTheBound(
            @ForAll long seed,
            @ForAll @IntRange(max = 100) int drift,
            @ForAll @Size(max = 40) List<@LongRange(max = 3_000_000_000L) Long> stretches) {
        var clock = clock(seed, drift);
        long before = clock.now();
        assertThat(before).isNotNegative();
        for (long stretch : stretches) {
            pass(stretch);
            long shown = clock.now() - before;
            assertThat(Math.abs(shown - stretch)).isLessThanOrEqualTo(stretch * drift / 1_000 + 10);
            before = clock.now();
        }
    }

    /// Nor does it say anything else to those who look more often.
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void howOftenSomebodyLooksChangesNothing(
            @ForAll long seed, @ForAll @Size(max = 40) List<@LongRange(max = 3_000_000_000L) Long> stretches) {
        var watched = clock(seed, 10);
        var unwatched = clock(seed, 10);
        for (long stretch : stretches) {
            pass(stretch);
            watched.now();
        }

        assertThat(unwatched.now()).isEqualTo(watched.now());
    }

    /// Time passes, or the clock jumps back or forth, drifts, or no longer does.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aClockNeverGoesBack(@ForAll long seed, @ForAll @Size(max = 60) List<Byte> steps) {
        var clock = clock(seed, 10);
        var drift = clock.drift(3_000);
        long before = clock.now();
        for (byte step : steps) {
            switch (Math.floorMod(step, 5)) {
                case 0, 1 -> pass(Math.abs((long) step) * 20_000_000);
                case 2 -> clock.jump(step * 10_000_000L);
                case 3 -> {
                    drift.end();
                    drift = clock.drift(100 + Math.floorMod(step, 7) * 1_000);
                }
                default -> drift.end();
            }
            assertThat(clock.now()).isGreaterThanOrEqualTo(before);
            before = clock.now();
        }
    }

    @Test
    void clocksBeginAndGoDifferentlyAndTheirRatesChange() {
        var one = clock(1, 10);
        var other = clock(2, 10);
        assertThat(one.now()).isNotEqualTo(other.now());

        var apart = one.now() - other.now();
        pass(5 * SECOND);
        var after = one.now() - other.now();
        assertThat(after).isNotEqualTo(apart);
        pass(5 * SECOND);
        assertThat(one.now() - other.now() - after).isNotEqualTo(after - apart);
    }

    @Test
    void aClockThatDriftsGoesAtThatRateUntilItEnds() {
        var clock = clock(1, 0);
        long begin = clock.now();
        var slow = clock.drift(100);
        pass(SECOND);
        assertThat(clock.now() - begin).isEqualTo(SECOND / 10);

        var fast = clock.drift(5_000);
        slow.end();
        pass(SECOND);
        assertThat(clock.now() - begin).as("the other drift still holds").isEqualTo(SECOND / 10 + 5 * SECOND);

        fast.end();
        pass(SECOND);
        assertThat(clock.now() - begin).isEqualTo(SECOND / 10 + 6 * SECOND);
    }

    @Test
    void aClockThatJumpsBackStandsStillUntilItIsWhereItWas() {
        var clock = clock(1, 0);
        long begin = clock.now();
        clock.jump(3 * SECOND);
        assertThat(clock.now() - begin).isEqualTo(3 * SECOND);

        clock.jump(-2 * SECOND);
        pass(2 * SECOND - 1);
        assertThat(clock.now() - begin).isEqualTo(3 * SECOND);

        pass(6);
        assertThat(clock.now() - begin).isEqualTo(3 * SECOND + 5);
    }
}
