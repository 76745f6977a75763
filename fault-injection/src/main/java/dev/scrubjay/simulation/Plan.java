package dev.scrubjay.simulation;

import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.World;
import java.util.List;

/// How large a run is, and how rough.
///
/// @param groups how many groups the three nodes host
/// @param busyNanos how long clients work and faults come
/// @param faultEveryNanos how much time lies on average between two faults; none come if it is longer than
/// the run
/// @param healNanos how long the groups have, after the last fault, to answer again
public record Plan(int groups, Workload workload, long busyNanos, long faultEveryNanos, long healNanos) {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /// Twenty seconds of faults over two groups: what a campaign runs.
    public static final Plan CAMPAIGN =
            new Plan(2, new Workload(8, 6, 60 * MILLI, 500 * MILLI), 20 * SECOND, 2_000 * MILLI, 20 * SECOND);

    /// A few seconds and one group: what TLC can judge in a moment.
    public static final Plan TRACE =
            new Plan(1, new Workload(3, 3, 120 * MILLI, SECOND), 6 * SECOND, 900 * MILLI, 20 * SECOND);

    /// A thousand operations, and nothing goes wrong but what links lose and repeat on any day.
    public static final Plan CALM =
            new Plan(2, new Workload(12, 6, 30 * MILLI, 500 * MILLI), 6 * SECOND, Long.MAX_VALUE, 20 * SECOND);

    /// A fault and how long it lasts.
    record Drawn(Fault fault, long nanos) {}

    Drawn draw(Randomness randomness) {
        var target = randomness.oneOf(List.of(Fault.Target.values()));
        var fault = switch ((int) randomness.below(8)) {
            case 0, 1, 2, 3 -> new Fault.PowerOff(target);
            case 4, 5 -> new Fault.Partition(target == Fault.Target.OTHER ? target : Fault.Target.LEADER);
            default -> new Fault.Storm(new World.Weather(150, 150, 200_000, 60 * MILLI));
        };
        return new Drawn(fault, 50 * MILLI + randomness.below(800 * MILLI));
    }
}
