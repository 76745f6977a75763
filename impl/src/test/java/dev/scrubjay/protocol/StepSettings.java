package dev.scrubjay.protocol;

/// The settings of stories, but for one of them.
final class StepSettings {
    private static final Settings.Scrub NO_SCRUB =
            new Settings.Scrub(1_000_000_000_000L, 1_000, 40, 1_000_000_000_000L);

    static final Settings USUAL = new Settings(
            10,
            10,
            100,
            1,
            4,
            3,
            new Settings.Archiving(2, 100_000, 10, 1_000, 2_000),
            new Settings.Lease(Steps.LEASE, Steps.LEASE, 0),
            3,
            2_000,
            new Settings.Healing(100_000, 100_000, 100_000),
            new Settings.Snapshots(40, 1_000_000_000_000L, 1_000, 30),
            NO_SCRUB);

    private StepSettings() {}

    static Settings with(Settings.Lease lease) {
        return with(USUAL.archiving(), lease, USUAL.sessionIdleNanos());
    }

    static Settings with(Settings.Archiving archiving) {
        return with(archiving, USUAL.lease(), USUAL.sessionIdleNanos());
    }

    static Settings with(Settings.Healing healing) {
        return with(
                USUAL.archiving(), USUAL.lease(), USUAL.sessionIdleNanos(), healing, USUAL.snapshots(), USUAL.scrub());
    }

    static Settings with(Settings.Snapshots snapshots) {
        return with(
                USUAL.archiving(), USUAL.lease(), USUAL.sessionIdleNanos(), USUAL.healing(), snapshots, USUAL.scrub());
    }

    static Settings with(Settings.Scrub scrub) {
        return with(
                USUAL.archiving(), USUAL.lease(), USUAL.sessionIdleNanos(), USUAL.healing(), USUAL.snapshots(), scrub);
    }

    static Settings withIdleSessions(long nanos) {
        return with(USUAL.archiving(), USUAL.lease(), nanos);
    }

    private static Settings with(Settings.Archiving archiving, Settings.Lease lease, long sessionIdleNanos) {
        return with(archiving, lease, sessionIdleNanos, USUAL.healing(), USUAL.snapshots(), USUAL.scrub());
    }

    private static Settings with(
            Settings.Archiving archiving,
            Settings.Lease lease,
            long sessionIdleNanos,
            Settings.Healing healing,
            Settings.Snapshots snapshots,
            Settings.Scrub scrub) {
        return new Settings(
                USUAL.heartbeatNanos(),
                USUAL.resendNanos(),
                USUAL.electionNanosMin(),
                USUAL.electionNanosSpread(),
                USUAL.windowMax(),
                USUAL.catchUpMax(),
                archiving,
                lease,
                USUAL.sessionsMax(),
                sessionIdleNanos,
                healing,
                snapshots,
                scrub);
    }
}
