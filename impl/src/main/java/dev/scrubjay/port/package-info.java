/// What a node asks of the outside: time, a disk, a network.
///
/// Interfaces alone. The simulated world implements them on virtual time, and the real ones will stand in
/// `dev.scrubjay.system`.
@NullMarked
package dev.scrubjay.port;

import org.jspecify.annotations.NullMarked;
