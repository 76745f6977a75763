package dev.scrubjay.simulation;

/// Where each part of a run has its chances from. Each has its own, so that what one part draws does not
/// change what another does.
///
/// @param size how large a run is, and with which settings
/// @param nemesis which faults come
/// @param clients from which each client has its own, in their order
record Streams(
        Randomness size,
        Randomness links,
        Randomness objects,
        Randomness cluster,
        Randomness world,
        Randomness voters,
        Randomness nemesis,
        Randomness clients) {
    static Streams of(long seed) {
        var all = Randomness.of(seed);
        return new Streams(
                all.split(), all.split(), all.split(), all.split(), all.split(), all.split(), all.split(), all);
    }
}
