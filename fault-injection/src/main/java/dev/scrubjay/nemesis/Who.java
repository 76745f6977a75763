package dev.scrubjay.nemesis;

import dev.scrubjay.world.Places;

/// Who plays a part in a fault. Which node that is, or which nodes, is decided when the fault strikes.
public sealed interface Who {
    /// Which node that is now; of several the first by name.
    default String in(Places places) {
        return Cast.of(this).first(places);
    }

    /// The node that leads. Where nobody does, the first by name passes for it.
    record Leader() implements Who {
        @Override
        public String toString() {
            return "leader";
        }
    }

    /// One of the others, in the order of their names.
    ///
    /// @param place which of them, from 1 on; after the last comes the first again
    record Other(int place) implements Who {
        @Override
        public String toString() {
            return "other" + place;
        }
    }

    /// This node, whatever it is.
    record Named(String node) implements Who {
        @Override
        public String toString() {
            return node;
        }
    }

    /// All nodes of this zone.
    record Zone(String zone) implements Who {
        @Override
        public String toString() {
            return "zone=" + zone;
        }
    }

    /// All nodes of the zone of the node that leads.
    record LeaderZone() implements Who {
        @Override
        public String toString() {
            return "leader-zone";
        }
    }
}
