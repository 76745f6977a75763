package dev.scrubjay.nemesis;

import dev.scrubjay.world.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Who plays which part in a fault: those that it is about, in a row, and the rest.
public record Cast(List<Who> parts) {
    public Cast {
        parts = List.copyOf(parts);
    }

    public static Cast of(Who... parts) {
        return new Cast(List.of(parts));
    }

    /// Whom it strikes first, if it strikes now.
    public String first(World world) {
        return in(world).getFirst();
    }

    /// The nodes that play the parts. One that would play two plays the first of them.
    List<String> in(World world) {
        var others = new ArrayList<>(world.nodes());
        var leader = world.leader().orElse(others.getFirst());
        others.remove(leader);
        var nodes = new LinkedHashSet<String>();
        for (var part : parts) {
            nodes.add(
                    switch (part) {
                        case Who.Leader() -> leader;
                        case Who.Other(var place) -> others.get((place - 1) % others.size());
                        case Who.Named(var node) -> node;
                    });
        }
        return List.copyOf(nodes);
    }

    /// All other nodes, by name.
    List<String> rest(World world) {
        var rest = new ArrayList<>(world.nodes());
        rest.removeAll(in(world));
        return rest;
    }
}
