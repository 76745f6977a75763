/// The world that nemeses act on: one interface, behind which stand the simulated world and the one of real
/// processes.
///
/// A fault is defined once and means the same in both. Nothing here knows which protocol the nodes speak.
///
/// This package is empty until the simulated world is there.
@NullMarked
package dev.scrubjay.world;

import org.jspecify.annotations.NullMarked;
