package dev.scrubjay.simulation;

import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The nodes of a run: the first of them vote in each group, and the others are spares.
record Layout(List<ReplicaId> voters, SortedMap<ReplicaId, Site> sites) {
    private static final int ZONES = 3;

    /// All of these vote, each in a zone of its own.
    static Layout of(List<String> voters) {
        return of(voters, Map.of());
    }

    /// @param spares what each spare keeps
    static Layout of(List<String> voters, Map<String, ReplicaKind> spares) {
        var sites = new TreeMap<ReplicaId, Site>();
        for (var node : voters) {
            sites.put(new ReplicaId(node, 1), site(sites.size(), ReplicaKind.STORAGE));
        }
        var first = List.copyOf(sites.keySet());
        new TreeMap<>(spares).forEach((node, kind) -> sites.put(new ReplicaId(node, 1), site(sites.size(), kind)));
        return new Layout(first, sites);
    }

    /// Nodes in the first life of their disks.
    static Layout placed(List<Place> places) {
        var sites = new TreeMap<ReplicaId, Site>();
        places.forEach(place -> sites.put(new ReplicaId(place.name(), 1), place.site()));
        var voters = places.stream()
                .filter(Place::votes)
                .map(place -> new ReplicaId(place.name(), 1))
                .toList();
        return new Layout(voters, sites);
    }

    List<Place> places() {
        return sites.entrySet().stream()
                .map(site -> new Place(site.getKey().node(), site.getValue(), voters.contains(site.getKey())))
                .toList();
    }

    private static Site site(int place, ReplicaKind kind) {
        return new Site(kind, "zone-" + (1 + place % ZONES), "rack-" + (1 + place / ZONES));
    }

    /// Where a node stands, and what it keeps, in whichever life of its disk.
    Site site(String node) {
        return Objects.requireNonNull(sites.get(new ReplicaId(node, 1)), node);
    }

    /// The names of those that keep the log alone.
    Set<String> logs() {
        return sites.entrySet().stream()
                .filter(site -> site.getValue().kind() == ReplicaKind.LOG)
                .map(site -> site.getKey().node())
                .collect(Collectors.toSet());
    }

    /// The names of all nodes.
    List<String> nodes() {
        return sites.keySet().stream().map(ReplicaId::node).toList();
    }
}
