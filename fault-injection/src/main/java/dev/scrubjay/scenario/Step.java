package dev.scrubjay.scenario;

import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.world.World.Moment;
import java.util.stream.Stream;

/// Something that goes wrong, and when.
///
/// @param lastsNanos how long it goes on; a fault that nothing mends does what it does at once
/// @param isOptional whether a world that cannot bring it leaves it out
public record Step(Trigger trigger, Fault fault, long lastsNanos, boolean isOptional) {
    /// What it waits for.
    public sealed interface Trigger {
        /// So much time has passed.
        record At(long nanos) implements Trigger {}

        /// So much time has passed, and then something is under way at a node.
        record While(long nanos, Moment moment, Who where) implements Trigger {}

        /// An action of the specification has happened so often, wherever.
        record When(String action, int times) implements Trigger {}
    }

    /// What it is, in counts and reports.
    public String word() {
        return fault.word()
                + switch (trigger) {
                    case Trigger.At _, Trigger.When _ -> "";
                    case Trigger.While(var _, var moment, var _) -> words(moment);
                };
    }

    private static String words(Moment moment) {
        return switch (moment) {
            case AT_ONCE -> "";
            case AT_A_REQUEST -> " at a request";
            case DURING_A_SYNC -> " during a sync";
            case WHILE_VOTERS_CHANGE -> " while voters change";
            case WHILE_A_SNAPSHOT_TRAVELS -> " while a snapshot travels";
        };
    }

    /// Whether this is what a step is called that waits for a moment.
    public static boolean waits(String word) {
        return Stream.of(Moment.values()).map(Step::words).anyMatch(words -> !words.isEmpty() && word.endsWith(words));
    }
}
