package dev.scrubjay.simulation;

import dev.scrubjay.nemesis.Cast;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Shape;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.world.World;
import dev.scrubjay.world.World.Moment;
import dev.scrubjay.world.World.Weather;
import java.util.ArrayList;
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
                return left(randomness, new Row(true, 0, nodes));
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
                return soon(
                        randomness,
                        new Fault.StateRot(new Row(false, (int) randomness.below(nodes - 1L), nodes).one()));
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
                case 0 -> soon(randomness, new Fault.DroppedSyncs(cast.one()));
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
            var leader = new Row(true, (int) randomness.below(nodes - 1L), nodes);
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
    /// @param where for whom the moment has to come
    record Drawn(Fault fault, long nanos, Moment moment, Who where) {
        /// One that waits for nothing, nowhere.
        Drawn(Fault fault, long nanos) {
            this(fault, nanos, Moment.AT_ONCE, new Who.Leader());
        }
    }

    /// All nodes of a run in a row.
    ///
    /// @param leaderFirst whether the leader is the first or the last
    /// @param turn with which of the others their row begins, so that each gets its turn
    private record Row(boolean leaderFirst, int turn, int nodes) {
        Row ledBy(boolean leader) {
            return new Row(leader, turn, nodes);
        }

        /// The first so many of them.
        Cast first(int count) {
            var parts = new ArrayList<Who>();
            if (leaderFirst) {
                parts.add(new Who.Leader());
            }
            for (int i = 0; i < nodes - 1; i++) {
                parts.add(new Who.Other((i + turn) % (nodes - 1) + 1));
            }
            if (!leaderFirst) {
                parts.add(new Who.Leader());
            }
            return new Cast(parts.subList(0, count));
        }

        Cast one() {
            return first(1);
        }

        Who head() {
            return one().parts().getFirst();
        }

        Fault cut(Shape shape) {
            return new Fault.Cut(shape, first(shape.parts(nodes)));
        }

        Fault slow(boolean whole) {
            return new Fault.Slow(whole, first(whole ? 1 : 2), SLOW);
        }

        /// Of one node, a quorum, or all.
        Fault powerOff(Reach reach) {
            return new Fault.PowerOff(first(
                    switch (reach) {
                        case ONE -> 1;
                        case MOST -> nodes / 2 + 1;
                        case ALL -> nodes;
                    }));
        }
    }

    /// How many nodes a power-off strikes.
    private enum Reach {
        ONE,
        MOST,
        ALL
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

    private static Drawn gray(Randomness randomness, Row cast) {
        var fault = switch ((int) randomness.below(3)) {
            case 0 -> cast.cut(Shape.LINK);
            case 1 -> cast.cut(Shape.ONE_WAY);
            default -> cast.slow(false);
        };
        return new Drawn(fault, 500 * MILLI + randomness.below(2_000 * MILLI));
    }

    private static Drawn within(Randomness randomness, int nodes, boolean rots) {
        var cast = cast(randomness, nodes);
        var leader = cast.ledBy(true);
        return switch ((int) randomness.below(40)) {
            case 0, 1, 2 -> poweredOff(randomness, cast, Moment.AT_ONCE);
            case 3, 4, 5 -> poweredOff(randomness, cast, Moment.DURING_A_SYNC);
            case 6, 7 -> paused(randomness, cast, Moment.AT_ONCE);
            case 8 -> paused(randomness, leader, Moment.AT_A_REQUEST);
            case 9 -> soon(randomness, cast.cut(Shape.ISOLATION));
            case 10 -> soon(randomness, cast.cut(Shape.SPLIT));
            case 11 -> soon(randomness, cast.cut(Shape.MUTE));
            case 12 -> soon(randomness, cast.cut(Shape.DEAF));
            case 13 -> soon(randomness, cast.cut(randomness.oneOf(List.of(Shape.LINK, Shape.ONE_WAY, Shape.BRIDGE))));
            case 14 -> soon(randomness, cast.cut(randomness.perMille(300) ? Shape.RING : Shape.ONE_WAY));
            case 15 -> soon(randomness, cast.slow(randomness.perMille(500)));
            case 16 -> soon(randomness, new Fault.Storm(STORM));
            case 17, 18 -> left(randomness, leader);
            case 19 -> soon(randomness, new Fault.FailingSync(cast.one()));
            case 20 -> soon(randomness, new Fault.SlowDisk(cast.one(), 20 + (int) randomness.below(80)));
            case 21 -> soon(randomness, new Fault.StuckDisk(cast.one()));
            case 22 -> new Drawn(new Fault.FullDisk(cast.one()), 500 * MILLI + randomness.below(2_000 * MILLI));
            case 23, 24 -> damaged(randomness, cast, rots);
            case 25 -> soon(randomness, new Fault.ReadErrors(cast.one()));
            case 26 -> soon(randomness, new Fault.StateRot(cast.one()));
            case 27 -> away(randomness, cast);
            case 28, 29 -> whileVotersChange(randomness, cast, rots);
            case 30, 31, 32, 33 -> whileASnapshotTravels(randomness, cast.ledBy(false));
            case 34, 35, 36 -> troubledArchive(randomness);
            case 37, 38 -> rots ? decayed(randomness, cast) : troubledArchive(randomness);
            default -> soon(randomness, new Fault.LostReplies(leader.one()));
        };
    }

    private static Drawn troubledArchive(Randomness randomness) {
        var trouble = new Fault.ArchiveTrouble(randomness.oneOf(List.of(World.Trouble.values())));
        return new Drawn(trouble, 200 * MILLI + randomness.below(4_000 * MILLI));
    }

    private static Drawn decayed(Randomness randomness, Row cast) {
        return switch (randomness.oneOf(List.of(0, 1, 2))) {
            case 0 -> soon(randomness, new Fault.Decay(cast.one(), false));
            case 1 -> soon(randomness, new Fault.Decay(cast.first(2), false));
            default -> soon(randomness, new Fault.Decay(cast.one(), true));
        };
    }

    /// Longer than anybody waits for a voter.
    private static Drawn away(Randomness randomness, Row cast) {
        var fault = randomness.perMille(500) ? cast.cut(Shape.ISOLATION) : cast.powerOff(Reach.ONE);
        return new Drawn(fault, 1_500 * MILLI + randomness.below(3_500 * MILLI));
    }

    /// What becomes of a disk in this run.
    private static Drawn damaged(Randomness randomness, Row cast, boolean rots) {
        return rots
                ? soon(randomness, new Fault.BitRot(cast.one(), randomness.oneOf(List.of(World.Rot.values()))))
                : lost(randomness, cast);
    }

    /// A disk that is gone for good, and the node that comes in its place.
    private static Drawn lost(Randomness randomness, Row cast) {
        return new Drawn(new Fault.WipedDisk(cast.one()), 200 * MILLI + randomness.below(4_000 * MILLI));
    }

    /// The leader goes, or those are torn apart that vote and that are about to.
    private static Drawn whileVotersChange(Randomness randomness, Row cast, boolean rots) {
        var fault = switch ((int) randomness.below(8)) {
            case 0 -> cast.powerOff(randomness.oneOf(List.of(Reach.values())));
            case 1 -> new Fault.Pause(cast.one());
            case 2 -> cast.cut(Shape.ISOLATION);
            case 3 -> cast.cut(Shape.SPLIT);
            default -> rots ? cast.powerOff(Reach.ONE) : new Fault.WipedDisk(cast.one());
        };
        return new Drawn(
                fault, 100 * MILLI + randomness.below(1_900 * MILLI), Moment.WHILE_VOTERS_CHANGE, new Who.Leader());
    }

    /// Who gives it goes, or who takes it.
    private static Drawn whileASnapshotTravels(Randomness randomness, Row cast) {
        return new Drawn(
                cast.powerOff(Reach.ONE),
                50 * MILLI + randomness.below(1_500 * MILLI),
                Moment.WHILE_A_SNAPSHOT_TRAVELS,
                cast.head());
    }

    /// A clock that is wrong, for so long that other faults find it so; or a leader that only clients reach
    /// while others elect another one, which does harm when its clock is wrong too.
    private static Drawn clock(Randomness randomness, int nodes) {
        var cast = cast(randomness, nodes);
        var fault = switch ((int) randomness.below(5)) {
            case 0 -> new Fault.ClockDrift(cast.one(), 100);
            case 1 -> new Fault.ClockDrift(cast.one(), 5_000);
            case 2 -> new Fault.ClockJump(cast.one(), 1_000 * MILLI);
            case 3 -> cast.ledBy(true).cut(Shape.ISOLATION);
            default -> new Fault.ClockJump(cast.one(), -1_000 * MILLI);
        };
        return new Drawn(fault, 1_000 * MILLI + randomness.below(4_000 * MILLI));
    }

    private static Row cast(Randomness randomness, int nodes) {
        return new Row(randomness.perMille(600), (int) randomness.below(nodes - 1L), nodes);
    }

    private static Drawn soon(Randomness randomness, Fault fault) {
        return new Drawn(fault, soonNanos(randomness));
    }

    private static long soonNanos(Randomness randomness) {
        return 50 * MILLI + randomness.below(800 * MILLI);
    }

    private static Drawn poweredOff(Randomness randomness, Row cast, Moment moment) {
        var fault = cast.powerOff(randomness.oneOf(List.of(Reach.values())));
        return new Drawn(fault, soonNanos(randomness), moment, cast.head());
    }

    /// Long enough that it is switched off in between.
    private static Drawn left(Randomness randomness, Row cast) {
        return new Drawn(new Fault.Leave(cast.one()), 150 * MILLI + randomness.below(800 * MILLI));
    }

    private static Drawn paused(Randomness randomness, Row cast, Moment moment) {
        return new Drawn(
                new Fault.Pause(cast.one()), 100 * MILLI + randomness.below(1_900 * MILLI), moment, cast.head());
    }
}
