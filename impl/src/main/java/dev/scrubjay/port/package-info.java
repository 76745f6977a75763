/// What a node asks of the outside: time and a network. What it asks of a disk is `dev.scrubjay.log.Device`.
///
/// Interfaces alone. The simulated world implements them on virtual time, and the real ones will stand in
/// `dev.scrubjay.system`.
@NullMarked
package dev.scrubjay.port;

import org.jspecify.annotations.NullMarked;
