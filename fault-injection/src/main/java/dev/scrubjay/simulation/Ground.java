package dev.scrubjay.simulation;

import java.util.List;

/// What all nodes of a run stand on.
record Ground(
        Timeline timeline,
        Links links,
        Disks disks,
        TraceLog traces,
        List<Invariant> invariants,
        Exercised exercised) {}
