/// Sequential objects: what a data type does when one operation comes after the other.
///
/// A history is right when its operations, put one after the other, are what such an object does. An object
/// says what one operation does to one state, and which operations have nothing to do with each other. It
/// knows nothing of processes, of time, or of how orders are searched: that is `dev.scrubjay.checker`, which
/// may not be used here.
///
/// Start at [dev.scrubjay.object.SequentialObject]; [dev.scrubjay.object.Register] is a small one. A library
/// adds its own with a [dev.scrubjay.object.SequentialObjectProvider].
@NullMarked
package dev.scrubjay.object;

import org.jspecify.annotations.NullMarked;
