/// What nemeses act on and what checks judge: one interface, behind which stand the simulated world and the
/// one of real processes.
///
/// A fault is defined once and means the same in both. Nothing here knows which protocol the nodes speak.
/// Start with `World`; `Check` is the way to judge a finished run.
@NullMarked
package dev.scrubjay.world;

import org.jspecify.annotations.NullMarked;
