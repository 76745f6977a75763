/// The rules of the replication group, pure: inputs go in with the time at which they were taken, effects
/// come out.
///
/// Nothing here reads a clock, a file, a socket, a random source or a thread, and a test sees to it; all of
/// that is behind the ports of `dev.scrubjay.port`. Each rule carries the name of its action in the
/// specification. Start with `Replica` beside `specs/ReplicationGroup.tla`; `Node` is the way in.
@NullMarked
package dev.scrubjay.protocol;

import org.jspecify.annotations.NullMarked;
