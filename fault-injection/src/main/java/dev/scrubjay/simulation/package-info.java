/// The simulated world: whole groups in one thread on virtual time, from one seed.
///
/// The nodes are the real ones; what they stand on (clock, disk, network) is ours, and so everything that can
/// go wrong does, and goes wrong the same way each time. No real time, thread, file or socket may be used
/// here, nor anything whose order differs from one Java process to the next. Start with `Simulation`.
@NullMarked
package dev.scrubjay.simulation;

import org.jspecify.annotations.NullMarked;
