package dev.scrubjay.nemesis;

import dev.scrubjay.world.Places;
import dev.scrubjay.world.World.Way;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which zones a fault can be put down to: whoever loses such a zone as a whole loses as much, or more.
///
/// Of a fault that strikes nodes it is the zone where all of them stand. Of one that strikes links it is each
/// zone where all of these begin or end: a broken link between two zones can be put down to either.
public final class Blame {
    private Blame() {}

    /// None if it strikes more than any one zone holds; all if it strikes no node at all.
    public static SortedSet<String> of(Fault fault, Places places) {
        return switch (fault) {
            case Fault.Cut(var shape, var cast) -> ofWays(shape.ways(cast.in(places), cast.rest(places)), places);
            case Fault.Slow slow -> ofWays(slow.ways(places), places);
            case Fault.Storm _ -> ofWays(Fault.Storm.ways(places), places);
            // Which node that will be is for the world to say.
            case Fault.LostNode() -> ofNodes(places.nodes(), places);
            case Fault.ArchiveTrouble _ -> zones(places);
            case Fault.PowerOff(var cast) -> ofNodes(cast.in(places), places);
            case Fault.Decay(var cast, var _) -> ofNodes(cast.in(places), places);
            case Fault.Leave(var cast) -> ofOne(cast, places);
            case Fault.Upgrade(var cast) -> ofOne(cast, places);
            case Fault.Downgrade(var cast) -> ofOne(cast, places);
            case Fault.Pause(var cast) -> ofOne(cast, places);
            case Fault.LostReplies(var cast) -> ofOne(cast, places);
            case Fault.ClockDrift(var cast, var _) -> ofOne(cast, places);
            case Fault.ClockJump(var cast, var _) -> ofOne(cast, places);
            case Fault.FailingSync(var cast) -> ofOne(cast, places);
            case Fault.SlowDisk(var cast, var _) -> ofOne(cast, places);
            case Fault.StuckDisk(var cast) -> ofOne(cast, places);
            case Fault.FullDisk(var cast) -> ofOne(cast, places);
            case Fault.ReadErrors(var cast) -> ofOne(cast, places);
            case Fault.BitRot(var cast, var _) -> ofOne(cast, places);
            case Fault.StateRot(var cast) -> ofOne(cast, places);
            case Fault.DroppedSyncs(var cast) -> ofOne(cast, places);
            case Fault.WipedDisk(var cast) -> ofOne(cast, places);
        };
    }

    private static SortedSet<String> zones(Places places) {
        var zones = new TreeSet<String>();
        places.nodes().forEach(node -> zones.add(places.zone(node)));
        return zones;
    }

    private static SortedSet<String> ofOne(Cast cast, Places places) {
        return new TreeSet<>(Set.of(places.zone(cast.first(places))));
    }

    private static SortedSet<String> ofNodes(Collection<String> nodes, Places places) {
        var zones = zones(places);
        nodes.forEach(node -> zones.removeIf(zone -> !zone.equals(places.zone(node))));
        return zones;
    }

    private static SortedSet<String> ofWays(Set<Way> ways, Places places) {
        var zones = zones(places);
        for (var way : ways) {
            zones.removeIf(zone -> !zone.equals(places.zone(way.from())) && !zone.equals(places.zone(way.to())));
        }
        return zones;
    }
}
