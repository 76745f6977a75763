package dev.scrubjay.protocol;

/// How alarms begin that mean that something is wrong which nobody did to the group.
public final class Alarms {
    public static final String ARCHIVE_DIFFERS = "the archive has another entry in slot ";

    public static final String SNAPSHOT_REFUSED = "a snapshot came that is not what was written";

    private Alarms() {}
}
