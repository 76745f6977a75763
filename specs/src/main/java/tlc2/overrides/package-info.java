/// The one class that TLC looks for under a name of its own, to ask which operators are written in Java.
///
/// Nothing else belongs here. The operators are in [dev.scrubjay.specs.TraceIO].
@NullMarked
package tlc2.overrides;

import org.jspecify.annotations.NullMarked;
