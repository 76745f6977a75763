package dev.scrubjay.nemesis;

import dev.scrubjay.world.World;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Something that goes wrong for a while.
public sealed interface Fault {
    /// Brings it. Says whether anything went wrong.
    boolean begin(World world);

    void end(World world);

    /// The word for it, in counts and reports.
    String word();

    /// Whom a fault strikes, decided when it strikes.
    enum Target {
        LEADER,
        /// One that does not lead.
        OTHER,
        /// All but one that does not lead: a quorum of three, with the leader.
        MOST,
        ALL;

        SortedSet<String> in(World world) {
            var nodes = new TreeSet<>(world.nodes());
            var leader = world.leader().orElse(nodes.first());
            var others = new TreeSet<>(nodes);
            others.remove(leader);
            var other = others.first();
            return switch (this) {
                case LEADER -> new TreeSet<>(List.of(leader));
                case OTHER -> new TreeSet<>(List.of(other));
                case MOST -> {
                    nodes.remove(other);
                    yield nodes;
                }
                case ALL -> nodes;
            };
        }
    }

    /// Nodes lose their power at the same moment, and with it what they had not synced.
    record PowerOff(Target target) implements Fault {
        @Override
        public boolean begin(World world) {
            var struck = false;
            for (var node : target.in(world)) {
                struck |= world.powerOff(node);
            }
            return struck;
        }

        @Override
        public void end(World world) {
            world.nodes().forEach(world::powerOn);
        }

        @Override
        public String word() {
            return "power-off";
        }
    }

    /// Nothing passes between some nodes and the others.
    record Partition(Target side) implements Fault {
        @Override
        public boolean begin(World world) {
            return world.cut(side.in(world));
        }

        @Override
        public void end(World world) {
            world.join();
        }

        @Override
        public String word() {
            return "partition";
        }
    }

    /// All links lose, repeat and delay.
    record Storm(World.Weather weather) implements Fault {
        @Override
        public boolean begin(World world) {
            return world.weather(weather);
        }

        @Override
        public void end(World world) {
            world.calm();
        }

        @Override
        public String word() {
            return "storm";
        }
    }
}
