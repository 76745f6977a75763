package dev.scrubjay.nemesis;

import dev.scrubjay.world.World.Way;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which ways between nodes are cut.
public enum Shape {
    /// One node, and all others.
    ISOLATION("isolation") {
        @Override
        public int parts(int nodes) {
            return 1;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            return between(cast, rest);
        }
    },
    /// Some nodes, and the others. Drawn, it is a minority; of three nodes the same as an isolation.
    SPLIT("split") {
        @Override
        public int parts(int nodes) {
            return (nodes - 1) / 2;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            return between(cast, rest);
        }
    },
    /// One node cannot send, and hears everything.
    MUTE("mute node") {
        @Override
        public int parts(int nodes) {
            return 1;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            return from(cast, rest);
        }
    },
    /// One node cannot hear, and everybody hears it.
    DEAF("deaf node") {
        @Override
        public int parts(int nodes) {
            return 1;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            return from(rest, cast);
        }
    },
    /// The link between two carries nothing.
    LINK("broken link") {
        @Override
        public int parts(int nodes) {
            return 2;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            return between(cast.subList(0, 1), cast.subList(1, cast.size()));
        }
    },
    /// The first does not reach the second, which reaches the first.
    ONE_WAY("one-way link") {
        @Override
        public int parts(int nodes) {
            return 2;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            return from(cast.subList(0, 1), cast.subList(1, cast.size()));
        }
    },
    /// Two sides that meet in the first node alone: those that are named behind it, and the rest. Of three
    /// nodes the same as a broken link of the others.
    BRIDGE("bridge") {
        @Override
        public int parts(int nodes) {
            return (nodes + 1) / 2;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            return between(cast.subList(1, cast.size()), rest);
        }
    },
    /// Each reaches its two neighbours alone. Cuts nothing where there are no more than three nodes.
    RING("ring") {
        @Override
        public int parts(int nodes) {
            return nodes;
        }

        @Override
        Set<Way> ways(List<String> cast, List<String> rest) {
            var ways = new LinkedHashSet<Way>();
            for (int i = 0; i < cast.size(); i++) {
                for (int j = i + 2; j < Math.min(cast.size(), i + cast.size() - 1); j++) {
                    ways.addAll(between(cast.subList(i, i + 1), cast.subList(j, j + 1)));
                }
            }
            return ways;
        }
    };

    private final String word;

    Shape(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// How many nodes have to be named, of so many.
    public abstract int parts(int nodes);

    /// @param cast the nodes that are named
    /// @param rest all others
    abstract Set<Way> ways(List<String> cast, List<String> rest);

    private static Set<Way> between(List<String> side, List<String> other) {
        var ways = new LinkedHashSet<>(from(side, other));
        ways.addAll(from(other, side));
        return ways;
    }

    private static Set<Way> from(List<String> senders, List<String> receivers) {
        var ways = new LinkedHashSet<Way>();
        for (var sender : senders) {
            for (var receiver : receivers) {
                ways.add(new Way(sender, receiver));
            }
        }
        return ways;
    }
}
