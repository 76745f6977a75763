package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.ballot;
import static dev.scrubjay.protocol.Steps.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.protocol.Settings.Lease;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// The arithmetic of leases, for all numbers that there may be.
final class LeaseLawsTest {
    /// True time is counted finer than clocks show it, in so many parts. A clock shows whole numbers, and
    /// where between two of them it is nobody knows.
    private static final long FINE = 1_000;

    /// A clock that runs at so many thousandths of true time.
    record Clock(long ahead, int perMille) {
        long shows(long fine) {
            return (ahead + fine * perMille) / (FINE * 1_000);
        }

        /// The first moment at which it shows so much.
        long firstThatShows(long reading) {
            return Math.ceilDiv(reading * FINE * 1_000 - ahead, (long) perMille);
        }
    }

    /// How a clock may be, when the drift is known: a fraction ahead, and by so much from the rate at which
    /// it does most harm.
    record Draft(long ahead, int better) {
        Clock slow(int drift) {
            return new Clock(ahead, 1_000 - drift + better % (2 * drift + 1));
        }

        Clock fast(int drift) {
            return new Clock(ahead, 1_000 + drift - better % (2 * drift + 1));
        }
    }

    /// As `LeaseClock` says, for one grant, at its worst: the grantor takes the ask as soon as it is sent. In
    /// the first moment in which it minds nothing any more, the holder counts nothing any more.
    ///
    /// Spec test: LeaseClock!HolderEndsFirstInv
    @Property(tries = 5_000)
    void theHolderEndsBeforeTheGrantor(
            @ForAll @IntRange(min = 0, max = 200) int drift,
            @ForAll @LongRange(min = 1, max = 400) long minds,
            @ForAll("drafts") Draft one,
            @ForAll("drafts") Draft other,
            @ForAll @LongRange(min = 0, max = 3 * FINE) long asked) {
        var holder = one.slow(drift);
        var grantor = other.fast(drift);
        long countsUntil = holder.shows(asked) + new Lease(minds, minds, drift).holdNanos(minds);

        long over = grantor.firstThatShows(grantor.shows(asked) + minds);

        assertThat(holder.shows(over)).isGreaterThanOrEqualTo(countsUntil);
    }

    /// A lease that is far shorter than it might be is one that is renewed for nothing.
    @Property
    void aHolderCountsNearlyAsLongAsTheClocksAllow(
            @ForAll @IntRange(min = 0, max = 200) int drift,
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long minds) {
        long counts = new Lease(minds, minds, drift).holdNanos(minds);

        assertThat((counts + 2) * (1_000 + drift)).isGreaterThan(minds * (1_000 - drift));
        assertThat(counts).isNotNegative();
    }

    record Counted(int replica, long until) {}

    /// Time takes grants and brings none: what is counted at some time was counted before, since the last one
    /// came. And what came last is never shorter than what came before.
    @Property
    void withoutNewGrantsFewerAndFewerAreCounted(@ForAll("counted") List<Counted> counted) {
        var leadership = new Leadership(ballot(0, "a"));
        for (var grant : counted) {
            int before = leadership.grants(25).size();
            leadership.count(replica("r" + grant.replica()), grant.until());
            assertThat(leadership.grants(25)).hasSizeGreaterThanOrEqualTo(before);
        }

        for (long time = 0; time <= 50; time++) {
            long now = time;
            long expected = LongStream.rangeClosed(1, 5)
                    .filter(replica ->
                            counted.stream().anyMatch(grant -> grant.replica() == replica && now < grant.until()))
                    .count();
            assertThat(leadership.grants(now)).as("at %d", now).hasSize((int) expected);
            assertThat(leadership.grants(now)).containsAll(leadership.grants(now + 1));
        }
    }

    @Provide
    Arbitrary<Draft> drafts() {
        var ahead = Arbitraries.longs().between(0, 3 * FINE * 1_000);
        var better =
                Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 400));
        return Combinators.combine(ahead, better).as(Draft::new);
    }

    @Provide
    Arbitrary<List<Counted>> counted() {
        var replicas = Arbitraries.integers().between(1, 5);
        var times = Arbitraries.longs().between(0, 50);
        return Combinators.combine(replicas, times).as(Counted::new).list().ofMaxSize(20);
    }
}
