package dev.scrubjay.scenario;

import dev.scrubjay.protocol.Settings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Settings of the nodes by name, as far as a scenario may change them.
public final class Tuning {
    private static final long TENTH_NANOS = 100_000_000;

    /// @param path the name of the component in the settings, or of one of them and of a component in that
    private record Knob(boolean isTime, List<String> path) {}

    private static final SequencedMap<String, Knob> KNOBS = knobs();

    private Tuning() {}

    private static SequencedMap<String, Knob> knobs() {
        var knobs = new LinkedHashMap<String, Knob>();
        knobs.put("election.after", new Knob(true, List.of("electionNanosMin")));
        knobs.put("election.spread", new Knob(true, List.of("electionNanosSpread")));
        knobs.put("archiving.slots", new Knob(false, List.of("archiving", "slots")));
        knobs.put("archiving.after", new Knob(true, List.of("archiving", "nanos")));
        knobs.put("archiving.behind", new Knob(false, List.of("archiving", "behindMax")));
        knobs.put("archiving.refused-from", new Knob(false, List.of("archiving", "refusedFrom")));
        knobs.put("healing.silent", new Knob(true, List.of("healing", "silentNanos")));
        knobs.put("snapshots.part", new Knob(false, List.of("snapshots", "partBytes")));
        knobs.put("snapshots.rate", new Knob(false, List.of("snapshots", "bytesPerSecond")));
        knobs.put("snapshots.keep", new Knob(true, List.of("snapshots", "keepNanos")));
        knobs.put("scrub.every", new Knob(true, List.of("scrub", "everyNanos")));
        knobs.put("scrub.patience", new Knob(true, List.of("scrub", "patienceNanos")));
        knobs.put("scrub.part", new Knob(false, List.of("scrub", "partBytes")));
        knobs.put("scrub.rate", new Knob(false, List.of("scrub", "bytesPerSecond")));
        return knobs;
    }

    /// Those that are not as usual.
    public static Set<String> changed(Settings settings) {
        return write(settings).keySet();
    }

    /// The settings with this one as usual.
    public static Settings reset(Settings settings, String name) {
        return with(settings, name, value(Settings.STANDARD, name));
    }

    /// The settings with this one in whole tenths of a second, if it is a time.
    public static Settings round(Settings settings, String name) {
        long round = (value(settings, name) + TENTH_NANOS / 2) / TENTH_NANOS * TENTH_NANOS;
        return knob(name).isTime() ? with(settings, name, Math.max(TENTH_NANOS, round)) : settings;
    }

    /// The settings with this one changed.
    static Settings read(Line line, Settings settings, String name, String value) {
        if (!KNOBS.containsKey(name)) {
            throw line.bad(name, "is no setting", String.join(", ", KNOBS.keySet()));
        }
        boolean isTime = knob(name).isTime();
        long number = isTime
                ? line.time(value, name)
                : Quantity.number(value)
                        .orElseThrow(() -> line.bad(name + "=" + value, "is no number", "one from 1 on"));
        if (number < 1 || (!isTime && number > Integer.MAX_VALUE)) {
            throw line.bad(
                    name + "=" + value, "is out of range", "more than nothing, and not more than " + Integer.MAX_VALUE);
        }
        return with(settings, name, number);
    }

    /// Those that are not as usual, with what they are.
    static SequencedMap<String, String> write(Settings settings) {
        var different = new LinkedHashMap<String, String>();
        KNOBS.forEach((name, knob) -> {
            long value = value(settings, name);
            if (value != value(Settings.STANDARD, name)) {
                different.put(name, knob.isTime() ? Quantity.time(value) : String.valueOf(value));
            }
        });
        return different;
    }

    // ---------------------------------------------------------------- components of records

    private static Knob knob(String name) {
        var knob = KNOBS.get(name);
        if (knob == null) {
            throw new IllegalArgumentException(name);
        }
        return knob;
    }

    private static long value(Settings settings, String name) {
        Object at = settings;
        for (var component : knob(name).path()) {
            at = get(at, component);
        }
        return ((Number) at).longValue();
    }

    private static Settings with(Settings settings, String name, long value) {
        var path = knob(name).path();
        if (path.size() == 1) {
            return with(settings, path.getFirst(), (Object) value);
        }
        var part = get(settings, path.getFirst());
        return with(settings, path.getFirst(), with((Record) part, path.getLast(), (Object) value));
    }

    private static Object get(Object record, String component) {
        try {
            return record.getClass().getMethod(component).invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component, e);
        }
    }

    /// The same record, but for one component.
    private static <R extends Record> R with(R record, String component, Object value) {
        var components = record.getClass().getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components)
                .map(each ->
                        each.getName().equals(component) ? fitting(value, each.getType()) : get(record, each.getName()))
                .toArray();
        try {
            @SuppressWarnings("unchecked")
            var same = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
            return same;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component, e);
        }
    }

    private static Object fitting(Object value, Class<?> type) {
        return type == int.class ? (Object) ((Number) value).intValue() : value;
    }
}
