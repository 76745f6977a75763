package dev.scrubjay.simulation;

import dev.scrubjay.protocol.Settings;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.scenario.Step;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// How large a run is, and how rough.
///
/// @param groups how many groups the nodes host
/// @param fivesPerMille of a thousand seeds, how many have five voters; the others have three
/// @param busyNanos how long clients work and faults come
/// @param mix which faults come
/// @param faultEveryNanos how much time lies on average between two faults; none come if it is longer than
/// the run
/// @param healNanos how long the groups have, after the last fault, to answer again
/// @param losses whether a power-off loses anything that was written, or is a kill and no more
/// @param versions whether in some runs nodes are upgraded, and may go back
public record Plan(
        int groups,
        int fivesPerMille,
        Workload workload,
        long busyNanos,
        Mix mix,
        long faultEveryNanos,
        long healNanos,
        boolean losses,
        boolean versions) {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /// One gap in so many thousand is this many times as long, so that a leader gets to lead in peace.
    private static final int GENTLE_PER_MILLE = 120;

    private static final int GENTLE_TIMES = 4;

    /// A piece of the log that does not fill in a run.
    private static final int MANY_SLOTS = 1_000;

    /// Twenty seconds of faults over two groups, dense: most mistakes show in few of these.
    public static final Plan QUICK = new Plan(
            2,
            250,
            new Workload(8, 6, 60 * MILLI, 150 * MILLI, 2 * SECOND),
            20 * SECOND,
            Mix.WITHIN,
            900 * MILLI,
            20 * SECOND,
            true,
            false);

    /// A minute of the same and more: what a campaign runs. There is time for what takes long to come about,
    /// and for what takes long to be noticed.
    public static final Plan CAMPAIGN = new Plan(
            2,
            250,
            new Workload(8, 6, 110 * MILLI, 150 * MILLI, 2 * SECOND),
            60 * SECOND,
            Mix.WITHIN,
            1_500 * MILLI,
            20 * SECOND,
            true,
            true);

    /// A few seconds and one group: what TLC can judge in a moment.
    public static final Plan TRACE = new Plan(
            1,
            250,
            new Workload(3, 3, 120 * MILLI, 150 * MILLI, 2 * SECOND),
            6 * SECOND,
            Mix.BRIEF,
            600 * MILLI,
            20 * SECOND,
            true,
            false);

    /// A thousand operations, and nothing goes wrong but what links lose and repeat on any day.
    public static final Plan CALM = new Plan(
            2,
            0,
            new Workload(12, 6, 30 * MILLI, 150 * MILLI, 2 * SECOND),
            6 * SECOND,
            Mix.WITHIN,
            Long.MAX_VALUE,
            20 * SECOND,
            true,
            false);

    /// Links that are broken or slow, one at a time, in a group that has a leader: no reason for another one.
    public static final Plan GRAY = QUICK.with(Mix.GRAY, 500 * MILLI);

    /// Leaders leave one after another while links are broken or slow: leases change hands on a bad day.
    public static final Plan ROLLING = QUICK.with(Mix.ROLLING, 600 * MILLI);

    /// Every node is replaced in its turn, under load.
    public static final Plan REPLACING = new Plan(
            QUICK.groups, 0, QUICK.workload, 45 * SECOND, Mix.REPLACING, 3 * SECOND, QUICK.healNanos, true, false);

    /// The same as the quick one, but that nothing is lost with the power: all that killing processes can
    /// show.
    public static final Plan KILLS = new Plan(
            QUICK.groups,
            QUICK.fivesPerMille,
            QUICK.workload,
            QUICK.busyNanos,
            QUICK.mix,
            QUICK.faultEveryNanos,
            QUICK.healNanos,
            false,
            false);

    /// More than any group survives: clocks that break what the protocol counts on.
    public static final Plan OUTSIDE = QUICK.with(Mix.OUTSIDE, 800 * MILLI);

    /// More than any group survives: disks that say they made safe what they did not.
    public static final Plan LYING = QUICK.with(Mix.LYING, 900 * MILLI);

    /// Three nodes, and all that a group has to survive, for a few seconds.
    public Plan(int groups, Workload workload, long busyNanos, long faultEveryNanos, long healNanos) {
        this(groups, 0, workload, busyNanos, Mix.BRIEF, faultEveryNanos, healNanos, true, false);
    }

    private Plan with(Mix mix, long faultEveryNanos) {
        return new Plan(groups, fivesPerMille, workload, busyNanos, mix, faultEveryNanos, healNanos, losses, versions);
    }

    /// What a campaign counts for each kind of fault that can come.
    SortedSet<String> words() {
        var words = new TreeSet<>(mix.words());
        if (versions) {
            words.addAll(List.of("fault upgrade", "fault downgrade"));
        }
        return words;
    }

    /// The kinds of faults that can come, whatever they wait for.
    SortedSet<String> faults() {
        var faults = new TreeSet<String>();
        for (var word : words()) {
            var fault = word.substring("fault ".length());
            if (!Step.waits(fault)) {
                faults.add(fault);
            }
        }
        return faults;
    }

    /// Whether runs may bring more faults than they draw: not where it matters that no two come together.
    public boolean mayAim() {
        return hasFaults()
                && switch (mix) {
                    case WITHIN, BRIEF, OUTSIDE, LYING -> true;
                    case GRAY, ROLLING, REPLACING -> false;
                };
    }

    boolean hasFaults() {
        return faultEveryNanos <= busyNanos;
    }

    /// Three voters have two spares that could take their place, one of which keeps the log alone; five have
    /// one of those.
    List<Place> nodes(Randomness randomness) {
        var layout = randomness.perMille(fivesPerMille)
                ? Layout.of(List.of("a", "b", "c", "d", "e"), Map.of("f", ReplicaKind.LOG))
                : Layout.of(List.of("a", "b", "c"), Map.of("d", ReplicaKind.LOG, "e", ReplicaKind.STORAGE));
        return layout.places();
    }

    /// How soon nodes stand that hear of no leader is drawn once for all of them. Where that is as long as a
    /// grant is minded, nobody stands while a lease may still be minded, and a mistake about leases hides.
    ///
    /// So is in which pieces they archive. Where those are small, logs are short and replicas that come back
    /// need the archive; where they are large, there is much that can rot. And so are how soon a voter
    /// that is silent is taken for lost, and in what parts and how fast snapshots travel.
    static Settings settings(Randomness randomness) {
        var standard = Settings.STANDARD;
        var archiving = archiving(randomness.split());
        return new Settings(
                standard.heartbeatNanos(),
                standard.resendNanos(),
                between(60 * MILLI, 300 * MILLI, randomness),
                between(40 * MILLI, 200 * MILLI, randomness),
                standard.windowMax(),
                standard.catchUpMax(),
                archiving,
                standard.lease(),
                standard.sessionsMax(),
                standard.sessionIdleNanos(),
                new Settings.Healing(
                        between(200 * MILLI, 1_200 * MILLI, randomness),
                        standard.healing().probeNanos(),
                        standard.healing().hereNanos()),
                new Settings.Snapshots(
                        (int) between(1, 60, randomness),
                        between(500, 8_000, randomness),
                        SECOND,
                        standard.snapshots().patienceNanos()),
                scrub(archiving, randomness));
    }

    /// How far the archive may be behind is more than one piece, and less than what a busy run writes.
    private static Settings.Archiving archiving(Randomness randomness) {
        long patience = Settings.STANDARD.archiving().patienceNanos();
        if (randomness.perMille(500)) {
            int slots = (int) between(4, 64, randomness);
            int behind = slots + (int) between(20, 60, randomness);
            return new Settings.Archiving(
                    slots,
                    between(200 * MILLI, 2 * SECOND, randomness),
                    patience,
                    behind,
                    behind + (int) between(5, 40, randomness));
        }
        return new Settings.Archiving(MANY_SLOTS, 20 * SECOND, patience, 2_000, 4_000);
    }

    /// A mark makes the leader archive all that is before it. Where much is to stay in the logs, marks are
    /// few.
    private static Settings.Scrub scrub(Settings.Archiving archiving, Randomness randomness) {
        return new Settings.Scrub(
                archiving.slots() == MANY_SLOTS ? 6 * SECOND : between(800 * MILLI, 3 * SECOND, randomness),
                3 * SECOND,
                (int) between(20, 300, randomness),
                between(4_000, 100_000, randomness));
    }

    private static long between(long least, long most, Randomness randomness) {
        return least + randomness.below(most - least + 1);
    }

    /// How long until the next fault.
    long gapNanos(Randomness randomness) {
        long gap = 1 + randomness.below(2 * faultEveryNanos);
        return randomness.perMille(GENTLE_PER_MILLE) ? gap + GENTLE_TIMES * faultEveryNanos : gap;
    }
}
