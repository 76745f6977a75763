/// What replicas and clients send each other, and the frame in which it travels.
///
/// Start with `Message`. What a message means is the protocol's business; here it only has a form.
@NullMarked
package dev.scrubjay.message;

import org.jspecify.annotations.NullMarked;
