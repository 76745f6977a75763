package dev.scrubjay.checker;

import dev.scrubjay.object.Family;
import dev.scrubjay.object.ValueOrder;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All engines, and which one decides what.
final class Engines {
    /// An engine, and why it is this one: a few words that follow its name.
    record Choice(Engine engine, String reason) {}

    private static final Engine COMPETITION = new Search("search", Search.Way.COMPETITION);
    private static final List<Engine> SEARCHES =
            List.of(COMPETITION, new Search("depth", Search.Way.DEPTH), new Search("breadth", Search.Way.BREADTH));

    /// The engines that need no search, by the family that they are for.
    private static final Map<Family, Engine> QUICK = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            Family.CELL, new Zones(),
            Family.SET, new SetEngine(),
            Family.QUEUE, new QueueEngine(),
            Family.STACK, new StackEngine(),
            Family.PRIORITY_QUEUE, new PriorityQueueEngine(ValueOrder.INSTANCE),
            Family.LOG, new LogEngine())));

    private Engines() {}

    /// What users can name and always have. Knossos, which they may have, is none of these.
    static List<String> names() {
        return all().map(Engine::name).toList();
    }

    /// @throws IllegalArgumentException with one line for the user, where there is none
    static Engine named(String name) {
        if (name.equals(Knossos.NAME)) {
            return Knossos.find(COMPETITION);
        }
        return all().filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no engine '" + name + "'; there are: "
                        + String.join(", ", names()) + ", and " + Knossos.NAME + " where it is on the class path"));
    }

    private static Stream<Engine> all() {
        return Stream.concat(
                Stream.of(Family.values()).flatMap(family -> Stream.ofNullable(QUICK.get(family))), SEARCHES.stream());
    }

    /// The engine for a part: the quick one of its family where it takes the part, else search.
    static Choice choose(Part<?> part) {
        var quick = QUICK.get(part.object().family());
        if (quick == null) {
            return new Choice(
                    COMPETITION,
                    "because no quick engine knows " + part.object().name());
        }
        var what = part.object().family() == Family.CELL ? "written" : "inserted";
        return quick.declines(part)
                .map(declined -> new Choice(COMPETITION, "because " + declined))
                .orElseGet(() -> new Choice(quick, "because each value is " + what + " once at most"));
    }
}
