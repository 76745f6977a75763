/// The event loop of a node: it takes an input, has the protocol decide, and carries out the effects through
/// the ports.
///
/// It decides nothing itself. Start with `Host`.
@NullMarked
package dev.scrubjay.node;

import org.jspecify.annotations.NullMarked;
