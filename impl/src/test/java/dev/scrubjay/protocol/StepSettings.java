package dev.scrubjay.protocol;

/// The settings of stories, but for one of them.
final class StepSettings {
    private static final Settings USUAL = Steps.SETTINGS;

    private StepSettings() {}

    static Settings with(Settings.Lease lease) {
        return with(USUAL.archiving(), lease, USUAL.sessionIdleNanos());
    }

    static Settings with(Settings.Archiving archiving) {
        return with(archiving, USUAL.lease(), USUAL.sessionIdleNanos());
    }

    static Settings withIdleSessions(long nanos) {
        return with(USUAL.archiving(), USUAL.lease(), nanos);
    }

    private static Settings with(Settings.Archiving archiving, Settings.Lease lease, long sessionIdleNanos) {
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
                sessionIdleNanos);
    }
}
