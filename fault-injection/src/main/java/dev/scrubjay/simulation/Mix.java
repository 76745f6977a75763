package dev.scrubjay.simulation;

import dev.scrubjay.nemesis.Cast;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Shape;
import dev.scrubjay.world.World;
import dev.scrubjay.world.World.Moment;
import dev.scrubjay.world.World.Weather;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which faults come, drawn one by one.
public enum Mix {
    /// All that a group has to survive.
    WITHIN {
        @Override
        Drawn draw(Randomness randomness, int nodes, boolean rots) {
            return within(randomness, nodes, rots);
        }
    },
    /// The same, and more often nodes that leave and states that rot: for runs of a few seconds, in which
    /// leaders are to hand over too, and snapshots to be taken.
    BRIEF {
        @Override
        Drawn draw(Randomness randomness, int nodes, boolean rots) {
            if (randomness.perMille(300)) {
                return left(randomness, new Cast(true, 0));
            }
            if (randomness.perMille(150)) {
                return whileVotersChange(randomness, cast(randomness, nodes), rots);
            }
            if (randomness.perMille(60)) {
                return troubledArchive(randomness);
            }
            if (rots && randomness.perMille(100)) {
                return decayed(randomness, cast(randomness, nodes));
            }
            if (randomness.perMille(150)) {
                return soon(randomness, new Fault.StateRot(new Cast(false, (int) randomness.below(nodes - 1L))));
            }
            return randomness.perMille(120)
                    ? damaged(randomness, cast(randomness, nodes), rots)
                    : within(randomness, nodes, rots);
        }
    },
    /// All that a group has to survive, and clocks that keep no promise.
    OUTSIDE {
        @Override
        Drawn draw(Randomness randomness, int nodes, boolean rots) {
            return randomness.perMille(500) ? clock(randomness, nodes) : within(randomness, nodes, rots);
        }
    },
    /// All that a group has to survive, and disks that say they made safe what they did not.
    LYING {
        @Override
        Drawn draw(Randomness randomness, int nodes, boolean rots) {
            var cast = cast(randomness, nodes);
            return switch ((int) randomness.below(4)) {
                case 0 -> soon(randomness, new Fault.DroppedSyncs(cast));
                case 1 -> poweredOff(randomness, cast, Moment.AT_ONCE);
                default -> within(randomness, nodes, rots);
            };
        }
    },
    /// One link at a time that is broken or slow: nothing that a leader does not survive.
    GRAY {
        @Override
        Drawn draw(Randomness randomness, int nodes, boolean rots) {
            return gray(randomness, cast(randomness, nodes));
        }

        @Override
        boolean oneAtATime() {
            return true;
        }
    },
    /// Leaders that leave, one after another, while links around them are broken or slow: an upgrade on a bad
    /// day.
    ROLLING {
        @Override
        Drawn draw(Randomness randomness, int nodes, boolean rots) {
            var leader = new Cast(true, (int) randomness.below(nodes - 1L));
            return randomness.perMille(500) ? left(randomness, leader) : gray(randomness, leader);
        }
    },
    /// One node after another loses its disk for good, and another comes in its place, until all are others.
    REPLACING {
        @Override
        Drawn draw(Randomness randomness, int nodes, boolean rots) {
            return new Drawn(new Fault.LostNode(), 500 * MILLI + randomness.below(2_000 * MILLI));
        }

        @Override
        boolean oneAtATime() {
            return true;
        }
    };

    private static final long MILLI = 1_000_000;
    private static final Weather STORM = new Weather(150, 150, 200_000, 60 * MILLI);
    private static final Weather SLOW = new Weather(2, 2, 20 * MILLI, 280 * MILLI);

    /// A fault and how long it lasts.
    ///
    /// @param moment what it waits for
    /// @param where the first of these is the node for which the moment has to come
    record Drawn(Fault fault, long nanos, Moment moment, Cast where) {
        /// One that waits for nothing, nowhere.
        Drawn(Fault fault, long nanos) {
            this(fault, nanos, Moment.AT_ONCE, new Cast(true, 0));
        }

        String word() {
            return switch (moment) {
                case AT_ONCE -> fault.word();
                case AT_A_REQUEST -> fault.word() + " at a request";
                case DURING_A_SYNC -> fault.word() + " during a sync";
                case WHILE_VOTERS_CHANGE -> fault.word() + " while voters change";
                case WHILE_A_SNAPSHOT_TRAVELS -> fault.word() + " while a snapshot travels";
            };
        }
    }

    /// @param rots whether what disks hold may rot in this run; else it may be lost as a whole. Both are more
    /// than a group survives
    abstract Drawn draw(Randomness randomness, int nodes, boolean rots);

    /// What a campaign counts for each kind of fault that can come.
    SortedSet<String> words() {
        if (this == REPLACING) {
            return new TreeSet<>(List.of("fault lost node"));
        }
        var words = new TreeSet<>(List.of("fault broken link", "fault one-way link", "fault slow link"));
        if (this == ROLLING) {
            words.add("fault leave");
        } else if (this != GRAY) {
            for (var trouble : World.Trouble.values()) {
                words.add("fault archive " + trouble.word());
            }
            words.addAll(List.of(
                    "fault bit rot",
                    "fault bridge",
                    "fault deaf node",
                    "fault decay",
                    "fault decay of two copies",
                    "fault failing sync",
                    "fault full disk",
                    "fault isolation",
                    "fault leave",
                    "fault lost replies",
                    "fault mute node",
                    "fault pause",
                    "fault pause at a request",
                    "fault pause while voters change",
                    "fault power-off while voters change",
                    "fault isolation while voters change",
                    "fault split while voters change",
                    "fault wiped disk while voters change",
                    "fault power-off",
                    "fault power-off during a sync",
                    "fault power-off while a snapshot travels",
                    "fault read errors",
                    "fault ring",
                    "fault slow disk",
                    "fault slow node",
                    "fault split",
                    "fault state rot",
                    "fault storm",
                    "fault stuck disk",
                    "fault wiped disk",
                    "fault wrong apply"));
        }
        if (this == OUTSIDE) {
            words.addAll(List.of("fault clock drift", "fault clock jump"));
        }
        if (this == LYING) {
            words.add("fault dropped syncs");
        }
        return words;
    }

    /// Whether one is over before the next begins.
    boolean oneAtATime() {
        return false;
    }

    private static Drawn gray(Randomness randomness, Cast cast) {
        var fault = switch ((int) randomness.below(3)) {
            case 0 -> new Fault.Cut(Shape.LINK, cast);
            case 1 -> new Fault.Cut(Shape.ONE_WAY, cast);
            default -> new Fault.Slow(false, cast, SLOW);
        };
        return new Drawn(fault, 500 * MILLI + randomness.below(2_000 * MILLI));
    }

    private static Drawn within(Randomness randomness, int nodes, boolean rots) {
        var cast = cast(randomness, nodes);
        var leader = new Cast(true, cast.turn());
        return switch ((int) randomness.below(40)) {
            case 0, 1, 2 -> poweredOff(randomness, cast, Moment.AT_ONCE);
            case 3, 4, 5 -> poweredOff(randomness, cast, Moment.DURING_A_SYNC);
            case 6, 7 -> paused(randomness, cast, Moment.AT_ONCE);
            case 8 -> paused(randomness, leader, Moment.AT_A_REQUEST);
            case 9 -> soon(randomness, new Fault.Cut(Shape.ISOLATION, cast));
            case 10 -> soon(randomness, new Fault.Cut(Shape.SPLIT, cast));
            case 11 -> soon(randomness, new Fault.Cut(Shape.MUTE, cast));
            case 12 -> soon(randomness, new Fault.Cut(Shape.DEAF, cast));
            case 13 ->
                soon(
                        randomness,
                        new Fault.Cut(randomness.oneOf(List.of(Shape.LINK, Shape.ONE_WAY, Shape.BRIDGE)), cast));
            case 14 -> soon(randomness, new Fault.Cut(randomness.perMille(300) ? Shape.RING : Shape.ONE_WAY, cast));
            case 15 -> soon(randomness, new Fault.Slow(randomness.perMille(500), cast, SLOW));
            case 16 -> soon(randomness, new Fault.Storm(STORM));
            case 17, 18 -> left(randomness, leader);
            case 19 -> soon(randomness, new Fault.FailingSync(cast));
            case 20 -> soon(randomness, new Fault.SlowDisk(cast, 20 + (int) randomness.below(80)));
            case 21 -> soon(randomness, new Fault.StuckDisk(cast));
            case 22 -> new Drawn(new Fault.FullDisk(cast), 500 * MILLI + randomness.below(2_000 * MILLI));
            case 23, 24 -> damaged(randomness, cast, rots);
            case 25 -> soon(randomness, new Fault.ReadErrors(cast));
            case 26 -> soon(randomness, new Fault.StateRot(cast));
            case 27 -> away(randomness, cast);
            case 28, 29 -> whileVotersChange(randomness, cast, rots);
            case 30, 31, 32, 33 -> whileASnapshotTravels(randomness, new Cast(false, cast.turn()));
            case 34, 35, 36 -> troubledArchive(randomness);
            case 37, 38 -> rots ? decayed(randomness, cast) : troubledArchive(randomness);
            default -> soon(randomness, new Fault.LostReplies(leader));
        };
    }

    private static Drawn troubledArchive(Randomness randomness) {
        var trouble = new Fault.ArchiveTrouble(randomness.oneOf(List.of(World.Trouble.values())));
        return new Drawn(trouble, 200 * MILLI + randomness.below(4_000 * MILLI));
    }

    private static Drawn decayed(Randomness randomness, Cast cast) {
        return soon(randomness, new Fault.Decay(cast, randomness.oneOf(List.of(Fault.Decay.Kind.values()))));
    }

    /// Longer than anybody waits for a voter.
    private static Drawn away(Randomness randomness, Cast cast) {
        var fault = randomness.perMille(500)
                ? new Fault.Cut(Shape.ISOLATION, cast)
                : new Fault.PowerOff(cast, Fault.Reach.ONE);
        return new Drawn(fault, 1_500 * MILLI + randomness.below(3_500 * MILLI));
    }

    /// What becomes of a disk in this run.
    private static Drawn damaged(Randomness randomness, Cast cast, boolean rots) {
        return rots
                ? soon(randomness, new Fault.BitRot(cast, randomness.oneOf(List.of(World.Rot.values()))))
                : lost(randomness, cast);
    }

    /// A disk that is gone for good, and the node that comes in its place.
    private static Drawn lost(Randomness randomness, Cast cast) {
        return new Drawn(new Fault.WipedDisk(cast), 200 * MILLI + randomness.below(4_000 * MILLI));
    }

    /// The leader goes, or those are torn apart that vote and that are about to.
    private static Drawn whileVotersChange(Randomness randomness, Cast cast, boolean rots) {
        var fault = switch ((int) randomness.below(8)) {
            case 0 -> new Fault.PowerOff(cast, randomness.oneOf(List.of(Fault.Reach.values())));
            case 1 -> new Fault.Pause(cast);
            case 2 -> new Fault.Cut(Shape.ISOLATION, cast);
            case 3 -> new Fault.Cut(Shape.SPLIT, cast);
            default -> rots ? new Fault.PowerOff(cast, Fault.Reach.ONE) : new Fault.WipedDisk(cast);
        };
        return new Drawn(
                fault, 100 * MILLI + randomness.below(1_900 * MILLI), Moment.WHILE_VOTERS_CHANGE, new Cast(true, 0));
    }

    /// Who gives it goes, or who takes it.
    private static Drawn whileASnapshotTravels(Randomness randomness, Cast cast) {
        return new Drawn(
                new Fault.PowerOff(cast, Fault.Reach.ONE),
                50 * MILLI + randomness.below(1_500 * MILLI),
                Moment.WHILE_A_SNAPSHOT_TRAVELS,
                cast);
    }

    /// A clock that is wrong, for so long that other faults find it so; or a leader that only clients reach
    /// while others elect another one, which does harm when its clock is wrong too.
    private static Drawn clock(Randomness randomness, int nodes) {
        var cast = cast(randomness, nodes);
        var fault = switch ((int) randomness.below(5)) {
            case 0 -> new Fault.ClockDrift(cast, 100);
            case 1 -> new Fault.ClockDrift(cast, 5_000);
            case 2 -> new Fault.ClockJump(cast, 1_000 * MILLI);
            case 3 -> new Fault.Cut(Shape.ISOLATION, new Cast(true, cast.turn()));
            default -> new Fault.ClockJump(cast, -1_000 * MILLI);
        };
        return new Drawn(fault, 1_000 * MILLI + randomness.below(4_000 * MILLI));
    }

    private static Cast cast(Randomness randomness, int nodes) {
        return new Cast(randomness.perMille(600), (int) randomness.below(nodes - 1L));
    }

    private static Drawn soon(Randomness randomness, Fault fault) {
        return new Drawn(fault, soonNanos(randomness));
    }

    private static long soonNanos(Randomness randomness) {
        return 50 * MILLI + randomness.below(800 * MILLI);
    }

    private static Drawn poweredOff(Randomness randomness, Cast cast, Moment moment) {
        var fault = new Fault.PowerOff(cast, randomness.oneOf(List.of(Fault.Reach.values())));
        return new Drawn(fault, soonNanos(randomness), moment, cast);
    }

    /// Long enough that it is switched off in between.
    private static Drawn left(Randomness randomness, Cast cast) {
        return new Drawn(new Fault.Leave(cast), 150 * MILLI + randomness.below(800 * MILLI));
    }

    private static Drawn paused(Randomness randomness, Cast cast, Moment moment) {
        return new Drawn(new Fault.Pause(cast), 100 * MILLI + randomness.below(1_900 * MILLI), moment, cast);
    }
}
