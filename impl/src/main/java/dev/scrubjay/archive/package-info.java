/// What is chosen, outside of all nodes: segments of the log of a group, and the chain that says which they
/// are.
@NullMarked
package dev.scrubjay.archive;

import org.jspecify.annotations.NullMarked;
