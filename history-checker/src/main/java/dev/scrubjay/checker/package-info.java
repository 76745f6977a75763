/// Decides whether a recorded history is linearizable, and says why not.
///
/// This module depends on nothing else of Scrubjay and compiles for Java 21, so that anybody can check the
/// histories of a system of their own with it. A verdict is one of three kinds, never a boolean: where limits
/// end the search, it says so.
///
/// This package is empty until the first engine is there.
@NullMarked
package dev.scrubjay.checker;

import org.jspecify.annotations.NullMarked;
