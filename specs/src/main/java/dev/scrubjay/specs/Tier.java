package dev.scrubjay.specs;

import java.util.Locale;

/// How long a model may take: a minute with all others of its tier, two minutes alone, or a night.
public enum Tier {
    SMOKE,
    QUICK,
    DEEP;

    /// As the manifest and the command line spell it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
