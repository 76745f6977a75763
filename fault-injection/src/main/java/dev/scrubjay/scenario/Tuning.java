package dev.scrubjay.scenario;

import dev.scrubjay.protocol.Settings;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Settings of the nodes by name, as far as a scenario may change them.
public final class Tuning {
    private static final long TENTH_NANOS = 100_000_000;

    private enum Unit {
        TIME,
        COUNT
    }

    private interface Changed {
        Settings with(Settings settings, long value);
    }

    private record Knob(Unit unit, ToLongFunction<Settings> value, Changed changed) {}

    private static final SequencedMap<String, Knob> KNOBS = knobs();

    private Tuning() {}

    private static SequencedMap<String, Knob> knobs() {
        var knobs = new LinkedHashMap<String, Knob>();
        time(
                knobs,
                "election.after",
                Settings::electionNanosMin,
                (all, value) -> elections(all, value, all.electionNanosSpread()));
        time(
                knobs,
                "election.spread",
                Settings::electionNanosSpread,
                (all, value) -> elections(all, all.electionNanosMin(), value));
        count(
                knobs,
                "archiving.slots",
                all -> all.archiving().slots(),
                (all, value) -> with(
                        all,
                        old -> new Settings.Archiving(
                                (int) value, old.nanos(), old.patienceNanos(), old.behindMax(), old.refusedFrom())));
        time(
                knobs,
                "archiving.after",
                all -> all.archiving().nanos(),
                (all, value) -> with(
                        all,
                        old -> new Settings.Archiving(
                                old.slots(), value, old.patienceNanos(), old.behindMax(), old.refusedFrom())));
        count(
                knobs,
                "archiving.behind",
                all -> all.archiving().behindMax(),
                (all, value) -> with(
                        all,
                        old -> new Settings.Archiving(
                                old.slots(), old.nanos(), old.patienceNanos(), (int) value, old.refusedFrom())));
        count(
                knobs,
                "archiving.refused-from",
                all -> all.archiving().refusedFrom(),
                (all, value) -> with(
                        all,
                        old -> new Settings.Archiving(
                                old.slots(), old.nanos(), old.patienceNanos(), old.behindMax(), (int) value)));
        time(
                knobs,
                "healing.silent",
                all -> all.healing().silentNanos(),
                (all, value) -> healing(
                        all,
                        new Settings.Healing(
                                value, all.healing().probeNanos(), all.healing().hereNanos())));
        count(
                knobs,
                "snapshots.part",
                all -> all.snapshots().partBytes(),
                (all, value) -> snapshots(
                        all,
                        old -> new Settings.Snapshots(
                                (int) value, old.bytesPerSecond(), old.keepNanos(), old.patienceNanos())));
        count(
                knobs,
                "snapshots.rate",
                all -> all.snapshots().bytesPerSecond(),
                (all, value) -> snapshots(
                        all,
                        old -> new Settings.Snapshots(old.partBytes(), value, old.keepNanos(), old.patienceNanos())));
        time(
                knobs,
                "snapshots.keep",
                all -> all.snapshots().keepNanos(),
                (all, value) -> snapshots(
                        all,
                        old -> new Settings.Snapshots(
                                old.partBytes(), old.bytesPerSecond(), value, old.patienceNanos())));
        time(
                knobs,
                "scrub.every",
                all -> all.scrub().everyNanos(),
                (all, value) -> scrub(
                        all,
                        old -> new Settings.Scrub(value, old.patienceNanos(), old.partBytes(), old.bytesPerSecond())));
        time(
                knobs,
                "scrub.patience",
                all -> all.scrub().patienceNanos(),
                (all, value) -> scrub(
                        all,
                        old -> new Settings.Scrub(old.everyNanos(), value, old.partBytes(), old.bytesPerSecond())));
        count(
                knobs,
                "scrub.part",
                all -> all.scrub().partBytes(),
                (all, value) -> scrub(
                        all,
                        old -> new Settings.Scrub(
                                old.everyNanos(), old.patienceNanos(), (int) value, old.bytesPerSecond())));
        count(
                knobs,
                "scrub.rate",
                all -> all.scrub().bytesPerSecond(),
                (all, value) -> scrub(
                        all, old -> new Settings.Scrub(old.everyNanos(), old.patienceNanos(), old.partBytes(), value)));
        return knobs;
    }

    private static void time(
            SequencedMap<String, Knob> knobs, String name, ToLongFunction<Settings> value, Changed changed) {
        knobs.put(name, new Knob(Unit.TIME, value, changed));
    }

    private static void count(
            SequencedMap<String, Knob> knobs, String name, ToLongFunction<Settings> value, Changed changed) {
        knobs.put(name, new Knob(Unit.COUNT, value, changed));
    }

    private static Settings elections(Settings all, long after, long spread) {
        return all(all, after, spread, all.archiving(), all.healing(), all.snapshots(), all.scrub());
    }

    private static Settings with(Settings all, Function<Settings.Archiving, Settings.Archiving> changed) {
        return all(
                all,
                all.electionNanosMin(),
                all.electionNanosSpread(),
                changed.apply(all.archiving()),
                all.healing(),
                all.snapshots(),
                all.scrub());
    }

    private static Settings healing(Settings all, Settings.Healing healing) {
        return all(
                all,
                all.electionNanosMin(),
                all.electionNanosSpread(),
                all.archiving(),
                healing,
                all.snapshots(),
                all.scrub());
    }

    private static Settings snapshots(Settings all, Function<Settings.Snapshots, Settings.Snapshots> changed) {
        return all(
                all,
                all.electionNanosMin(),
                all.electionNanosSpread(),
                all.archiving(),
                all.healing(),
                changed.apply(all.snapshots()),
                all.scrub());
    }

    private static Settings scrub(Settings all, Function<Settings.Scrub, Settings.Scrub> changed) {
        return all(
                all,
                all.electionNanosMin(),
                all.electionNanosSpread(),
                all.archiving(),
                all.healing(),
                all.snapshots(),
                changed.apply(all.scrub()));
    }

    private static Settings all(
            Settings old,
            long electionNanosMin,
            long electionNanosSpread,
            Settings.Archiving archiving,
            Settings.Healing healing,
            Settings.Snapshots snapshots,
            Settings.Scrub scrub) {
        return new Settings(
                old.heartbeatNanos(),
                old.resendNanos(),
                electionNanosMin,
                electionNanosSpread,
                old.windowMax(),
                old.catchUpMax(),
                archiving,
                old.lease(),
                old.sessionsMax(),
                old.sessionIdleNanos(),
                healing,
                snapshots,
                scrub);
    }

    /// Those that are not as usual.
    public static Set<String> changed(Settings settings) {
        return write(settings).keySet();
    }

    /// The settings with this one as usual.
    public static Settings reset(Settings settings, String name) {
        var knob = knob(name);
        return knob.changed().with(settings, knob.value().applyAsLong(Settings.STANDARD));
    }

    /// The settings with this one in whole tenths of a second, if it is a time.
    public static Settings round(Settings settings, String name) {
        var knob = knob(name);
        long value = knob.value().applyAsLong(settings);
        long round = Math.max(TENTH_NANOS, (value + TENTH_NANOS / 2) / TENTH_NANOS * TENTH_NANOS);
        return knob.unit() == Unit.TIME ? knob.changed().with(settings, round) : settings;
    }

    private static Knob knob(String name) {
        var knob = KNOBS.get(name);
        if (knob == null) {
            throw new IllegalArgumentException(name);
        }
        return knob;
    }

    /// The settings with this one changed.
    static Settings read(Line line, Settings settings, String name, String value) {
        var knob = KNOBS.get(name);
        if (knob == null) {
            throw line.bad(name, "is no setting", String.join(", ", KNOBS.keySet()));
        }
        long number = knob.unit() == Unit.TIME
                ? line.time(value, name)
                : Quantity.number(value)
                        .orElseThrow(() -> line.bad(name + "=" + value, "is no number", "one from 1 on"));
        if (number < 1 || (knob.unit() == Unit.COUNT && number > Integer.MAX_VALUE)) {
            throw line.bad(
                    name + "=" + value, "is out of range", "more than nothing, and not more than " + Integer.MAX_VALUE);
        }
        return knob.changed().with(settings, number);
    }

    /// Those that are not as usual.
    static SequencedMap<String, String> write(Settings settings) {
        var different = new LinkedHashMap<String, String>();
        KNOBS.forEach((name, knob) -> {
            long value = knob.value().applyAsLong(settings);
            if (value != knob.value().applyAsLong(Settings.STANDARD)) {
                different.put(name, knob.unit() == Unit.TIME ? Quantity.time(value) : String.valueOf(value));
            }
        });
        return different;
    }
}
