package dev.scrubjay.nemesis;

import dev.scrubjay.world.Places;
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
    public String first(Places places) {
        return in(places).getFirst();
    }

    /// The nodes that play the parts. One that would play two plays the first of them.
    List<String> in(Places places) {
        var others = new ArrayList<>(places.nodes());
        var leader = places.leader().orElse(others.getFirst());
        others.remove(leader);
        var nodes = new LinkedHashSet<String>();
        for (var part : parts) {
            switch (part) {
                case Who.Leader() -> nodes.add(leader);
                case Who.Other(var place) -> nodes.add(others.get((place - 1) % others.size()));
                case Who.Named(var node) -> nodes.add(node);
                case Who.Zone(var zone) -> nodes.addAll(of(zone, places));
                case Who.LeaderZone() -> nodes.addAll(of(places.zone(leader), places));
            }
        }
        return List.copyOf(nodes);
    }

    private static List<String> of(String zone, Places places) {
        return places.nodes().stream()
                .filter(node -> places.zone(node).equals(zone))
                .toList();
    }

    /// All other nodes, by name.
    List<String> rest(Places places) {
        var rest = new ArrayList<>(places.nodes());
        rest.removeAll(in(places));
        return rest;
    }
}
