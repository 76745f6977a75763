package dev.scrubjay.simulation;

import java.util.List;

/// What all nodes of a run stand on.
///
/// @param losses whether a power-off loses anything that was written
record Ground(
        Timeline timeline,
        Links links,
        Disks disks,
        SimulatedObjects objects,
        TraceLog traces,
        Wrongs wrongs,
        List<Invariant> invariants,
        Exercised exercised,
        boolean losses) {}
