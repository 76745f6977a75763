/// The traffic of a run: which requests clients send, how often, to which keys.
///
/// Start with `Workload`.
@NullMarked
package dev.scrubjay.workload;

import org.jspecify.annotations.NullMarked;
