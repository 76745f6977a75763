/// The rules of the replication group, pure: inputs go in with the time at which they were taken, effects
/// come out.
///
/// Nothing here reads a clock, a file, a socket, a random source or a thread, and a test sees to it; all of
/// that is behind the ports of `dev.scrubjay.port`. Each rule carries the name of its action in the
/// specification.
///
/// This package is empty until the specification of the replication group is there to be followed.
@NullMarked
package dev.scrubjay.protocol;

import org.jspecify.annotations.NullMarked;
