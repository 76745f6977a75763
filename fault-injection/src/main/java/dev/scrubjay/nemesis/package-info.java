/// Faults, and who brings them: what can go wrong with nodes, their disks, and the links between them.
///
/// A fault is defined once, against `dev.scrubjay.world.World`, and knows nothing of how a world does it.
/// Start with `Fault`.
@NullMarked
package dev.scrubjay.nemesis;

import org.jspecify.annotations.NullMarked;
