package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.protocol.Settings;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What a plan draws for each seed.
final class PlanTest {
    private static final long MILLI = 1_000_000;

    private static Settings settings(long seed) {
        return Plan.settings(Randomness.of(seed));
    }

    @Test
    void aSeedHasOneElectionTimeAndAnotherSeedAnother() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(settings(seed)).isEqualTo(settings(seed));
            assertThat(settings(seed).electionNanosMin())
                    .isNotEqualTo(settings(seed + 1).electionNanosMin());
            assertThat(settings(seed).electionNanosSpread())
                    .isNotEqualTo(settings(seed + 1).electionNanosSpread());
        }
    }

    /// From just above a heartbeat to as long as a grant is minded.
    @Test
    void electionTimesFillTheirRange() {
        var least = LongStream.range(0, 1_000)
                .map(seed -> settings(seed).electionNanosMin())
                .summaryStatistics();
        var spread = LongStream.range(0, 1_000)
                .map(seed -> settings(seed).electionNanosSpread())
                .summaryStatistics();

        assertThat(least.getMin()).isBetween(60 * MILLI, 65 * MILLI);
        assertThat(least.getMax()).isBetween(295 * MILLI, 300 * MILLI);
        assertThat(spread.getMin()).isBetween(40 * MILLI, 45 * MILLI);
        assertThat(spread.getMax()).isBetween(195 * MILLI, 200 * MILLI);
    }

    @Test
    void onlyElectionTimesPiecesHealingSnapshotsAndScrubAreDrawn() {
        var drawn = settings(1);
        var standard = Settings.STANDARD;

        assertThat(new Settings(
                        drawn.heartbeatNanos(),
                        drawn.resendNanos(),
                        standard.electionNanosMin(),
                        standard.electionNanosSpread(),
                        drawn.windowMax(),
                        drawn.catchUpMax(),
                        standard.archiving(),
                        drawn.lease(),
                        drawn.sessionsMax(),
                        drawn.sessionIdleNanos(),
                        standard.healing(),
                        standard.snapshots(),
                        standard.scrub()))
                .isEqualTo(standard);
    }
}
