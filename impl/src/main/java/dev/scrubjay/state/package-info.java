/// The state store of a node: what its groups have applied, in memory for the simulated world and in RocksDB.
///
/// Nothing here knows what the rows mean; `dev.scrubjay.node.GroupState` does. Start with
/// `dev.scrubjay.port.StateStore`, then `MemoryStateStore`, which is the plain one, and `RocksStateStore`.
@NullMarked
package dev.scrubjay.state;

import org.jspecify.annotations.NullMarked;
