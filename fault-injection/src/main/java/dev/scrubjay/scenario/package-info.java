/// What happens in a run, as people write it down and as campaigns draw it: nodes, load, faults, and what is
/// expected. One format for every world.
@NullMarked
package dev.scrubjay.scenario;

import org.jspecify.annotations.NullMarked;
