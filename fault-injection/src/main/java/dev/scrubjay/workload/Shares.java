package dev.scrubjay.workload;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// How often clients ask for what, by weight: of `put=3 get=1`, three of four are puts. A kind that is not
/// named does not come.
///
/// @param weights of each kind that comes, from 1 on
public record Shares(Map<Kind, Integer> weights) {
    /// A bit of everything.
    public static final Shares STANDARD = new Shares(Map.of(
            Kind.GET, 4,
            Kind.PUT, 3,
            Kind.CONDITIONAL_PUT, 2,
            Kind.DELETE, 1,
            Kind.EVENTUAL_READ, 1));

    public Shares {
        // In the order of the kinds, whatever map this was.
        weights = Collections.unmodifiableMap(new EnumMap<>(weights));
        if (weights.values().stream().anyMatch(weight -> weight < 1)) {
            throw new IllegalArgumentException("weights from 1 on are needed, not " + weights);
        }
    }

    /// All weights together.
    public long total() {
        return weights.values().stream().mapToLong(Integer::longValue).sum();
    }

    /// The kind at this place, when each stands in a row as often as its weight says.
    ///
    /// @param place from 0 on, and less than the total
    public Kind at(long place) {
        long left = place;
        for (var each : weights.entrySet()) {
            left -= each.getValue();
            if (left < 0) {
                return each.getKey();
            }
        }
        throw new IllegalArgumentException("place " + place + " of " + total());
    }

    public boolean hasWrites() {
        return weights.keySet().stream().anyMatch(Kind::isWrite);
    }
}
