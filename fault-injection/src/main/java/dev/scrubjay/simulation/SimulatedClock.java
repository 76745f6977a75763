package dev.scrubjay.simulation;

import dev.scrubjay.port.Clock;
import dev.scrubjay.world.Ongoing;

/// A node's own clock, from one power-on to the next: it began somewhere, and goes a little faster or slower
/// than true time, now more and now less. It never goes back.
///
/// Nobody's clock is right, so what a protocol promises about time has to hold for all of them.
final class SimulatedClock implements Clock {
    private static final long OFFSET_NANOS_SPREAD = 1_000_000_000_000L;
    private static final long REDRAW_NANOS_MIN = 500_000_000;
    private static final long REDRAW_NANOS_SPREAD = 4_000_000_000L;
    private static final long MILLION = 1_000_000;

    private final Timeline timeline;
    private final Randomness randomness;
    private final long boundPerMillion;
    private final Layers<Long> drifts = new Layers<>();

    /// The true time at which the rate last changed, when the clock showed `shown`, had it never jumped back.
    private long since;

    private long shown;
    private long ratePerMillion;
    private long redrawAt;

    /// What it showed last before it jumped back: it stands still there.
    private long least;

    /// @param driftPerMille how much faster or slower than true time it goes at most
    SimulatedClock(Timeline timeline, Randomness randomness, int driftPerMille) {
        this.timeline = timeline;
        this.randomness = randomness;
        this.boundPerMillion = driftPerMille * 1_000L;
        this.since = timeline.now();
        this.redrawAt = timeline.now();
        this.shown = randomness.below(OFFSET_NANOS_SPREAD);
    }

    @Override
    public long now() {
        redraw();
        return Math.max(least, at(timeline.now()));
    }

    /// What it shows at a true time at which the rate is still this one. Reckoned from where the rate last
    /// changed, so that it makes no difference how often somebody looks.
    private long at(long time) {
        return shown + (time - since) * drifts.over(ratePerMillion) / MILLION;
    }

    private void goOnFrom(long time) {
        shown = at(time);
        since = time;
    }

    private void redraw() {
        while (redrawAt <= timeline.now()) {
            goOnFrom(redrawAt);
            ratePerMillion = MILLION - boundPerMillion + randomness.below(2 * boundPerMillion + 1);
            redrawAt += REDRAW_NANOS_MIN + randomness.below(REDRAW_NANOS_SPREAD);
        }
    }

    /// Its rate is this for a while, whatever the bound.
    Ongoing drift(int perMille) {
        redraw();
        goOnFrom(timeline.now());
        var laid = drifts.lay(perMille * 1_000L);
        return () -> {
            redraw();
            goOnFrom(timeline.now());
            laid.end();
        };
    }

    /// One that jumps back stands still until it is where it was: a clock never goes back.
    void jump(long nanos) {
        least = now();
        shown += nanos;
    }
}
