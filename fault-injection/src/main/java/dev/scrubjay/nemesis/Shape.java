package dev.scrubjay.nemesis;

import dev.scrubjay.world.World.Way;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which ways between nodes are cut.
public enum Shape {
    /// The first node is alone.
    ISOLATION("isolation") {
        @Override
        Set<Way> ways(List<String> cast) {
            return between(cast.subList(0, 1), cast.subList(1, cast.size()));
        }
    },
    /// A minority, the first node in it, and the majority. Of three nodes the same as an isolation.
    SPLIT("split") {
        @Override
        Set<Way> ways(List<String> cast) {
            int minority = (cast.size() - 1) / 2;
            return between(cast.subList(0, minority), cast.subList(minority, cast.size()));
        }
    },
    /// The first node cannot send, and hears everything.
    MUTE("mute node") {
        @Override
        Set<Way> ways(List<String> cast) {
            return from(cast.subList(0, 1), cast.subList(1, cast.size()));
        }
    },
    /// The first node cannot hear, and everybody hears it.
    DEAF("deaf node") {
        @Override
        Set<Way> ways(List<String> cast) {
            return from(cast.subList(1, cast.size()), cast.subList(0, 1));
        }
    },
    /// The link between the first two carries nothing.
    LINK("broken link") {
        @Override
        Set<Way> ways(List<String> cast) {
            return between(cast.subList(0, 1), cast.subList(1, 2));
        }
    },
    /// The first does not reach the second, which reaches the first.
    ONE_WAY("one-way link") {
        @Override
        Set<Way> ways(List<String> cast) {
            return from(cast.subList(0, 1), cast.subList(1, 2));
        }
    },
    /// Two sides that meet in the first node alone. Of three nodes the same as a broken link of the others.
    BRIDGE("bridge") {
        @Override
        Set<Way> ways(List<String> cast) {
            int half = (cast.size() + 1) / 2;
            return between(cast.subList(1, half), cast.subList(half, cast.size()));
        }
    },
    /// Each reaches its two neighbours alone. Cuts nothing where there are no more than three nodes.
    RING("ring") {
        @Override
        Set<Way> ways(List<String> cast) {
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

    String word() {
        return word;
    }

    /// @param cast all nodes, the first part first
    abstract Set<Way> ways(List<String> cast);

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
